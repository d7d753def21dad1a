"""articles.nlp stands alone: no Django, nothing else of the app."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTING = "import sys, articles.nlp, articles.nlp.jsonl; print('\\n'.join(sorted(sys.modules)))"


def test_importing_the_pipeline_loads_no_django_and_nothing_else_of_the_app() -> None:
    run = subprocess.run([sys.executable, "-c", LISTING], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = run.stdout.split()
    assert "articles.nlp.pipeline" in modules
    assert [m for m in modules if m.split(".")[0] == "django"] == []
    assert [m for m in modules if m.startswith(("newsroom", "articles.")) and m.split(".")[1] != "nlp"] == []
