"""What was taken from watched folders is known in the database, whatever the path."""

import os
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone

from articles.models import WatchedFile
from articles.querysets import WatchedFileQuerySet
from articles.watched_files import WatchedFiles
from tests.failing import failing_once

pytestmark = pytest.mark.django_db


def test_a_file_is_known_by_its_path_until_it_changes():
    files = WatchedFiles()
    long, strange = "/in/" + "x" * 3000 + ".txt", os.fsdecode(b"/in/caf\xe9.txt")
    files.take({"/in/a.txt": (1, 10**18), long: (2, 20), strange: (3, 30)})
    files.take({"/in/a.txt": (5, 10**18 + 1)})
    wanted = ["/in/a.txt", long, strange, "/in/other.txt"]
    assert files.stamps(wanted) == {"/in/a.txt": (5, 10**18 + 1), long: (2, 20), strange: (3, 30)}
    assert WatchedFile.objects.count() == 3


def test_many_are_asked_for_in_few_queries(django_assert_num_queries):
    paths = [f"/in/{number}.txt" for number in range(1200)]
    WatchedFiles().take(dict.fromkeys(paths, (1, 1)))
    with django_assert_num_queries(3):
        assert len(WatchedFiles().stamps(paths)) == 1200


def test_a_file_that_is_taken_again_was_taken_now():
    WatchedFiles().take({"/in/a.txt": (1, 1)})
    WatchedFile.objects.update(taken_at=timezone.now() - timedelta(days=9))
    WatchedFiles().take({"/in/a.txt": (2, 2)})
    assert timezone.now() - WatchedFile.objects.get().taken_at < timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_for_a_moment_is_waited_for(monkeypatch: pytest.MonkeyPatch, settings: LazySettings):
    settings.NEWSROOM_PATIENCE = 60
    monkeypatch.setattr("articles.patience.time.sleep", lambda seconds: None)
    failing = ["bulk_create", "stamps"]

    for name in list(failing):
        act = getattr(WatchedFileQuerySet, name)
        monkeypatch.setattr(WatchedFileQuerySet, name, failing_once(name, act, failing=failing))
    WatchedFiles().take({"/in/a.txt": (1, 1)})
    assert WatchedFiles().stamps(["/in/a.txt"]) == {"/in/a.txt": (1, 1)}
    assert not failing
