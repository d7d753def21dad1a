"""Runs that bring articles in, and what they could not bring."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from ..querysets import ImportRunQuerySet
from .run import Run, indexes_of, rules_of

# Files that the label of a run names.
MOST_NAMED = 3


class ImportRun(Run):
    """One run of an import: what was given, by whom, how far it is and how it ended.

    The counts are of articles and of inputs that gave none; `inputs_read` of `inputs` are files and the like, each of
    which may hold many articles.
    """

    # No index of its own: import_run_of_person begins with it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        null=True,
        blank=True,
        related_name="import_runs",
        db_index=False,
        help_text=_("Empty: a command on the server."),
    )
    given = models.JSONField(_("given"), default=list, help_text=_("The paths or file names, as they were given."))
    mapping = models.JSONField(
        _("mapping"), default=dict, blank=True, help_text=_("Columns or keys by an article's fields.")
    )
    inputs = models.PositiveIntegerField(_("inputs"), null=True, blank=True, help_text=_("Empty: not counted."))
    inputs_read = models.PositiveIntegerField(_("inputs read"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    updated = models.PositiveIntegerField(
        _("updated"), default=0, help_text=_("New versions of articles known by their address.")
    )
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    to_extract = models.PositiveIntegerField(
        _("to extract"), default=0, help_text=_("Articles whose quotations it has to seek.")
    )
    extracted = models.PositiveIntegerField(
        _("extracted"), default=0, help_text=_("Those it has sought, found or not.")
    )
    completed = models.PositiveIntegerField(
        _("completed"), default=0, help_text=_("Of those, what an earlier run had left.")
    )
    failed = models.PositiveIntegerField(_("failed"), default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-id"]
        constraints = rules_of("import_run")
        indexes = indexes_of("import_run")
        permissions = [("import_articles", _("Can import articles in the browser"))]

    def __str__(self) -> str:
        began = date_format(localtime(self.began_at), "DATETIME_FORMAT")
        return gettext("import %(number)s of %(when)s") % {"number": self.pk, "when": began}

    def get_absolute_url(self) -> str:
        return reverse("articles:import_run", args=[self.uid])

    @property
    def label(self) -> str:
        """What was given, in a few words."""
        named, more = ", ".join(self.given[:MOST_NAMED]), len(self.given) - MOST_NAMED
        if more > 0:
            number = number_format(more, force_grouping=True)
            # Translators: names of files, and how many others there are.
            return gettext("%(named)s and %(number)s more") % {"named": named, "number": number}
        # Translators: no files were given to an import.
        return named or pgettext("files", "nothing")

    def is_shown_to(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether `user` may see its page: their own, and for editors all."""
        may = user.has_perm("articles.import_articles")  # type: ignore[union-attr]
        return may and (self.by_id == user.pk or user.has_perm("articles.use_admin"))  # type: ignore[union-attr]


class ImportProblem(models.Model):
    """One input of a run that gave no article, or none whose quotations could be sought; `reason` is one line."""

    # No index of its own: import_problem_of_run begins with it.
    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name=_("run"), related_name="problems", db_index=False)
    source = models.CharField(_("source"), max_length=1000)
    reason = models.CharField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("import problem")
        verbose_name_plural = _("import problems")
        ordering = ["id"]
        indexes = [
            # The report of a run.
            models.Index(fields=["run", "id"], name="import_problem_of_run"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"
