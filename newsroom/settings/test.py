"""For the test suite: fast password hashes, no manifest of static files, cookies as in development."""

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "test-only-key"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
NEWSROOM_PUBLIC_READ = False
NEWSROOM_PROCESSES = 0
NEWSROOM_PATIENCE = 0.0
