"""What was taken from watched folders is known in the database, whatever the path."""

import os

import pytest

from articles.models import WatchedFile
from articles.watched_files import WatchedFiles

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
