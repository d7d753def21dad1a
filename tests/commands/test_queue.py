"""manage.py queue, worker and ingest --defer: what they say, on PostgreSQL and where there is no queue."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from tests.databases import is_postgres
from tests.factories import make_article

from .conftest import write_articles

pytestmark = pytest.mark.django_db

postgres = pytest.mark.skipif(not is_postgres(), reason="the queue needs PostgreSQL")


def said(*args: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.mark.skipif(is_postgres(), reason="PostgreSQL has a queue")
@pytest.mark.parametrize("command", ["worker", "queue", "queue --retry", "queue --defer-pending", "ingest --defer ."])
def test_without_postgres_they_say_what_to_do_instead(command: str):
    with pytest.raises(CommandError) as refused:
        said(*command.split())
    message = str(refused.value)
    assert message.startswith("The queue needs PostgreSQL") and "manage.py extract --pending" in message
    assert "\n" not in message


@postgres
def test_ingest_leaves_the_quotations_to_the_workers(tmp_path):
    assert said("ingest", "--defer", str(write_articles(tmp_path / "news", 3))) == "Added 3, unchanged 0, failed 0\n"
    assert Article.objects.pending().count() == 3
    assert said("queue").splitlines()[0] == "Waiting 3, running 0, failed 0, set aside 0"
    assert said("queue", "--defer-pending") == "Put on the queue: 0\n"


@postgres
def test_what_is_pending_and_what_is_stale_is_put_on_it():
    make_article("“One,” she said.", extracted_with="")
    make_article("“Two,” she said.", extracted_with="0")
    assert said("queue", "--defer-pending") == "Put on the queue: 1\n"
    assert said("queue", "--defer-stale") == "Put on the queue: 1\n"
    assert json.loads(said("queue", "--json"))["waiting"] == 2


@postgres
def test_what_was_set_aside_is_put_back():
    make_article("“One,” she said.", extracted_with="", extraction_tries=2)
    assert said("queue", "--retry") == "Put on the queue: 1\n"
    assert Article.objects.pending().count() == 1


@postgres
def test_no_heartbeat_is_refused():
    with pytest.raises(CommandError, match="at least"):
        said("worker", "--heartbeat=0")
