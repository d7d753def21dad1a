"""Imports in the admin: for looking, not for editing."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import ImportProblem, ImportRun, WatchedFile

pytestmark = pytest.mark.django_db

EVIL = "<script>alert(1)</script>.txt"


@pytest.fixture
def records(analyst: User) -> dict[str, ImportRun | ImportProblem | WatchedFile]:
    run = ImportRun.objects.create(by=analyst, given=[EVIL], state="finished", ended_at=timezone.now(), failed=1)
    return {
        "importrun": run,
        "importproblem": run.problems.create(source=EVIL, reason="empty file"),
        "watchedfile": WatchedFile.objects.create(key="0" * 64, path=EVIL, size=1, mtime_ns=1),
    }


@pytest.mark.parametrize("model", ["importrun", "importproblem", "watchedfile"])
def test_they_are_shown_and_nothing_is_written(
    editor_client: Client, analyst_client: Client, records: dict[str, ImportRun], model: str
):
    every, one = (
        reverse(f"admin:articles_{model}_changelist"),
        reverse(f"admin:articles_{model}_change", args=[records[model].pk]),
    )
    for address in (every, f"{every}?q=txt", one):
        response = editor_client.get(address)
        assert response.status_code == 200
        assert EVIL not in response.content.decode()
        assert analyst_client.get(address, follow=True).status_code == 403
    assert b'name="_save"' not in editor_client.get(one).content
    assert editor_client.post(one, {}).status_code == 403
    for page, arguments in (("delete", [records[model].pk]), ("add", [])):
        address = reverse(f"admin:articles_{model}_{page}", args=arguments)
        assert editor_client.post(address, {"post": "yes"}).status_code == 403


def test_a_run_leads_to_its_problems(editor_client: Client, records: dict[str, ImportRun]):
    run = records["importrun"]
    page = editor_client.get(reverse("admin:articles_importrun_change", args=[run.pk])).content.decode()
    problems = f"{reverse('admin:articles_importproblem_changelist')}?run__id__exact={run.pk}"
    assert f'href="{problems}"' in page and f'href="{run.get_absolute_url()}"' in page
    ImportRun.objects.create().problems.create(source="other.txt", reason="empty file")
    listed = editor_client.get(problems).content.decode()
    assert "script&gt;.txt" in listed and "other.txt" not in listed
