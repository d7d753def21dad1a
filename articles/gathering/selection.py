"""Which articles and quotations an export is of."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, replace
from typing import Literal, cast

from django.http import QueryDict
from django.utils.translation import override

from .. import asking, finding
from ..models import Article, Quotation
from ..querysets import exporting
from .numbers import Numbers

Of = Literal["articles", "quotations"]


_LEFT_OUT = re.compile(r"; (it was )?left out\.$")
"""How complaints end of what a list passes over."""


class NotASearch(ValueError):
    """What was written is no search of articles or quotations, or not all of it is understood; says what."""


@dataclass(frozen=True)
class Selection:
    """A search of quotations gives those alone, in their articles; one of articles all shown quotations in these.

    With nothing that is sought it is everything: all articles, and all speakers that are not hidden.
    """

    of: Of = "articles"
    query: str = ""
    """What is sought, as the address of the list has it: "q=harbour&state=accepted"."""
    with_rejected: bool = False
    """Also quotations that were rejected; a search that asks for them gets them in any case."""
    with_hidden: bool = False
    """Also quotations that were taken out and, without a search, hidden articles and speakers: for operators."""

    @classmethod
    def of_search(cls, search: str, *, with_rejected: bool = False, with_hidden: bool = False) -> Selection:
        """That of "quotations?q=…" or "articles?…"; "" is everything. Raises NotASearch.

        A list passes over what it does not understand, and says so; an export of more than was meant would not be
        noticed.
        """
        of, _, query = search.partition("?")
        if not search:
            return cls(with_rejected=with_rejected, with_hidden=with_hidden)
        if of not in ("articles", "quotations") or not query:
            raise NotASearch(f"{search}: a search begins with articles? or quotations?, as in quotations?q=harbour")
        parameters = QueryDict(query)
        unknown = sorted(set(parameters) - set(asking.PARAMETERS))
        if unknown:
            raise NotASearch(f"{search}: nothing is sought by {', '.join(unknown)}")
        with override("en"):
            asked = asking.asked(parameters)
        if asked.complaints:
            said = " ".join(_LEFT_OUT.sub(".", complaint) for complaint in asked.complaints)
            raise NotASearch(f"{search} is refused, as not all of it is understood: {said}")
        if not asked.is_anything:
            raise NotASearch(f"{search}: nothing is sought")
        return cls(cast("Of", of), query, with_rejected, with_hidden)

    @property
    def search(self) -> str:
        """As the head of an export has it; "" where it is everything."""
        return f"{self.of}?{self.query}" if self._asked.is_anything else ""

    @property
    def is_whole(self) -> bool:
        """Whether it is all that there is, hidden or not."""
        return self.with_rejected and self.with_hidden and not self.search

    @property
    def _asked(self) -> asking.Asked:
        return asking.asked(QueryDict(self.query))

    def found(self) -> Selected:
        """What of the database it is, now."""
        asked = self._asked
        if not asked.is_anything:
            return Selected(self)
        if self.of == "articles":
            return Selected(self, Numbers(exporting.numbers(finding.articles(asked).rows)))
        if self.with_rejected and asked.state.among is None:
            asked = replace(asked, state=replace(asked.state, among=set(Quotation.State.values)))
        articles, quotations = array("q"), array("q")
        for quotation, article in exporting.numbers_with_articles(finding.quotations(asked).rows):
            quotations.append(quotation)
            articles.append(article)
        return Selected(self, Numbers(articles), Numbers(quotations))


@dataclass(frozen=True)
class Selected:
    """The numbers of articles and of quotations, as far as they are not all there are."""

    selection: Selection
    articles: Numbers | None = None
    quotations: Numbers | None = None

    @property
    def _articles(self) -> exporting.Rows:
        return Article.objects.all() if self.selection.with_hidden else Article.objects.visible()

    @property
    def _quotations(self) -> exporting.Rows:
        rows = Quotation.objects.all() if self.selection.with_hidden else Quotation.objects.shown()
        return rows if self.selection.with_rejected else rows.not_rejected()

    def parts(self, size: int) -> exporting.Parts:
        """The numbers of the articles, so many at a time."""
        return exporting.parts(self._articles, size) if self.articles is None else self.articles.parts(size)

    def quotations_of(self, articles: exporting.Part) -> exporting.Rows:
        """The quotations in these articles, in the order of the text; some of them may not be among `quotations`."""
        rows = Quotation.objects.all() if self.quotations is not None else self._quotations
        return exporting.in_order(rows, articles)

    @property
    def number_of_articles(self) -> int:
        return self._articles.count() if self.articles is None else len(self.articles)

    @property
    def number_of_quotations(self) -> int:
        if self.quotations is not None:
            return len(self.quotations)
        if self.articles is not None:
            return sum(exporting.of(self._quotations, part).count() for part in self.articles.parts(500))
        return exporting.of_all(self._quotations, self._articles, narrowed=not self.selection.with_hidden).count()
