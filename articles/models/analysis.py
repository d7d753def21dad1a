"""What the pipeline saw in a text besides quotations, for whoever adds one by hand."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import AnalysisQuerySet
from .article import Article


class Analysis(models.Model):
    """The cues of one article's text: `cues` is [[start, end, start and end of the subject or null, null, name], …].

    The name is the subject's fullest one in the article, "" where it has none.

    Half-open code points of the text with that SHA-256, whichever the article has by now.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="analysis")
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64)
    version = models.CharField("pipeline version", max_length=100)
    cues = models.JSONField(default=list)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")

    def __str__(self) -> str:
        return gettext("analysis of article %(number)s") % {"number": self.article_id}
