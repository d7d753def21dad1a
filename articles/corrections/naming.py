"""The speaker whom somebody means by a name."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..models import NAME_LENGTH, Change, Speaker, is_name, name_key, name_readings, tidy_name
from .refusals import AmbiguousSpeaker, NameTaken
from .writing import Edit, write, write_new


def speaker_called(name: str) -> tuple[Speaker, list[Change]]:
    """The speaker of that name, held until the transaction ends, and the unsaved change where new or hidden.

    Held, so that nobody hides a speaker who is just being given a quotation. Raises AmbiguousSpeaker, and
    ValueError where it cannot be a name.
    """
    name = tidy_name(name)
    while True:
        called = Speaker.objects.called(name)
        closest = _closest(name, [speaker for speaker in called if not speaker.is_hidden] or called)
        found = list(dict.fromkeys(one.merged_into or one for one in closest))
        if len(found) > 1:
            raise AmbiguousSpeaker(name, found)
        if not found:
            refuse_no_name(name)
            new = Speaker(name=name)
            try:
                return new, [write_new(new, {})]
            except NameTaken:
                continue  # somebody gave the same new name in the same moment: theirs is the speaker
        speaker = Speaker.objects.held([found[0].pk]).get(found[0].pk)
        if speaker and speaker.version == found[0].version:
            break  # else renamed, hidden or shown between looking and holding
    return speaker, write([Edit(speaker, speaker.version, {"is_hidden": False})]) if speaker.is_hidden else []


def named_just_so(name: str, bearers: Sequence[Speaker]) -> Sequence[Speaker]:
    """Of those who bear `name`, tidied, who is shown just so, else who has that name and qualifier."""
    shown = [one for one in bearers if tidy_name(str(one)) == name]
    readings = name_readings(name)
    return shown or [one for one in bearers if (one.key, name_key(one.qualifier)) in readings]


def refuse_no_name(name: str) -> None:
    """Raises ValueError, in the user's words, where `name`, tidied, cannot be a speaker's."""
    if not is_name(name):
        said = _("a speaker's name has 1 to %(most)s characters, and one that can be seen")
        raise ValueError(said % {"most": NAME_LENGTH})


def _closest(name: str, bearers: Sequence[Speaker]) -> Sequence[Speaker]:
    """Of those who bear `name` who is named just so, else all of them.

    So whoever was offered as a choice is found by what was offered.
    """
    return named_just_so(name, bearers) or bearers
