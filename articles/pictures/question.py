"""What a picture is asked for: the quotations of a list, and the addresses of its parts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from .. import finding
from ..asking import Asked, Choice, asked, search_of
from ..found import Found
from ..models import Quotation


class Question:
    """What the parameters of an address ask for, as the list of quotations understands them."""

    def __init__(self, parameters: QueryDict) -> None:
        self.parameters = search_of(parameters)
        self.asked: Asked = asked(parameters)

    @cached_property
    def found(self) -> Found[Quotation]:
        return finding.quotations(self.asked)

    @cached_property
    def found_in_every_state(self) -> Found[Quotation]:
        """Rejected ones too, unless other states are asked for."""
        if self.asked.state.among is not None:
            return self.found
        every = Choice(set(Quotation.State.values), self.asked.state.without)
        return finding.quotations(replace(self.asked, state=every))

    @property
    def is_indexed(self) -> bool:
        """Whether all that is asked for stands in the indexes that samples are read from."""
        sought = self.asked
        looked_up = sought.anywhere, sought.said, sought.story, sought.lengths, sought.company
        return not any(looked_up) and sought.reviewed is None

    def address(self, but: Collection[str] = ()) -> str:
        """Of the list of these quotations, without the parameters named; more may be written behind it."""
        kept = [(key, value) for key, values in self.parameters.lists() if key not in but for value in values]
        return f"{reverse('articles:quotations')}?{urlencode(kept)}{'&' if kept else ''}"

    def asks_for_others(self, field: str, numbers: Collection[int]) -> str:
        """Of an address: what of that field is asked for, without these outlets or speakers."""
        asked_for = [(field, value) for value in self.parameters.getlist(field)]
        return urlencode([*asked_for, *((f"not-{field}", number) for number in numbers)])
