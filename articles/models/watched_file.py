"""Files that were taken from watched folders."""

import hashlib
import os

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import WatchedFileQuerySet


class WatchedFile(models.Model):
    """A file as it was when it was taken: with another size or time it is taken again.

    `key` stands for the path, which may be longer than an index takes and hold bytes that are no text.
    """

    key = models.CharField("SHA-256 of the path", max_length=64)
    path = models.CharField(_("path"), max_length=1000, help_text=_("Its end, where it is longer."))
    size = models.BigIntegerField(_("size"), help_text=_("In bytes."))
    mtime_ns = models.BigIntegerField(_("modified"), help_text=_("Nanoseconds since 1970."))
    taken_at = models.DateTimeField(_("taken at"), auto_now=True)

    objects = WatchedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("watched file")
        verbose_name_plural = _("watched files")
        ordering = ["-id"]
        # Watching: what is known of the files in a folder.
        constraints = [models.UniqueConstraint(fields=["key"], name="watched_file_key_unique")]

    def __str__(self) -> str:
        return self.path

    @staticmethod
    def key_of(path: str) -> str:
        """The SHA-256 of `path` as the file system has it, in hexadecimal."""
        return hashlib.sha256(os.fsencode(path)).hexdigest()
