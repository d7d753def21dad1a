"""Quotations: what was said, the words that attribute it, and who is behind them."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..months import UNDATED
from ..querysets import QuotationQuerySet
from ..querysets.counting import Lot
from ..querysets.lengths import Band
from .anchors import Span, anchored, as_span, span_valid
from .article import Article, Outlet
from .speaker import Speaker
from .versioned import Versioned

NOTE_LENGTH = 1000


class Quotation(Versioned):
    """One attribution. All offsets are half-open ranges of Unicode code points in `article.text`, or in that of
    `former_text` where the words are gone from it.

    `spans` holds the content, sorted and disjoint; `start` and `end` are its outer ends, for ordering and for what
    the database can check. `content`, `cue` and `mention` repeat the words at the offsets: `set_spans` keeps
    them true, `manage.py audit` proves it.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct", _("direct")
        MIXED = "mixed", _("mixed")
        INDIRECT = "indirect", _("indirect")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    class Origin(models.TextChoices):
        MACHINE = "machine", _("machine")
        PERSON = "person", _("person")
        IMPORTED = "imported", _("imported")

    uid = models.UUIDField(_("uid"), default=uuid.uuid4, editable=False)
    # No index of its own: quotation_in_text begins with it.
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="quotations", db_index=False
    )
    former_text = models.ForeignKey(
        "articles.FormerText",
        models.PROTECT,
        verbose_name=_("former text"),
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="quotations",
        help_text=_("Where its words stand, if they are not in the article's text any more."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)

    spans = models.JSONField(
        _("spans"), default=list, help_text=_("[[start, end], …] in code points of the article's text.")
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    content = models.TextField(_("content"))
    cue_start = models.PositiveIntegerField(_("cue start"), null=True, blank=True)
    cue_end = models.PositiveIntegerField(_("cue end"), null=True, blank=True)
    cue = models.TextField(_("cue"), blank=True)
    mention_start = models.PositiveIntegerField(_("mention start"), null=True, blank=True)
    mention_end = models.PositiveIntegerField(_("mention end"), null=True, blank=True)
    mention = models.TextField(_("mention"), blank=True)

    speaker = models.ForeignKey(
        Speaker, models.PROTECT, verbose_name=_("speaker"), null=True, blank=True, related_name="quotations"
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.SUGGESTED)
    confidence = models.FloatField(
        _("confidence"), null=True, blank=True, help_text=_("The pipeline's certainty, 0 to 1.")
    )
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.MACHINE)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        related_name="settled_quotations",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    note = models.CharField(
        _("note"),
        max_length=NOTE_LENGTH,
        blank=True,
        default="",
        db_default="",
        help_text=_("What somebody wants said."),
    )
    is_hidden = models.BooleanField(
        _("taken out"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("An addition that was undone, or merged into another: it is kept, and shown nowhere."),
    )

    # What the database repeats here of the article, so that lists are read from one index: see search/index.py.
    dated = models.DateField(editable=False, db_default=UNDATED)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, editable=False, db_index=False, db_default=None, related_name="quotations"
    )
    is_listed = models.BooleanField(editable=False, db_default=False)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["article_id", "start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="quotation_uid_unique"),
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="quotation_content_valid"),
            models.CheckConstraint(condition=span_valid("cue_start", "cue_end"), name="quotation_cue_valid"),
            models.CheckConstraint(
                condition=span_valid("mention_start", "mention_end"), name="quotation_mention_valid"
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)), name="quotation_confidence_valid"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["direct", "mixed", "indirect"]), name="quotation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "accepted", "rejected"]), name="quotation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["machine", "person", "imported"]), name="quotation_origin_known"
            ),
            # A suggestion is nobody's decision, a decision has its time; only what was imported may lack it.
            models.CheckConstraint(
                condition=(
                    Q(state="suggested", settled_by=None, settled_at=None)
                    | Q(state__in=["accepted", "rejected"]) & (Q(settled_at__isnull=False) | Q(origin="imported"))
                ),
                name="quotation_settled_with_time",
            ),
        ]
        indexes = [
            # The reading page: one article's quotations in the order of the text.
            models.Index(fields=["article", "start", "id"], name="quotation_in_text"),
            # The list of quotations, newest first: all, a speaker's, an outlet's, those of a state. What is counted
            # along with them stands in the index, so that counting reads nothing else.
            models.Index(fields=["-dated", "-id"], name="quotation_newest", condition=Q(is_listed=True)),
            models.Index(
                fields=["speaker", "-dated", "-id", "outlet", "kind", "state"],
                name="quotation_of_speaker",
                condition=Q(is_listed=True),
            ),
            models.Index(
                fields=["outlet", "-dated", "-id", "speaker", "kind", "state"],
                name="quotation_of_outlet",
                condition=Q(is_listed=True),
            ),
            models.Index(fields=["state", "-dated", "-id"], name="quotation_of_state", condition=Q(is_listed=True)),
            # The list of those of a length, newest first.
            models.Index(
                *(Band("content"), F("dated").desc(), F("id").desc(), F("kind")),
                name="quotation_of_length",
                condition=Q(is_listed=True),
            ),
            # Pictures: fair samples, of quotations and of articles, with all that is counted in them.
            models.Index(
                *(Lot("id"), "dated", "outlet", "speaker", "kind", "state", "id"),
                name="quotation_lots",
                condition=Q(is_listed=True),
            ),
            models.Index(
                *(Lot("article"), "dated", "outlet", "speaker", "kind", "state", "article"),
                name="quotation_article_lots",
                condition=Q(is_listed=True),
            ),
        ]
        permissions = [("correct_quotation", _("Can correct quotations"))]

    def __str__(self) -> str:
        return f"{self.speaker_label}: {self.content[:80]}"

    def get_absolute_url(self) -> str:
        return f"{reverse('articles:read', args=[self.article_id])}#quotation-{self.uid}"

    def get_history_url(self) -> str:
        return reverse("articles:quotation_history", args=[self.uid])

    @property
    def permalink(self) -> str:
        """The path of the page on which it stands alone."""
        return reverse("articles:quotation", args=[self.uid])

    @property
    def speaker_label(self) -> str:
        """The speaker's name; where nobody is known, the words of the mention."""
        return str(self.speaker) if self.speaker else self.unknown_label

    @property
    def unknown_label(self) -> str:
        """What to call a speaker whom nobody knows: the words of the mention."""
        return called_by_mention(self.mention)

    @staticmethod
    def note_of_name(name: str) -> str:
        """What is noted of a quotation that came with a name which means nobody certainly; it is kept in English."""
        return f"Came in as said by “{name}”."

    @classmethod
    def name_in_note(cls, note: str) -> str:
        """The reverse of `note_of_name`; "" where the note is another."""
        before, after = cls.note_of_name("\0").split("\0")
        is_one = note.startswith(before) and note.endswith(after)
        return note[len(before) : len(note) - len(after)] if is_one else ""

    @property
    def shown_note(self) -> str:
        """The note; one about a name that came in, in the language of whoever reads it."""
        name = self.name_in_note(self.note)
        return gettext("Came in as said by “%(name)s”.") % {"name": name} if name else self.note

    @property
    def content_spans(self) -> tuple[Span, ...]:
        return tuple((start, end) for start, end in self.spans)

    @property
    def is_settled(self) -> bool:
        return self.state != self.State.SUGGESTED

    @property
    def percent(self) -> int | None:
        """The confidence in whole per cent, rounded down: 100 means certain."""
        return None if self.confidence is None else int(self.confidence * 100)

    @property
    def cue_span(self) -> Span | None:
        return as_span(self.cue_start, self.cue_end)

    @property
    def mention_span(self) -> Span | None:
        return as_span(self.mention_start, self.mention_end)

    def set_spans(self, text: str, *, content: Sequence[Span], cue: Span | None, mention: Span | None) -> None:
        """Set all offsets and, from `text`, the words at them; `text` is the article's.

        Raises ValueError, naming the span, where one is empty, out of the text or out of order.
        """
        for name, value in anchored(text, content=content, cue=cue, mention=mention).items():
            setattr(self, name, value)


def called_by_mention(mention: str) -> str:
    """What to call a speaker whom nobody knows."""
    return mention[:1].upper() + mention[1:] if mention else gettext("Unattributed")
