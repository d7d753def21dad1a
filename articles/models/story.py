"""Stories, and what finds the near-copies that belong to one: signatures of the articles' texts, and their keys."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import KeyOfCopyQuerySet, StoryQuerySet
from .article import Article


class Story(models.Model):
    """Articles that are copies, cuts or light rewrites of one another. One that was merged stays, and leads on."""

    began_at = models.DateTimeField(auto_now_add=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="merged", editable=False
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["id"]
        constraints = [
            # The older one always stays; so no chain of merged stories comes back to where it began.
            models.CheckConstraint(condition=Q(merged_into__lt=F("id")), name="story_merged_into_older"),
        ]
        indexes = [
            # Merging a story into which others were merged before: they lead on to the new one.
            models.Index(fields=["merged_into"], name="story_merged"),
        ]

    def __str__(self) -> str:
        return gettext("story %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("articles:story", args=[self.pk])


class SignatureOfText(models.Model):
    """The smallest hashes of one article's shingles, as articles.importing.near_copies makes and reads them."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="signature")
    version = models.PositiveSmallIntegerField()
    shingles = models.PositiveIntegerField()
    minima = models.BinaryField()

    class Meta:
        verbose_name = _("signature of text")
        verbose_name_plural = _("signatures of texts")

    def __str__(self) -> str:
        return gettext("signature of article %(number)s") % {"number": self.article_id}


class KeyOfCopy(models.Model):
    """One of the few smallest hashes of an article's shingles: near-copies share some of them."""

    pk = models.CompositePrimaryKey("article", "value")
    article = models.ForeignKey(Article, models.CASCADE, db_index=False, related_name="copy_keys")
    value = models.BigIntegerField()

    objects = KeyOfCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of copy")
        verbose_name_plural = _("keys of copies")
        indexes = [
            # Finding an article's near-copies at import: who else has this key.
            models.Index(fields=["value", "article"], name="copy_key_holders"),
        ]

    def __str__(self) -> str:
        return gettext("key %(key)s of article %(number)s") % {"key": self.value, "number": self.article_id}
