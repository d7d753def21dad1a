"""Back to the list that a page was opened from."""

from django import template
from django.http import QueryDict
from django.urls import reverse

register = template.Library()

LISTS = {
    "": "",
    "quotations": "",
    "best": "sort=best",
    "context": "show=context",
    "context-left": "show=context&sort=left",
    "context-right": "show=context&sort=right",
}
"""What `list` in an address says of the list behind it: what its own address says of that."""


@register.simple_tag
def results_url(search: QueryDict, kind: str = "") -> str:
    """The address of the list of `search`; of that `kind` where the search does not say which."""
    found = search.get("list", kind)
    page = "articles:list" if found in ("", "best") else "articles:quotations"
    rest = search.copy()
    rest.pop("list", None)
    query = "&".join(filter(None, [rest.urlencode(), LISTS.get(found, "")]))
    return f"{reverse(page)}?{query}"
