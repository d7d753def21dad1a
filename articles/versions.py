"""Articles whose text has changed where they were published.

The article keeps its row, its address here and its story; the text it had becomes a FormerText. Quotations go along
with their words. Those whose words are gone stay where they were, in the former text, and are flagged by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils import timezone

from . import bulk
from .models import Act, Article, Change, FormerText, Quotation
from .nlp.cues import CUES
from .reanchoring import Span, in_place_of, reanchor, same_words

Anchor = dict[str, Any]
"""Where a quotation stood, as `FormerText.anchors` has it."""

WORD = re.compile(r"\w+")
OF_SAYING = frozenset(word for word, cue in CUES.items() if "saying" in cue.groups)

# Of the new record, whatever the article had before.
OF_THE_TEXT = (
    *("text", "text_sha256", "source_name", "source_sha256", "encoding", "reader", "language", "import_run_id"),
    "extracted_with",
)
# Of the new record, unless a person has corrected them here.
CORRECTABLE = ("title", "outlet_id", "byline", "published_on", "place", "signoff", "licence")
# Not to know them does not mean that they changed: another export may just lack them.
LASTING = ("title", "outlet_id", "byline", "published_on")
# What a former text keeps of its article.
KEPT = (
    *("text", "text_sha256", "title", "byline", "published_on", "source_name", "source_sha256", "encoding", "reader"),
    *("import_run_id", "imported_at"),
)
# Of a quotation that went along, or did not.
WRITTEN = (
    *("former_text_id", "version", "spans", "start", "end", "content", "cue_start", "cue_end", "cue"),
    *("mention_start", "mention_end", "mention"),
)


def renew(stored: Article, new: Article) -> None:
    """Give `stored` the text and the details of `new`, an unsaved article, in the caller's transaction.

    Afterwards both are the stored article as it is now, and pending, unless `new` was not. Nothing is written where
    the article has that text already, as when two imports bring it at once, or had it in an earlier version: nobody
    can tell a publisher's return to it from an old export that is imported again, and importing twice is as once.

    Corrections and extractions wait until the transaction ends. Whoever else hangs a quotation on the article has to
    hold it with `Article.objects.locked` before looking at its text.

    Raises IntegrityError where another article has the text, and Article.DoesNotExist.
    """
    article = Article.objects.locked(stored.pk)
    if new.text_sha256 != article.text_sha256 and not article.former_texts.with_digest(new.text_sha256).exists():
        _renew(article, new)
    for field in Article._meta.concrete_fields:
        for one in (stored, new):
            if field.generated:
                one.__dict__.pop(field.attname, None)
            else:
                setattr(one, field.attname, getattr(article, field.attname))
    new._state.adding, new._state.db = False, article._state.db


def reword(article: Article, text: str, *, act: Act) -> None:
    """Give the held `article` the `text` that `act` corrects it to, in the caller's transaction.

    Its details stay, and nothing is sought anew. Suggestions whose words are gone stay as well: somebody has to say.
    In a text that it had before, quotations stand again as they stood there, also those that the present one lacks.
    """
    # In the order in which acts hold them, so that none waits for the other.
    every = list(article.quotations.select_for_update(no_key=True).order_by("pk"))
    had = list(article.former_texts.with_digest(Article.digest(text)).order_by("pk"))
    stood = _stood_in(had, every)
    if had:
        _forget_rewording(had[-1], stood)
    quotations = [one for one in every if one.former_text_id is None]
    back = [one for one in every if one.former_text_id is not None and one.pk in stood]
    former = FormerText(article=article, act=act, **{name: getattr(article, name) for name in KEPT})
    article.text, article.text_sha256 = text, Article.digest(text)
    article.version += 1
    article.save(update_fields=["text", "text_sha256", "version"])
    gone = _carry_over(quotations, former, text, stood)
    former.save(force_insert=True)
    for quotation in gone:
        quotation.former_text = former
    for quotation in back:
        quotation.former_text = None
        quotation.version += 1
        _place(quotation, text, stood[quotation.pk])
    _write([*quotations, *back])


def _stood_in(texts: Sequence[FormerText], quotations: Sequence[Quotation]) -> dict[int, Anchor]:
    """{quotation's id: where it stood} in `texts`: one text, as often as an article had it, the last one last.

    Those that somebody has placed elsewhere since are not among them.
    """
    if not texts:
        return {}
    last, there = texts[-1], {one.pk for one in texts}
    placed = Change.objects.that_placed_since(last)
    stood = {one["quotation"]: one for one in last.anchors if one["quotation"] not in placed}
    return stood | {one.pk: _anchor(one) for one in quotations if one.former_text_id in there}


def _forget_rewording(since: FormerText, stood: Mapping[int, Anchor]) -> None:
    """Those that stand again as they `stood` count as reworded neither by what replaced `since` nor later."""
    for former in (since, *since.article.former_texts.after(since)):
        reworded = [one for one in former.anchors if one.get("reworded") and one["quotation"] in stood]
        for anchor in reworded:
            anchor["reworded"] = False
        if reworded:
            former.save(update_fields=["anchors"])


def _renew(article: Article, new: Article) -> None:
    """Write the new version. A suggestion that no person has touched and whose words are gone is sought again."""
    # Held before the article is written: a correction has its quotation first, and asks for the article at its end.
    quotations = list(article.quotations.in_text().select_for_update().order_by("pk"))
    untouched = {quotation.pk for quotation in article.quotations.untouched_suggestions()}
    former = FormerText(article=article, **{name: getattr(article, name) for name in KEPT})
    _take_over(article, new)
    gone = _carry_over(quotations, former, article.text, {})
    former.save(force_insert=True)
    for quotation in gone:
        quotation.former_text = former
    dropped = untouched.intersection(quotation.pk for quotation in gone)
    Quotation.objects.numbered(dropped).delete()
    _write([quotation for quotation in quotations if quotation.pk not in dropped])


def _write(quotations: Sequence[Quotation]) -> None:
    rows = ([*(getattr(quotation, name) for name in WRITTEN), quotation.pk] for quotation in quotations)
    bulk.update(Quotation, WRITTEN, rows)


def _take_over(article: Article, new: Article) -> None:
    corrected = article.changes.fields_corrected()
    lacking = {name for name in LASTING if getattr(new, name) in (None, "")}
    taken = [*OF_THE_TEXT, *(name for name in CORRECTABLE if name not in corrected | lacking)]
    for name in taken:
        setattr(article, name, getattr(new, name))
    article.imported_at = timezone.now()
    article.reviewed_by = article.reviewed_at = None
    article.extraction_tries, article.extraction_failure = 0, ""
    article.version += 1
    written = ["imported_at", "reviewed_by", "reviewed_at", "extraction_tries", "extraction_failure", "version"]
    article.save(update_fields=[*taken, *written])


def _carry_over(
    quotations: Sequence[Quotation], former: FormerText, text: str, stood: Mapping[int, Anchor]
) -> list[Quotation]:
    """Move `quotations`, unsaved, to where their words are in `text`; those whose words are gone.

    Where all of them stood becomes the anchors of `former`; those that `stood` in `text` before stand there again.
    Each has a new version, so that a page that still shows the old text is answered with a conflict.
    """
    quotations = sorted(quotations, key=lambda one: (one.start, one.pk))
    moving = [one for one in quotations if one.pk not in stood]
    spans = dict.fromkeys(span for quotation in moving for span in _spans(quotation))
    went = dict(zip(spans, reanchor(former.text, text, list(spans)), strict=True))
    lost = list({cue: None for quotation in moving if (cue := quotation.cue_span) and not went[cue]})
    taken = [*filter(None, went.values()), *(span for place in stood.values() for span in place["spans"])]
    cues = went | dict(_other_cues(lost, former.text, text, taken=taken))
    gone = []
    for quotation in quotations:
        anchor, words = _anchor(quotation), quotation.content
        quotation.version += 1
        place = stood.get(quotation.pk) or _went(quotation, went, cues)
        if place:
            _place(quotation, text, place)
            anchor["reworded"] = quotation.pk not in stood and not same_words(words, quotation.content)
        else:
            gone.append(quotation)
        former.anchors.append(anchor)
    return gone


def _went(quotation: Quotation, went: Mapping[Span, Span | None], cues: Mapping[Span, Span | None]) -> Anchor | None:
    """Where all of its words went; None where some are gone."""
    content = [went[start, end] for start, end in quotation.spans]
    if not _in_order(content):
        return None
    cue, mention = quotation.cue_span, quotation.mention_span
    return {
        "spans": [span for span in content if span],
        "cue": cues[cue] if cue else None,
        "mention": went[mention] if mention else None,
    }


def _place(quotation: Quotation, text: str, place: Anchor) -> None:
    quotation.set_spans(text, content=place["spans"], cue=place["cue"], mention=place["mention"])


def _other_cues(lost: Sequence[Span], old: str, new: str, *, taken: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Each of the `lost` cues of `old` in whose place `new` has one verb of saying, with that: of "said" the "told".

    What touches one of the `taken` ranges of `new` is no cue.
    """
    for cue, place in zip(lost, in_place_of(lost, old, new) if lost else (), strict=True):
        start, end = place or (0, 0)
        words = [match.span() for match in WORD.finditer(new, start, end) if match[0].lower() in OF_SAYING]
        if len(words) == 1 and all(words[0][1] <= low or high <= words[0][0] for low, high in taken):
            yield cue, words[0]


def _anchor(quotation: Quotation) -> Anchor:
    return {
        "quotation": quotation.pk,
        "spans": quotation.spans,
        "cue": quotation.cue_span,
        "mention": quotation.mention_span,
        "reworded": False,
    }


def _in_order(spans: list[Span | None]) -> bool:
    """Whether all parts are still there, one behind the other."""
    found = [span for span in spans if span]
    in_order = all(before[1] <= after[0] for before, after in pairwise(found))
    return len(found) == len(spans) and in_order


def _spans(quotation: Quotation) -> Iterator[Span]:
    yield from ((start, end) for start, end in quotation.spans)
    yield from (span for span in (quotation.cue_span, quotation.mention_span) if span)
