"""Texts that an article had before: its versions."""

from django.db import models
from django.urls import reverse

from ..querysets import FormerTextQuerySet
from .article import Article


class FormerText(models.Model):
    """What an article said until `replaced_at`, with where each quotation stood in it.

    `anchors` is [{"quotation": id, "spans": …, "cue": …, "mention": …, "reworded": …}, …], half-open code points of
    this text; reworded are those that went along to the next one with other words.
    """

    # No index of its own: former_text_in_order begins with it.
    article = models.ForeignKey(Article, models.PROTECT, related_name="former_texts", db_index=False)
    text = models.TextField(editable=False)
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64, editable=False)
    title = models.CharField(max_length=500)
    byline = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    source_name = models.CharField(max_length=1000, blank=True)
    source_sha256 = models.CharField("SHA-256 of the input", max_length=64, blank=True)
    encoding = models.CharField(max_length=50, blank=True)
    reader = models.CharField("format", max_length=30, blank=True)
    import_run = models.ForeignKey(
        "articles.ImportRun", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    imported_at = models.DateTimeField(help_text="When this text came in.")
    replaced_at = models.DateTimeField(auto_now_add=True)
    act = models.OneToOneField(
        "articles.Act",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="former_text",
        help_text="The correction that replaced it. Empty: a new version came in.",
    )
    anchors = models.JSONField(default=list)

    objects = FormerTextQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "id"]
        indexes = [
            # The versions of one article, in their order.
            models.Index(fields=["article", "id"], name="former_text_in_order"),
            # Import: whether a text is one that an article had before.
            models.Index(fields=["text_sha256"], name="former_text_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.title} until {self.replaced_at:%d %B %Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("articles:version", args=[self.article_id, self.pk])
