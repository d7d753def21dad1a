"""What each format is for, and what it leaves out, in a sentence for people who choose one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("To read, sort and count"), ("csv", "xlsx")),
    (_("To keep whole, and to bring back"), ("jsonl", "bundle", "web-annotation", "docbin")),
    (_("For other tools"), ("tei", "brat", "conllu", "bench")),
)
"""The names of all formats, in the order in which people are likely to want them, under what they are for."""

USUAL = "csv"

PURPOSES: dict[str, str | Promise] = {
    "csv": _(
        "One quotation a row, with who said it, where and when. It is safe to open in a spreadsheet: no cell can run "
        "as a formula. The texts of the articles and the history are left out."
    ),
    "xlsx": _(
        "The same rows as a workbook. The texts of the articles and the history are left out here too, and words of "
        "more than 32,767 characters are cut."
    ),
    "jsonl": _(
        "One record a line, for scripts and archives: articles, quotations, speakers, states and history. Nothing "
        "of what is exported is left out."
    ),
    "bundle": _(
        "Each article as a text file with its annotations beside it, for archives that people look into. "
        "Nothing of what is exported is left out."
    ),
    "web-annotation": _(
        "The W3C’s standard for annotations, for whatever reads linked data: each quotation finds its words again by "
        "itself. Nothing of what is exported is left out."
    ),
    "docbin": _(
        "For spaCy: documents with the quotations as groups of spans. Nothing of what is exported is left out."
    ),
    "tei": _(
        "For editions and text archives: what was said and by whom, marked in the text. How sure the machine was and "
        "the history are left out."
    ),
    "brat": _(
        "To annotate on in brat, in the scheme of the PolNeAR corpus. The articles’ details and the history are left "
        "out."
    ),
    "conllu": _(
        "One word a line, for corpus tools, with the quotations in the last column; of the articles’ details only "
        "title, date and address. Lemmas, tags and the history are left out."
    ),
    "bench": _(
        "One article a line, with where its quotations, cues and mentions stand, to measure an extraction with. Not "
        "even the texts are in it."
    ),
}
