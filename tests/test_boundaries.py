"""What may import what: read off the source, and proved in processes of their own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ARTICLES = Path(settings.BASE_DIR) / "articles"

# Part of the app -> the parts of it that it may use; itself goes without saying.
MAY_USE = {
    "nlp": {"processes"},
    "processes": set(),
    "patience": {"outages"},
    "outages": set(),
    "server_encoding": set(),
    "importing": {"processes"},
    "invention": set(),
    "measuring": {"bulk", "corrections", "invention", "models", "search"},
    "models": {"months", "querysets"},
    "search": set(),
    "months": {"search"},
    "likeness": {"models"},
    "querysets": {"importing", "models", "months", "patience", "search"},
    "asking": {"models", "months", "querysets", "search"},
    "found": {"models", "querysets", "search"},
    "finding": {"asking", "found", "models", "querysets", "search"},
    "facets": {"asking", "finding", "found", "models", "months", "querysets"},
    "concordance": {"excerpts", "models", "search"},
    "citing": {"exports", "models"},
    "formulas": set(),
    "exports": {"formulas"},
    "gathering": {"asking", "exports", "finding", "models", "querysets"},
    "permalinks": {"exports", "gathering", "models", "querysets", "telling"},
    "verifying": {"exports", "models", "permalinks"},
    "pictures": {"asking", "finding", "formulas", "found", "models", "months", "querysets"},
    "cards": {"models", "roles"},
    "rendering": {"cards", "models", "rows"},
    "rows": set(),
    "differing": {"wordings"},
    "excerpts": {"search"},
    "telling": {"corrections", "models"},
    "proposing": {"nlp"},
    "home": {"models", "querysets", "telling"},
    "comparing": {"models", "wordings"},
    "corrections": {"bulk", "importing", "models", "nlp", "versions"},
    "extraction": {"likeness", "models", "nlp", "bulk", "patience", "processes"},
    "versions": {"bulk", "models", "nlp", "reanchoring"},
    "annotating": {"models", "extraction"},
    "storing": {"annotating", "bulk", "models", "importing", "extraction", "stories", "versions"},
    "ingestion": {"models", "importing", "extraction", "storing", "patience"},
    "lines": {"models", "querysets"},
    "folders": set(),
    "whole_files": set(),
    "bringing_back": {
        *(
            "bulk",
            "corrections",
            "exports",
            "extraction",
            "importing",
            "ingestion",
            "models",
            "nlp",
            "patience",
            "querysets",
            "runs",
        ),
        "stories",
    },
    "runs": {"exports", "models", "extraction", "ingestion", "lines", "patience"},
    "stories": {"models", "importing", "bulk"},
    "uploads": {"folders", "models", "importing"},
    "run_limits": {"models"},
    "upload_limits": {"models", "run_limits"},
    "receiving": {"uploads", "upload_limits"},
    "import_line": {"lines", "models", "run_limits", "upload_limits", "uploads"},
    "export_files": {"folders", "models", "whole_files"},
    "export_limits": {"models", "run_limits"},
    "export_line": {"export_files", "export_limits", "lines", "models", "run_limits"},
    "export_runs": {"export_files", "exports", "gathering", "lines", "models", "patience"},
    "watched_files": {"models", "importing", "patience"},
    "tasks": {"models", "extraction"},
    "queue": {"models", "querysets", "tasks"},
    "worker": {"extraction", "tasks"},
    "backing_up": {"whole_files"},
    "bulk": set(),
    "reanchoring": set(),
    "wordings": set(),
    "limits": {"models"},
    "callers": {"limits", "models"},
    "api": {
        *(
            "asking",
            "corrections",
            "finding",
            "found",
            "forms",
            "import_line",
            "importing",
            "limits",
            "models",
            "querysets",
        ),
        *("callers", "export_files", "export_line", "exports", "lines", "outages"),
        *("receiving", "record_forms", "stories", "upload_limits", "uploads", "views"),
    },
    "record_forms": {"models"},
    "roles": {"likeness", "models"},
    "candidates": {"likeness", "models", "roles"},
    "profiles": {"models", "months", "roles"},
    "duplicates": {"bulk", "likeness", "models"},
    "forms": {"corrections", "exports", "models", "querysets", "importing"},
    "webhooks": {"asking", "exports", "finding", "found", "models", "querysets"},
    "webhook_forms": {"models", "webhooks"},
    "views": {
        *(
            "corrections",
            "comparing",
            "stories",
            "differing",
            "excerpts",
            "telling",
            "proposing",
            "forms",
            "home",
            "models",
            "rendering",
        ),
        *("candidates", "duplicates", "likeness", "profiles", "record_forms", "roles"),
        *("import_line", "receiving", "upload_limits", "uploads", "webhook_forms", "webhooks"),
        *("export_files", "export_limits", "export_line", "exports", "permalinks", "run_limits"),
        *("asking", "finding", "found", "facets", "pictures", "concordance", "citing", "querysets", "search"),
        *("callers", "limits"),
        "api",  # its description, for the reference page
    },
    "urls": {"api", "views"},
    "admin": {"record_forms", "models", "querysets", "corrections", "queue", "stories", "telling"},
    "management": {
        *("models", "querysets", "importing", "ingestion", "runs", "extraction", "nlp", "stories", "invention"),
        *("duplicates", "measuring", "bringing_back", "exports", "gathering", "verifying"),
        *("processes", "queue", "search", "storing", "worker", "import_line", "lines", "uploads"),
        *("watched_files", "export_line", "export_runs", "webhooks", "backing_up", "whole_files"),
    },
}
# Of the pipeline's parts, those that the web process may use.
NEEDS_NO_SPACY = tuple(f"articles.nlp.{part}" for part in ("kinds", "cues", "found", "quotation_marks", "words"))
# What a view fetches is named, and lives in querysets/.
QUERIES = {"filter", "exclude", "annotate", "order_by", "select_related", "prefetch_related", "raw", "extra"}
KNOWS_NO_DJANGO = (
    *("nlp", "nlp.evaluation", "nlp.evaluation.speed", "importing", "invention"),
    *("differing", "reanchoring", "wordings"),
    *("exports.records", "exports.whole", "exports.quotation_annotations", "exports.plain_text", "formulas"),
    *("exports.jsonl", "exports.bundle", "exports.web_annotation", "exports.docbin", "exports.tei"),
    *("exports.brat", "exports.conllu", "exports.bench", "exports.csv", "exports.xlsx"),
)


def files_of(part: str) -> list[Path]:
    folder = ARTICLES / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def imported(path: Path) -> set[str]:
    """Dotted names of all that the file imports, relative ones as "articles.…"."""
    package = ["articles", *path.relative_to(ARTICLES).parts[:-1]]
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = [*base, *(node.module or "").split(".")] if node.module else base
            names |= {".".join([*stem, alias.name]) for alias in node.names}
    return names


@pytest.mark.parametrize("part", MAY_USE)
def test_imports_run_one_way(part: str) -> None:
    used = {
        name.split(".")[1]
        for path in files_of(part)
        for name in imported(path)
        if name.startswith("articles.") and name.split(".")[1] != part
    }
    assert used <= MAY_USE[part]


@pytest.mark.parametrize("path", [*files_of("views"), *files_of("api")], ids=lambda path: path.name)
def test_views_ask_by_name(path: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & QUERIES


def test_they_know_no_django() -> None:
    loaded = modules_after(f"import {', '.join(f'articles.{part}' for part in KNOWS_NO_DJANGO)}")
    assert {f"articles.{part}" for part in KNOWS_NO_DJANGO} <= loaded
    assert not {name for name in loaded if name.split(".")[0] == "django"}


def test_a_format_is_known_by_its_beginning_without_the_libraries_that_read_and_write_it() -> None:
    excel = b"PK\x03\x04[Content_Types].xml xl/"  # which is asked last
    loaded = modules_after(
        f"import io; from articles.exports.formats import told_by; assert told_by(io.BytesIO({excel})).name == 'xlsx'"
    )
    assert {f"articles.exports.{name}" for name in ("docbin", "tei", "xlsx", "web_annotation")} <= loaded
    assert not {"lxml", "spacy", "openpyxl", "xlsxwriter", "ijson"} & loaded


def test_only_extraction_and_what_measures_it_use_the_pipeline() -> None:
    users = {
        path.relative_to(ARTICLES).as_posix().removeprefix("management/commands/").partition("/")[0]
        for path in ARTICLES.rglob("*.py")
        if "nlp" not in path.relative_to(ARTICLES).parts[:1]
        and any(
            name.startswith(("articles.nlp", "spacy"))
            for name in imported(path)
            if not name.startswith(NEEDS_NO_SPACY)
        )
    }
    assert users == {"exports", "extraction", "bench.py", "bench_intake.py", "evaluate.py", "train_model.py"}


def test_filters_have_names() -> None:
    """Of our own tables: in the admin, Django's filters get a queryset to narrow, and accounts are Django's."""
    callers = [path for part in ("forms", "admin", "management") for path in files_of(part)]
    filtering = {path.name for path in callers if ".filter(" in path.read_text(encoding="utf-8")}
    assert filtering == {"filters.py", "users.py", "demo.py"}


def test_the_web_process_never_loads_spacy() -> None:
    loaded = modules_after(
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings.test';"
        "import newsroom.wsgi; from django.urls import resolve; resolve('/articles/1/'); resolve('/admin/')"
    )
    assert "articles.views.reading" in loaded
    # The API comes with its first request.
    assert not {name for name in loaded if name.split(".")[0] in ("spacy", "thinc", "ninja", "pydantic")}


def test_the_api_never_loads_spacy() -> None:
    loaded = modules_after(
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings.test';"
        "import newsroom.wsgi; import articles.api.root"
    )
    assert "ninja" in loaded and not {name for name in loaded if name.split(".")[0] in ("spacy", "thinc")}


def modules_after(statement: str) -> set[str]:
    """The names of all modules that a fresh interpreter has loaded after `statement`."""
    program = f"{statement}; import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())
