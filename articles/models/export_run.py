"""Runs that write what a search finds to a file, for somebody to take away."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..querysets import ExportRunQuerySet
from .run import Run, indexes_of, rules_of
from .searching import Searching

# The longest search and address of a site that fit.
QUERY_LENGTH = 4000
SITE_LENGTH = 300


class ExportRun(Searching, Run):
    """One export: what was sought, in which format, for whom, how far it is and what came of it.

    `articles` and `quotations` are those that the file is to hold, unknown until its process has counted them. Size
    and hash are of the finished file, which is kept until `expires_at`.
    """

    # No index of its own: export_run_of_person begins with it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="export_runs",
        db_index=False,
    )
    of = models.CharField(pgettext_lazy("what is sought", "of"), max_length=10, choices=Searching.Of.choices)
    query = models.CharField(
        _("search"), max_length=QUERY_LENGTH, blank=True, help_text=_("As the address of the list has it.")
    )
    with_rejected = models.BooleanField(_("with rejected ones"), default=False)
    format = models.CharField(_("format"), max_length=40)
    site = models.CharField(
        _("address of this site"), max_length=SITE_LENGTH, blank=True, help_text=_("What permalinks begin with.")
    )

    articles = models.PositiveIntegerField(_("articles"), null=True, blank=True)
    articles_written = models.PositiveIntegerField(_("articles written"), default=0)
    quotations = models.PositiveIntegerField(_("quotations"), null=True, blank=True)
    quotations_written = models.PositiveIntegerField(_("quotations written"), default=0)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True, help_text=_("In bytes."))
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = ExportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]
        constraints = [
            *rules_of("export_run"),
            models.CheckConstraint(condition=Q(of__in=["articles", "quotations"]), name="export_run_of_known"),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(size__isnull=False, expires_at__isnull=False) & ~Q(sha256=""),
                name="export_run_finished_with_file",
            ),
        ]
        indexes = indexes_of("export_run")

    def __str__(self) -> str:
        began = date_format(localtime(self.began_at), "DATETIME_FORMAT")
        return gettext("export %(number)s of %(when)s") % {"number": self.pk, "when": began}

    def get_absolute_url(self) -> str:
        return reverse("articles:export_run", args=[self.uid])

    @property
    def again_url(self) -> str:
        """The page that begins such an export, with the same choices."""
        chosen = QueryDict(mutable=True)
        chosen.update({"of": self.of, "format": self.format} | ({"rejected": "on"} if self.with_rejected else {}))
        search = f"&{self.query}" if self.query else ""
        return f"{reverse('articles:new_export')}?{chosen.urlencode()}{search}"
