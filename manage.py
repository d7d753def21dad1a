#!/usr/bin/env python
"""Newsroom's command line: `python manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.development")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ImportError as error:
        raise ImportError("Django is not installed here: run `make install`, then use .venv/bin/python.") from error
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, DatabaseError) as error:
        if "--traceback" in sys.argv:
            raise
        where = "The database that DATABASE_URL names failed: " if isinstance(error, DatabaseError) else ""
        sys.exit(where + " ".join(str(error).split()))


if __name__ == "__main__":
    main()
