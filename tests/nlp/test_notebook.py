"""docs/notebook.ipynb runs, what it asserts holds, and it shows what it says; with articles.nlp alone.

Where the pipeline finds something else by now: PYTHONPATH="$PWD" .venv/bin/jupyter execute --inplace FILE
"""

import copy
from pathlib import Path

import nbformat
import pytest
from django.conf import settings
from nbclient import NotebookClient

NOTEBOOK = Path(settings.BASE_DIR) / "docs" / "notebook.ipynb"
ALONE = "import sys; assert not {'django.conf', 'django.db', 'articles.models'} & sys.modules.keys()"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, and nobody's settings for Jupyter."""
    monkeypatch.setenv("PYTHONPATH", str(settings.BASE_DIR))
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "jupyter"))
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def shown(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """What each cell of code shows, as text."""
    cells = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    return [[output.get("data", {}).get("text/plain", output.get("text", "")) for output in cell] for cell in cells]


def test_it_runs_and_shows_what_it_says(elsewhere: Path) -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    run = copy.deepcopy(stored)
    run.cells.append(nbformat.v4.new_code_cell(ALONE))
    NotebookClient(
        run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(elsewhere)}}
    ).execute()
    assert shown(run) == [*shown(stored), []]
    assert any("background: #9ecae1" in str(cell.get("outputs")) for cell in run.cells)
    assert list(elsewhere.iterdir()) == []
