"""Names -> speakers, as far as a machine may tell."""

from __future__ import annotations

from collections.abc import Iterable

from ..models import Speaker, name_key
from .findings import Suggestion


def speakers_of(suggestions: Iterable[Suggestion]) -> dict[str, Speaker]:
    """{name: the speaker it means}: the one who bears it, or a new one where nobody does.

    A name that several bear, or only a hidden speaker, means nobody: a person has to say. At most five queries, in
    the caller's transaction.
    """
    kinds: dict[str, str] = {}
    for suggestion in suggestions:
        if suggestion.name:
            kinds.setdefault(suggestion.name, suggestion.kind)
    if not kinds:
        return {}
    called = Speaker.objects.called_any(kinds)
    unknown = {name_key(name): name for name in reversed(kinds) if not called[name]}
    if unknown:
        # Two processes may make the same name at once: the second waits for the first and takes its row. All go in
        # one order, so that no two wait for each other.
        new = [Speaker(name=name, key=key, kind=kinds[name]) for key, name in sorted(unknown.items())]
        Speaker.objects.bulk_create(new, ignore_conflicts=True)
        called |= Speaker.objects.called_any(name for name in kinds if not called[name])
    visible = {name: [one for one in bearers if not one.is_hidden] for name, bearers in called.items()}
    return {name: bearers[0] for name, bearers in visible.items() if len(bearers) == 1}
