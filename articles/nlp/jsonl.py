"""JSON Lines in, JSON Lines out: `python -m articles.nlp.jsonl < texts.jsonl > quotations.jsonl`.

In:   {"id": …, "text": …}
Out:  {"id": …, "quotes": [{"kind", "spans", "cue", "speaker", "speaker_name", "confidence"}]}
      "speaker" is the mention's [start, end], or null where the text names no source
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language

from . import find_quotations, load
from .found import FoundQuotation


def extract(lines: Iterable[str], *, nlp: Language | None = None, n_process: int = 1) -> Iterator[dict[str, Any]]:
    """One result a line, in order, as they come; empty lines are passed over.

    Raises ValueError, naming the line, where a line is no JSON object with an "id" and a string "text" of
    characters: JSON can write half of one, as "\\ud83d", which no text holds.
    """
    pipeline = nlp or load()
    texts = ((record["text"], record["id"]) for record in _records(lines))
    for doc, name in pipeline.pipe(texts, as_tuples=True, n_process=n_process):
        yield {"id": name, "quotes": [as_dict(quotation) for quotation in find_quotations(doc)]}


def as_dict(quotation: FoundQuotation) -> dict[str, Any]:
    return {
        "kind": quotation.kind,
        "spans": [list(span) for span in quotation.spans],
        "cue": list(quotation.cue) if quotation.cue else None,
        "speaker": list(quotation.mention) if quotation.mention else None,
        "speaker_name": quotation.speaker_name,
        "confidence": quotation.confidence,
    }


def _records(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {number}: no JSON ({error.msg} at character {error.pos})") from error
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits, a thousand brackets
            raise ValueError(f"line {number}: JSON that Python does not read ({error})") from error
        if not isinstance(record, dict) or "id" not in record:
            raise ValueError(f'line {number}: not an object with an "id" and a "text"')
        if not isinstance(record.get("text"), str):
            raise ValueError(f'line {number}: no "text", or one that is not a string')
        try:
            record["text"].encode()
        except UnicodeEncodeError as error:
            half = f"\\u{ord(record['text'][error.start]):04x}"
            raise ValueError(f'line {number}: "text" holds half a character ({half} at {error.start:,})') from error
        yield record


def main() -> int:
    try:
        for result in extract(sys.stdin):
            print(json.dumps(result))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
