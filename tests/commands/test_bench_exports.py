"""manage.py bench_exports: that it measures and says so, never how fast this machine is."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command


def bench(*args: str) -> str:
    out = io.StringIO()
    call_command("bench_exports", "--quotations", "30", *args, stdout=out)
    return out.getvalue()


@pytest.mark.one_engine
def test_it_measures_each_format() -> None:
    measured = json.loads(bench("--json", "--formats", "jsonl", "bundle"))
    assert [one["format"] for one in measured["exports"]] == ["jsonl", "bundle"]
    for one in measured["exports"]:
        assert all(one[name] > 0 for name in ("seconds", "peak_bytes", "file_bytes"))


def test_what_it_cannot_measure_it_says() -> None:
    with pytest.raises(CommandError, match="--formats are of jsonl"):
        bench("--formats", "word")
