"""Texts that an article had before: its versions."""

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import FormerTextQuerySet
from .article import Article


class FormerText(models.Model):
    """What an article said until `replaced_at`, with where each quotation stood in it.

    `anchors` is [{"quotation": id, "spans": …, "cue": …, "mention": …, "reworded": …}, …], half-open code points of
    this text; reworded are those that went along to the next one with other words.
    """

    # No index of its own: former_text_in_order begins with it.
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="former_texts", db_index=False
    )
    text = models.TextField(_("text"), editable=False)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, editable=False)
    title = models.CharField(_("title"), max_length=500)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    source_name = models.CharField(_("source name"), max_length=1000, blank=True)
    source_sha256 = models.CharField(_("SHA-256 of the input"), max_length=64, blank=True)
    encoding = models.CharField(_("encoding"), max_length=50, blank=True)
    reader = models.CharField(_("format"), max_length=30, blank=True)
    import_run = models.ForeignKey(
        "articles.ImportRun",
        models.PROTECT,
        verbose_name=_("import run"),
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    imported_at = models.DateTimeField(_("imported at"), help_text=_("When this text came in."))
    replaced_at = models.DateTimeField(_("replaced at"), auto_now_add=True)
    act = models.OneToOneField(
        "articles.Act",
        models.PROTECT,
        verbose_name=_("act"),
        null=True,
        blank=True,
        related_name="former_text",
        help_text=_("The correction that replaced it. Empty: a new version came in."),
    )
    anchors = models.JSONField(default=list)

    objects = FormerTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("former text")
        verbose_name_plural = _("former texts")
        ordering = ["article_id", "id"]
        indexes = [
            # The versions of one article, in their order.
            models.Index(fields=["article", "id"], name="former_text_in_order"),
            # Import: whether a text is one that an article had before.
            models.Index(fields=["text_sha256"], name="former_text_digest"),
        ]

    def __str__(self) -> str:
        until = date_format(localtime(self.replaced_at), "DATETIME_FORMAT")
        # Translators: the title of an article, and when a new text took the place of this one.
        return gettext("%(title)s until %(when)s") % {"title": self.title, "when": until}

    def get_absolute_url(self) -> str:
        return reverse("articles:version", args=[self.article_id, self.pk])
