"""What others did on an article since its page was loaded, and who else has it open; asked for every few seconds."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..models import Act, Article, Presence, Quotation
from .access import reads
from .answering import ranges_touched
from .reading import page_context, reading_context


@require_safe
@reads
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that acts since the one named `since` have changed; 204 where all is as the page has it."""
    article = get_object_or_404(Article.objects.visible().with_outlet().with_origin(), pk=pk)
    Presence.objects.note(article, request.user)
    others = Presence.objects.others_at(article, request.user)
    since = request.GET.get("since", "")
    acts = list(Act.objects.in_article(article).since(int(since) if since.isdecimal() and len(since) < 18 else 0))
    is_renewed = request.GET.get("text") != article.text_sha256
    if not acts and not is_renewed and ", ".join(others) == request.GET.get("here", ""):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = (page_context if is_renewed else reading_context)(request, article)
    touched = [span for act in acts for span in ranges_touched(_changed_by(act), act)]
    context |= {
        "rows": context["reading"].rows_touched(touched),
        "whole": is_renewed,
        "others": others,
        "last_seen": max((act.pk for act in acts), default=since),
    }
    return render(request, "articles/_news_parts.html", context)


def _changed_by(act: Act) -> list[Quotation]:
    return [change.quotation for change in act.changes.all() if change.quotation]
