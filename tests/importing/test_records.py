import dataclasses
import pickle

import pytest

from articles.importing import ArticleRecord, UnreadableInput


def test_a_problem_is_one_line_with_the_input_first() -> None:
    problem = UnreadableInput("samples/x.txt", "not text (found a NUL byte at 1,024)")
    assert str(problem) == "samples/x.txt: not text (found a NUL byte at 1,024)"
    assert (problem.source, problem.reason) == ("samples/x.txt", "not text (found a NUL byte at 1,024)")
    assert isinstance(problem, ValueError)


def test_a_problem_is_one_line_whatever_it_cites() -> None:
    assert str(UnreadableInput("a.csv", "the columns are: a\nb\0c")) == "a.csv: the columns are: a b c"


def test_a_problem_crosses_to_another_process() -> None:
    problem = pickle.loads(pickle.dumps(UnreadableInput("a.txt", "empty file")))  # noqa: S301
    assert (problem.source, problem.reason, str(problem)) == ("a.txt", "empty file", "a.txt: empty file")


def test_a_record_knows_nothing_but_its_text_unless_told() -> None:
    record = dataclasses.asdict(ArticleRecord("words"))
    assert record.pop("text") == "words"
    assert record.pop("published_on") is None
    assert record.pop("quotations") == ()
    assert set(record.values()) == {""}


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ArticleRecord("words").text = "others"  # type: ignore[misc]
