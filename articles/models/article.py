"""Outlets and the articles they published."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..months import UNDATED
from ..querysets import ArticleQuerySet, OutletQuerySet
from .versioned import NAME_LENGTH, Versioned, name_key, with_key

# Other articles of a story that the reading page names; the rest is on the story's page.
MOST_NAMED = 4


def of_the_web(url: str) -> str:
    """The same, or "" for one that is not to be linked.

    >>> of_the_web("https://gazette.example/1"), of_the_web("javascript:alert(1)")
    ('https://gazette.example/1', '')
    """
    return url if url.lower().startswith(("http://", "https://")) else ""


class Outlet(Versioned):
    """Who published an article: an agency, a paper, a station."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    key = models.CharField(max_length=NAME_LENGTH, editable=False, help_text="The name without accents and case.")
    homepage = models.URLField(_("homepage"), blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["key"], name="outlet_key_unique")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, update_fields=with_key(update_fields), **kwargs)


class Article(Versioned):
    """One published text. Offsets count code points of `text`, so `versions.renew` alone changes it, and them too."""

    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("text"), editable=False)
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, editable=False)
    # No index of its own: article_outlet_newest begins with it.
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        verbose_name=_("outlet"),
        null=True,
        blank=True,
        related_name="articles",
        db_index=False,
    )
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    # The date to sort by: undated articles come last, on both engines alike.
    dated = models.GeneratedField(
        expression=Coalesce("published_on", models.Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )
    url = models.URLField(_("URL"), max_length=1000, blank=True)
    place = models.CharField(
        _("place"), max_length=100, blank=True, help_text=_("From the dateline: where it was written.")
    )
    signoff = models.CharField(
        _("sign-off"), max_length=50, blank=True, help_text=_("Initials at the end, as NA/PA.")
    )
    licence = models.CharField(
        _("licence"), max_length=500, blank=True, help_text=_("The licence line, as it stands in the text.")
    )
    story = models.ForeignKey(
        "articles.Story",
        models.PROTECT,
        verbose_name=_("story"),
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="articles",
        help_text=_("Empty: no near-copy of it is known."),
    )
    is_hidden = models.BooleanField(_("hidden"), default=False, help_text=_("Hidden articles stay in the database."))

    source_name = models.CharField(_("source name"), max_length=1000, blank=True, editable=False)
    encoding = models.CharField(_("encoding"), max_length=50, blank=True, editable=False)
    reader = models.CharField(_("format"), max_length=30, blank=True, editable=False, help_text=_("What read it."))
    source_sha256 = models.CharField(
        _("SHA-256 of the input"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Of the bytes it was read from."),
    )
    language = models.CharField(
        _("language"),
        max_length=3,
        blank=True,
        editable=False,
        help_text=_("ISO 639-1; empty where it could not be told."),
    )
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    import_run = models.ForeignKey(
        "articles.ImportRun",
        models.PROTECT,
        verbose_name=_("import run"),
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="articles",
        help_text=_("Empty: it came in before runs were kept on record."),
    )
    extracted_with = models.CharField(
        _("pipeline version"),
        max_length=100,
        blank=True,
        editable=False,
        help_text=_("Empty: quotations not yet sought."),
    )
    extraction_tries = models.PositiveSmallIntegerField(
        _("extraction tries"), default=0, editable=False, help_text=_("Failed ones since quotations were last found.")
    )
    extraction_failure = models.CharField(
        _("extraction failure"), max_length=300, blank=True, editable=False, help_text=_("Why the last try failed.")
    )

    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="reviewed_articles",
        help_text=_("Who has gone through its quotations."),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    needs_second_look = models.BooleanField(_("needs second look"), default=False, db_default=False)
    second_look_note = models.CharField(
        _("second look note"), max_length=500, blank=True, default="", db_default="", help_text=_("What to look at.")
    )

    ANNOTATED = "annotations"
    """Stands for the pipeline's version where the quotations came with the article."""
    MOST_TRIES = 2
    """Failed tries after which an article is set aside, until somebody asks for it."""

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-dated", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["text_sha256"], name="article_text_unique"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="article_reviewed_with_time",
            ),
        ]
        indexes = [
            # The article list, newest first, and its date filter.
            models.Index(fields=["-dated", "-id"], name="article_newest"),
            # The article list of one outlet, newest first, and whether an outlet is in use.
            models.Index(fields=["outlet", "-dated", "-id"], name="article_outlet_newest"),
            # The list of stories, each in the place of its newest article.
            models.Index(fields=["-dated", "-id"], name="article_newest_in_story", condition=Q(story__isnull=False)),
            # The story page, the reading page's "Also in", and merging stories.
            models.Index(fields=["story", "dated", "id"], name="article_in_story"),
            # Home: what somebody asked a second look at.
            models.Index(fields=["-dated", "-id"], name="article_flagged", condition=Q(needs_second_look=True)),
            # Import: whether an article with this address is known already.
            models.Index(fields=["url"], name="article_at_url", condition=~Q(url="")),
            # Extraction: what is pending, and what was set aside.
            models.Index(fields=["id"], name="article_pending", condition=Q(extracted_with="")),
            models.Index(fields=["id"], name="article_set_aside", condition=Q(extraction_tries__gte=2)),
            # The list of articles that somebody has reviewed, newest first.
            models.Index(fields=["-dated", "-id"], name="article_reviewed", condition=Q(reviewed_by__isnull=False)),
            # The page of an import: what it brought.
            models.Index(fields=["import_run", "id"], name="article_of_import"),
        ]
        permissions = [("use_admin", _("Can use the admin"))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:read", args=[self.pk])

    def get_history_url(self) -> str:
        return reverse("articles:article_history", args=[self.pk])

    @property
    def web_url(self) -> str:
        """The URL where it may be linked: one of http or https; "" for any other."""
        return of_the_web(self.url)

    @property
    def is_read(self) -> bool:
        """Whether a pipeline is set for its language; what could not be told counts as English."""
        return not self.language or self.language in settings.NEWSROOM_PIPELINES

    @property
    def is_pending(self) -> bool:
        """Whether its quotations are still to be sought, and may be: see `ArticleQuerySet.pending`."""
        return not self.extracted_with and self.is_read and self.extraction_tries < self.MOST_TRIES

    def also_in(self) -> list["Article"]:
        """The other articles of its story that the reading page names: the earliest few."""
        if self.story_id is None:
            return []
        others = type(self).objects.of_story(self.story_id).exclude(pk=self.pk)
        return list(others.only("title", "outlet__name", "story_id", "published_on")[:MOST_NAMED])

    @staticmethod
    def digest(text: str) -> str:
        """The SHA-256 of `text` in UTF-8, in hexadecimal: what tells that a text is already stored."""
        return hashlib.sha256(text.encode()).hexdigest()
