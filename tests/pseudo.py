"""A language in which every translated word stands in ⟦brackets⟧, so that what was left out can be seen.

Pages are made of records in Greek then: any Latin letter outside brackets is a word that no translation reaches.
"""

import gettext
import re

from lxml import html

SPOKEN = ["aria-label", "placeholder", "title", "alt"]
SHOWN = ["data-content", "data-cue", "data-mention", "data-place", "data-of", "data-saving"]
# Names and keys, the same in every language; words that Django's admin leaves as they are, names
# of encodings, hashes.
SAME = re.compile(
    r"\b(Newsroom|Enter|Esc|Shift|Ctrl|Deutsch|British English|text=body|title=headline|Search|None|True|False"
    r"|utf-8|[0-9a-f-]{30,})\b"
)


class Pseudo(gettext.NullTranslations):
    """In place of Django's translation for a language."""

    def gettext(self, message: str) -> str:
        words = message.rpartition("\x04")[2]  # behind the context, which Django puts before them
        return f"⟦{words}⟧" if words else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def language(self) -> str:
        return "de"

    def to_language(self) -> str:
        return "de"


def untranslated(page: str) -> list[str]:
    """What of a page in the pseudo-language is in Latin letters and from no translation."""
    root = html.fromstring(page)
    for part in root.xpath("//code | //*[@translate='no'] | //script | //style | //kbd | //*[@lang]/self::button"):
        part.drop_tree()
    read = [root.text_content(), *(str(value) for name in SPOKEN + SHOWN for value in root.xpath(f"//@{name}"))]
    return [words for each in read for words in re.findall(r"[A-Za-z][A-Za-z ,.’%]+", SAME.sub("", _outside(each)))]


def _outside(words: str) -> str:
    """`words` without what is in brackets, also in brackets within brackets."""
    depth, left = 0, []
    for character in words:
        depth += {"⟦": 1, "⟧": -1}.get(character, 0)
        left.append(" " if depth or character == "⟧" else character)
    return "".join(left)
