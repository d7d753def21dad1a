"""What the pages link to has to be there before they are served."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured


def demand_collected() -> None:
    """Raises ImproperlyConfigured where files that pages link to were not collected since they came.

    With names that tell their content, as in production, a page cannot be made without, nor one that says so.
    """
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None:
        return
    ignored = StaticFilesConfig.ignore_patterns
    names = {name for finder in finders.get_finders() for name, _ in finder.list(ignored)}
    if names - collected.keys():
        raise ImproperlyConfigured(
            "The files that pages link to were not collected for this version. "
            "Run: python manage.py collectstatic --noinput"
        )
