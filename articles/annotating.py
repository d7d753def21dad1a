"""Annotations of a text that is stored without them: they take the place of what a machine suggested.

Only while nobody has worked on the article: what people decided, added or reviewed stays as they left it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import extraction
from .extraction import Suggestion
from .models import Article, Speaker


def annotate(
    article: Article, annotations: Sequence[Suggestion], *, text: str, speakers: Mapping[str, Speaker]
) -> bool:
    """Hang the `annotations` of `text` on the stored `article`, in the caller's transaction.

    False, and nothing is written, where the article has another text or somebody has worked on its quotations.
    """
    held = Article.objects.locked(article.pk)
    held.quotations.hold()  # whoever is deciding on one comes first
    if held.text != text or Article.objects.worked_on([held.pk]):
        return False
    held.quotations.untouched_suggestions().delete()
    extraction.insert(((held.pk, one) for one in annotations), speakers=speakers)
    for one in (held, article):
        one.extracted_with, one.extraction_tries, one.extraction_failure = Article.ANNOTATED, 0, ""
    held.save(update_fields=["extracted_with", "extraction_tries", "extraction_failure"])
    return True
