"""What fields are made of, with their bounds: numbers that every engine holds, text without what none does."""

from __future__ import annotations

from typing import Annotated

from ninja import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt

from ..forms import MOST_PARTS
from ..models import NAME_LENGTH, NOTE_LENGTH, QUALIFIER_LENGTH

GREATEST = 10**15
"""Of a record's number."""
LONGEST_TEXT = 10_000_000
"""Code points, of what offsets count."""

Number = Annotated[int, Path(ge=1, le=GREATEST, examples=[12])]
"""Of a record, in a path."""


class Sent(BaseModel):
    """A body: what is no member of it is refused, as it is most likely misspelt."""

    model_config = ConfigDict(extra="forbid")


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("a NUL character cannot be stored")
    return text


Text = Annotated[str, AfterValidator(_without_nul)]
SpeakerName = Annotated[
    Text,
    Field(
        max_length=NAME_LENGTH + QUALIFIER_LENGTH + 3,
        description="A name, with the qualifier in brackets where two bear it. A new one makes a speaker.",
        examples=["Ida Moss"],
    ),
]
Note = Annotated[
    Text, Field(max_length=NOTE_LENGTH, description="What somebody wants said.", examples=["See page 2."])
]
ActNote = Annotated[Text, Field(max_length=500, description="What to look at.", examples=["Who is speaking here?"])]
Offset = Annotated[StrictInt, Field(ge=0, le=LONGEST_TEXT)]
Span = Annotated[
    tuple[Offset, Offset],
    Field(
        description="Start and end: 0-based, end-exclusive, in Unicode code points of the article’s text.",
        examples=[[0, 22]],
    ),
]
Cue = Annotated[Span | None, Field(examples=[[42, 46]])]
Mention = Annotated[Span | None, Field(examples=[[23, 41]])]
Spans = Annotated[
    list[Span],
    Field(
        min_length=1,
        max_length=MOST_PARTS,
        description="Its words: starts and ends, as of cue; several where others stand between them.",
        examples=[[[0, 22]]],
    ),
]
Version = Annotated[int, Field(description="Send it as If-Match to say what you saw.", examples=[3])]
"""In an answer, which tells it as it is stored, however great."""
SeenVersion = Annotated[StrictInt, Field(ge=1, le=GREATEST, description="Of it, as you saw it.", examples=[3])]
"""In a body."""
