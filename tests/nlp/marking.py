"""Sentences with what is to be found marked in them, and Docs built by hand.

    ⟦“We sail,”⟧ {said} <the minister>.      content, cue, mention of one quotation

An annotated sentence gives word/POS/head/dependency, and where it matters /tag, the head as the number of a word
in its sentence; a word that begins with ^ follows without a space.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from articles.nlp import find_quotations

OPENING, CLOSING = "⟦{<", "⟧}>"
KINDS = ("content", "cue", "mention")


class Found(NamedTuple):
    spans: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    mention: tuple[int, int] | None


def unmark(marked: str) -> tuple[str, Found]:
    """The text without its marks, and what they mark."""
    text = ""
    starts: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for character in marked:
        if character in OPENING:
            starts[KINDS[OPENING.index(character)]] = len(text)
        elif character in CLOSING:
            kind = KINDS[CLOSING.index(character)]
            spans[kind].append((starts[kind], len(text)))
        else:
            text += character
    first = {kind: spans[kind][0] if spans[kind] else None for kind in KINDS}
    return text, Found(tuple(spans["content"]), first["cue"], first["mention"])


def mark(text: str, found: Found) -> str:
    """The reverse of unmark, for messages that can be read."""
    marks = [(offset, 1 - side, 0, sign) for span in found.spans for side, (offset, sign) in _sides(span, "⟦⟧")]
    marks += [(o, 1 - side, 1, s) for side, (o, s) in _sides(found.cue, "{}")]
    marks += [(o, 1 - side, 1, s) for side, (o, s) in _sides(found.mention, "<>")]
    out, done = "", 0
    for offset, _, _, sign in sorted(marks):
        out += text[done:offset] + sign
        done = offset
    return out + text[done:]


def _sides(span: tuple[int, int] | None, signs: str) -> list[tuple[int, tuple[int, str]]]:
    return [] if span is None else [(0, (span[0], signs[0])), (1, (span[1], signs[1]))]


def found_in(doc: Doc) -> list[str]:
    """Every quotation of a Doc, each marked in a copy of its text."""
    return [mark(doc.text, Found(q.spans, q.cue, q.mention)) for q in find_quotations(doc)]


def expected(marked: tuple[str, ...]) -> list[str]:
    """What found_in must give: nothing for a sentence without marks."""
    pairs = [unmark(one) for one in marked]
    assert len({text for text, _ in pairs}) == 1, "one text, marked once for each quotation"
    return [mark(text, found) for text, found in pairs if found.spans]


def built(nlp: Language, *annotated: str) -> Doc:
    """A Doc of annotated sentences, with the quotations that nlp's components find in it."""
    words, spaces, pos, tags, heads, deps = [], [], [], [], [], []
    for sentence in annotated:
        first = len(words)
        for word in sentence.split():
            spelled, part, head, dep, *tag = word.split("/")
            if spelled.startswith("^") and spaces:
                spaces[-1] = False
            words.append(spelled.removeprefix("^"))
            spaces.append(True)
            pos.append(part)
            tags.append("".join(tag))
            heads.append(first + int(head))
            deps.append("ROOT" if dep == "root" else dep)
    doc = Doc(nlp.vocab, words=words, spaces=[*spaces[:-1], False], pos=pos, tags=tags, heads=heads, deps=deps)
    for name, component in nlp.pipeline:
        if name != "newsroom_grammar":
            doc = component(doc)
    return doc
