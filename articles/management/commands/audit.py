"""manage.py audit: prove that stored words equal the text at their offsets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection

from ...models import Article, FormerText, Quotation
from ...search import index
from ._progress import progress
from ._tables import TablesCommand

CHUNK = 50
"""Articles, with their texts and quotations, in memory at once."""

REPEATED = ("start", "end", "content", "cue", "mention")
"""The fields that say again what text and offsets say."""


class Command(TablesCommand):
    help = "Check every quotation against the text it stands in, character by character. Exit code 1 on any drift."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what drifted")

    def handle(self, *args: Any, quiet: bool, **options: Any) -> None:
        drifts, said = self.look(shown_on=None if quiet else self.stderr)
        if drifts:
            self.stderr.write(said)
            raise SystemExit(1)
        if not quiet:
            self.stdout.write(said)

    def look(self, *, shown_on: Any = None) -> tuple[int, str]:
        """Print each drift; how many there are, and that as a sentence. Progress is `shown_on` that, if anything."""
        checked, quotations, drifts = 0, 0, 0
        everything = Article.objects.with_quotations().with_former_texts()
        articles = (article for chunk in everything.chunks(CHUNK) for article in chunk)
        for article in progress(articles, unit="articles", total=everything.count, shown_on=shown_on):
            checked += 1
            for drift in article_drifts(article):
                drifts += 1
                self.stdout.write(f"article {article.pk}: {drift}")
            quotations += len(article.quotations.all())
        for drift in index.drifts(connection):
            drifts += 1
            self.stdout.write(drift)
        scope = f"{quotations:,} quotations in {checked:,} articles"
        return drifts, f"Drifts found: {drifts:,}, among {scope}." if drifts else f"No drift: {scope}."


def article_drifts(article: Article) -> Iterator[str]:
    """One line for each thing stored about `article` that its text does not bear out."""
    if Article.digest(article.text) != article.text_sha256:
        yield "the text is not the one whose SHA-256 is stored"
    texts = {None: article.text} | {former.pk: former.text for former in article.former_texts.all()}
    for former in article.former_texts.all():
        for drift in former_drifts(former):
            yield f"version {former.pk}: {drift}"
    for quotation in article.quotations.all():
        if quotation.former_text_id not in texts:
            yield f"quotation {quotation.pk}: it stands in a former text of another article"
            continue
        listed = not (article.is_hidden or quotation.is_hidden or quotation.former_text_id)
        there = (quotation.dated, quotation.outlet_id, quotation.is_listed)
        if there != (article.dated, article.outlet_id, listed):
            yield f"quotation {quotation.pk}: date, outlet or whether it is listed are not as its article has it"
        for drift in quotation_drifts(quotation, text=texts[quotation.former_text_id]):
            yield f"quotation {quotation.pk}: {drift}"


def former_drifts(former: FormerText) -> Iterator[str]:
    if Article.digest(former.text) != former.text_sha256:
        yield "the text is not the one whose SHA-256 is stored"
    for anchor in former.anchors:
        try:
            place = {"content": anchor["spans"], "cue": anchor["cue"], "mention": anchor["mention"]}
            Quotation().set_spans(former.text, **place)
        except (KeyError, TypeError, ValueError) as error:
            yield f"{error} (anchor {_short(anchor)})"


def quotation_drifts(quotation: Quotation, *, text: str) -> Iterator[str]:
    try:
        content = [(start, end) for start, end in quotation.spans]
        true = Quotation()
        true.set_spans(text, content=content, cue=quotation.cue_span, mention=quotation.mention_span)
    except (TypeError, ValueError) as error:
        yield f"{error} (spans {_short(quotation.spans)})"
        return
    for name in REPEATED:
        stored, actual = getattr(quotation, name), getattr(true, name)
        if stored != actual:
            yield f"{name} is {_short(stored)}, the text says {_short(actual)}"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
