"""Saved searches: kept under a name, shared or not, with what is new in them and a feed."""

import hashlib
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date, quote_etag
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import finding
from ..asking import asked, search_of
from ..citing import citation
from ..forms import SavedSearchForm, without_controls
from ..models import Article, Quotation, SavedSearch, SeenResults
from .access import may_read, saves
from .listing import chips_of, naming_of
from .searched import parameters_of

MOST_NEW = 100
"""New results that are counted: more is “99+”."""
LONGEST = 4000
"""Characters of a saved query."""
MOST_IN_FEED = 40
ARRIVALS = 2_000
"""The last so many rows that came in, among which a feed looks for late ones with early dates."""


@require_safe
@saves
def saved_searches(request: HttpRequest) -> HttpResponse:
    searches = list(SavedSearch.objects.open_to(request.user))
    naming = naming_of(search.parameters for search in searches)
    described = [(one, one.parameters.get("q", ""), list(chips_of(one.parameters, naming))) for one in searches]
    removed = SavedSearch.objects.of_person(request.user).removed()
    return render(request, "articles/searches.html", {"searches": described, "removed": removed})


@require_POST
@saves
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep what the form names; its query is taken apart and put together again, so that nothing else comes along."""
    form = SavedSearchForm(request.POST)
    query = search_of(parameters_of("?" + request.POST.get("query", ""))).urlencode()
    if not form.is_valid() or not asked(QueryDict(query)).is_anything:
        said = _("Not saved: a search needs a name of at most 100 characters, and something to seek.")
        messages.error(request, said)
        return redirect("articles:saved_searches")
    if len(query) > LONGEST:
        messages.error(request, _("Not saved: it asks for too many things at once."))
        return redirect("articles:saved_searches")
    search = SavedSearch.objects.create(by=cast(User, request.user), query=query, **form.cleaned_data)
    SeenResults.objects.note(search, request.user, newest=_newest(search))
    messages.success(request, _("Saved as “%(name)s”.") % {"name": search.name})
    return redirect("articles:saved_searches")


@require_safe
@saves
def saved_search(request: HttpRequest, uid: UUID) -> HttpResponse:
    """On to the list of what is found; what came since the last time is marked there, and counts as seen now."""
    search = _open(request, uid)
    seen = SeenResults.objects.newest_seen(search, request.user)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        SeenResults.objects.note(search, request.user, newest=_newest(search))
    return redirect(f"{search.list_url}&new={seen}" if seen is not None else search.list_url)


@require_safe
@saves
def new_results(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How many came since the last time: a part of a page."""
    search = _open(request, uid)
    seen = SeenResults.objects.newest_seen(search, request.user)
    number = _found(search, since=seen).rows.most(MOST_NEW) if seen is not None else None
    shown = "99+" if number == MOST_NEW else number
    return render(request, "articles/_new_results.html", {"search": search, "number": number, "shown": shown})


@require_POST
@saves
def change_search(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Rename, share or not, remove, bring back, or give the feed another address: one's own only."""
    search = get_object_or_404(SavedSearch.objects.of_person(request.user), uid=uid)
    act = request.POST.get("act", "")
    if act == "rename":
        form = SavedSearchForm({"name": request.POST.get("name", ""), "of": search.of})
        if not form.is_valid():
            messages.error(request, _("Not renamed: a name has 1 to 100 characters."))
            return redirect("articles:saved_searches")
        search.name, said = form.cleaned_data["name"], _("Renamed.")
    elif act in ("share", "unshare"):
        search.is_shared, said = act == "share", _("Shared.") if act == "share" else _("Yours alone.")
    elif act in ("remove", "keep"):
        search.is_removed, said = act == "remove", _("Removed.") if act == "remove" else _("Brought back.")
    elif act == "new_key":
        search.feed_key, said = SavedSearch().feed_key, _("The feed has a new address; the old one is gone.")
    else:
        raise BadRequest("The form does not say what to change.")
    search.save()
    messages.success(request, said)
    return redirect("articles:saved_searches")


@require_safe
@login_not_required
def search_feed(request: HttpRequest, uid: UUID, key: UUID) -> HttpResponse:
    """The newest of what is found, for a feed reader, which cannot sign in: the address is the secret.

    It holds as long as whose search it is may read.
    """
    search = get_object_or_404(SavedSearch.objects.kept().with_owner(), uid=uid, feed_key=key)
    if not (search.by.is_active and may_read(search.by)):
        raise Http404
    feed = _Feed(
        title=without_controls(f"{search.name} · Newsroom"),
        link=request.build_absolute_uri(search.list_url),
        description="",
        author_name="Newsroom",
        feed_url=request.build_absolute_uri(search.get_feed_url()),
        feed_guid=search.uid.urn,
        language=None,
        made_at=search.made_at,
    )
    for row in _arrivals(search):
        _add(feed, row, search, request)
    return _conditional(request, feed.writeString("utf-8").encode("utf-8"), feed.latest_post_date())


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the last of its entries changed; of an empty one, since when there is the search, and not now."""
        changed: list[datetime] = [item["updateddate"] for item in self.items]
        return max(changed, default=self.feed["made_at"])


def _conditional(request: HttpRequest, content: bytes, changed: datetime) -> HttpResponse:
    """The feed, or that it is as it was when the reader asked last."""
    etag, modified = quote_etag(hashlib.sha256(content).hexdigest()), int(changed.timestamp())
    headers = {"ETag": etag, "Last-Modified": http_date(modified), "Cache-Control": "private, no-cache"}
    response = HttpResponse(content, content_type=Atom1Feed.content_type, headers=headers)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


def _open(request: HttpRequest, uid: UUID) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.open_to(request.user), uid=uid)


def _found(search: SavedSearch, *, since: int | None = None) -> Any:
    return finding.found(search.of, asked(search.parameters), since=since)


def _newest(search: SavedSearch) -> int:
    """The highest number there is of what is sought."""
    model = Article if search.of == SavedSearch.Of.ARTICLES else Quotation
    return model.objects.highest()


def _arrivals(search: SavedSearch) -> list[Any]:
    """The newest by date, and the last that came in, whatever their date: the last first."""
    late = _found(search, since=max(_newest(search) - ARRIVALS, 0))
    rows = {}
    newest = _found(search).newest(MOST_IN_FEED, fetch=_for_feed)
    for row in [*newest, *late.last_in(MOST_IN_FEED, fetch=_for_feed)]:
        rows[row.pk] = row
    return sorted(rows.values(), key=lambda row: -row.pk)[:MOST_IN_FEED]


def _for_feed(rows: Any) -> Any:
    return rows.for_feed()


def _add(feed: Atom1Feed, row: Article | Quotation, search: SavedSearch, request: HttpRequest) -> None:
    """An entry; its id hangs neither on the host nor on the address, so that no reader takes it for another's."""
    article = row if isinstance(row, Article) else row.article
    if isinstance(row, Article):
        title, words, address = row.title, row.beginning, row.get_absolute_url()  # type: ignore[attr-defined]
        known_as = uuid5(search.uid, str(row.pk)).urn
    else:
        address = reverse("articles:quotation", args=[row.uid])
        title = f"{row.speaker_label}: {Truncator(' '.join(row.content.split())).chars(100)}"
        words = citation(row, request.build_absolute_uri(address))
        known_as = row.uid.urn
    feed.add_item(
        title=without_controls(title),
        link=request.build_absolute_uri(address),
        description=escape(without_controls(words)),  # which a feed takes for HTML
        author_name=without_controls(article.outlet.name) if article.outlet else None,
        pubdate=article.imported_at,
        updateddate=max(filter(None, [article.imported_at, row.changed_at])),  # type: ignore[union-attr]
        unique_id=known_as,
    )
