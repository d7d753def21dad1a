"""Whether what was read is all that was written: the records are counted, and the End says how many there were."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .records import BrokenOff, End, Record

_COUNTED = ("article", "quotation", "speaker", "act")


class Ending:
    """Counts the records that pass."""

    def __init__(self) -> None:
        self.came = False
        self._counts: Counter[str] = Counter()

    def passing(self, record: Any) -> Record:
        """The same record. Raises BrokenOff where it is the End and says that there were others."""
        kind = record["record"]
        if kind == "end":
            self.came = True
            self._compare(record)
        else:
            self._counts[kind] += 1
            if kind == "article":
                quotations = record.get("quotations")
                self._counts["quotation"] += len(quotations) if isinstance(quotations, list) else 0
        return record  # type: ignore[no-any-return]

    @property
    def articles(self) -> int:
        return self._counts["article"]

    def end(self) -> End:
        """What says how many passed."""
        articles, quotations, speakers, acts = (self._counts[kind] for kind in _COUNTED)
        return End(record="end", articles=articles, quotations=quotations, speakers=speakers, acts=acts)

    def check(self) -> None:
        """Raises BrokenOff where no End has come."""
        if not self.came:
            raise BrokenOff(f"it ends before its end: {self._counts['article']:,} articles came in")

    def _compare(self, end: dict[str, Any]) -> None:
        for name in ("articles", "quotations", "speakers", "acts"):
            said, counted = end.get(name), self._counts[name.removesuffix("s")]
            if said != counted:
                raise BrokenOff(f"parts of it are missing: its end says {said} {name}, there are {counted:,}")
