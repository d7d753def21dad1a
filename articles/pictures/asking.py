"""What the address of a picture asks for: the parameters are those of the list of quotations."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import Quotation
from ..querysets.counting import of, published
from .grid import Question

MOST_VALUES = 50
"""Of one parameter."""
QUOTATIONS_PAGE = "/quotations/"


class Several(forms.Field):
    """A parameter that may be repeated; each value has to match `pattern`, the rest is left out."""

    widget = forms.MultipleHiddenInput

    def __init__(self, pattern: str) -> None:
        super().__init__(required=False)
        self._pattern = re.compile(pattern)

    def clean(self, value: Any) -> list[str]:
        given = list(value or [])
        for one in given:
            if not self._pattern.fullmatch(one):
                raise ValidationError(
                    _("“%(value)s” was not understood and is left out."), params={"value": one[:80]}
                )
        return given[:MOST_VALUES]


class QuestionForm(forms.Form):
    """The filters of a picture; a field in error is left out."""

    outlet = Several(r"[0-9]{1,18}")
    speaker = Several(r"[0-9]{1,18}")
    kind = Several("|".join(Quotation.Kind.values))
    state = Several("|".join(Quotation.State.values))
    month = Several(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])|undated")
    after = forms.DateField(required=False)
    before = forms.DateField(required=False)

    def question(self) -> Question:
        self.is_valid()
        asked = self.cleaned_data
        found = published(
            Quotation.objects.listed(),
            months=asked.get("month", ()),
            after=asked.get("after"),
            before=asked.get("before"),
        )
        for field in ("outlet", "speaker", "kind", "state"):
            if asked.get(field):
                found = of(found, field, asked[field])
        named = asked.get("state") or [Quotation.State.SUGGESTED, Quotation.State.ACCEPTED]
        return Question(of(found, "state", named), found, self._parameters(), QUOTATIONS_PAGE)

    def _parameters(self) -> QueryDict:
        """Those that were understood, as they stand in addresses."""
        parameters = QueryDict(mutable=True)
        for name, value in self.cleaned_data.items():
            if value:
                parameters.setlist(name, value if isinstance(value, list) else [value.isoformat()])
        return parameters

    @property
    def complaints(self) -> list[str]:
        """Sentences about what was left out."""
        return [str(error) for errors in self.errors.values() for error in errors]
