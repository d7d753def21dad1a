"""The story page: the articles that are copies of one another, and each quotation as every outlet has it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from .. import wordings
from ..models import Article, Quotation, Story
from .access import reads

# Articles whose quotations are compared; the rest of a bigger story is listed.
MOST_COMPARED = 12
# Articles listed.
MOST_LISTED = 200


@dataclass(frozen=True)
class Wording:
    """What one article makes of a quotation: its words, against the first article's."""

    article: Article
    quotation: Quotation
    pieces: list[wordings.Piece]

    @property
    def added(self) -> int:
        return self._count("added")

    @property
    def left_out(self) -> int:
        return self._count("left out")

    def _count(self, kind: str) -> int:
        return sum(len(piece.words.split()) for piece in self.pieces if piece.kind == kind)


@dataclass(frozen=True)
class Line:
    """One quotation of the story: who says it, in whose words, and which articles lack it."""

    speaker: str
    wordings: list[Wording]
    lacking: list[Article]


@require_safe
@reads
def story(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Story.objects.shown(), pk=pk)
    if found.merged_into:
        return redirect(found.merged_into)
    articles = list(Article.objects.of_story(found.pk).defer("text")[:MOST_LISTED])
    compared = articles[:MOST_COMPARED]
    context = {"story": found, "articles": articles, "compared": compared, "lines": lines(compared)}
    return render(request, "articles/story.html", context)


def lines(articles: Sequence[Article]) -> list[Line]:
    """Each quotation of `articles` once, in the order in which they first appear."""
    by_article: dict[int, list[wordings.Said]] = defaultdict(list)
    for quotation in Quotation.objects.for_comparing(articles):
        said = wordings.Said(quotation.content, quotation.speaker_id, quotation)
        by_article[quotation.article_id].append(said)
    groups = wordings.group([by_article[article.pk] for article in articles])
    return [_line(group, articles) for group in groups]


def _line(group: wordings.Group, articles: Sequence[Article]) -> Line:
    worded = []
    for number, said in group.wordings.items():
        assert isinstance(said.source, Quotation)  # noqa: S101 - as `lines` made it
        worded.append(Wording(articles[number], said.source, wordings.differences(group.first, said)))
    known = [wording.quotation for wording in worded if wording.quotation.speaker_id]
    lacking = [article for number, article in enumerate(articles) if number not in group.wordings]
    return Line((known or [worded[0].quotation])[0].speaker_label, worded, lacking)
