"""Pipelines made for a test, as packages that processes load; one of them waits at a gate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GATED = """
import os, time
import spacy

@spacy.language.Language.component("gated")
def wait(doc):
    while os.environ["GATED_TEXT"] in doc.text and not os.path.exists(os.environ["GATE"]):
        time.sleep(0.02)
    return doc

def load(**options):
    nlp = spacy.blank("en")
    nlp.add_pipe("gated")
    return nlp
"""


@dataclass(frozen=True)
class Gate:
    """What reads texts waits at one until the gate is opened: however slow the test, nobody is through before."""

    folder: Path

    def at(self, words: str) -> dict[str, str]:
        """The variables with which a process waits at the text that holds `words`."""
        package = pipeline_package("gated", GATED, folder=self.folder / "site")
        gate = {"GATE": str(self.folder / "gate"), "GATED_TEXT": words}
        return package | gate | {"NEWSROOM_TIME_LIMIT": "600"}

    def open(self) -> None:
        (self.folder / "gate").touch()


def pipeline_package(name: str, code: str, *, folder: Path) -> dict[str, str]:
    """The variables that make `code` the pipeline, as a package in `folder`."""
    package, about = folder / name, folder / f"{name}-1.0.dist-info"
    for one in (package, about):
        one.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text(code)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    return {"PYTHONPATH": str(folder), "NEWSROOM_SPACY_MODEL": name}
