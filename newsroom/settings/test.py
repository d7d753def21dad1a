"""For the test suite: fast password hashes, no manifest of static files, cookies as in development."""

import os

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "test-only-key"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NEWSROOM_PUBLIC_READ = False
# All in one process and nothing waited for, but where a test asks for it.
NEWSROOM_PROCESSES = int(os.environ.get("NEWSROOM_PROCESSES") or 0)
NEWSROOM_PATIENCE = float(os.environ.get("NEWSROOM_PATIENCE") or 0)

# No test shares its database with a thread that nobody asked for.
NEWSROOM_DELIVER_IN_WEB = False
NEWSROOM_WEBHOOK_ALLOW = []
NEWSROOM_WEBHOOK_FORBID = []

# A thread of the live server that waits for its browser would hold the database when it is to be dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
