"""For one's own machine: `manage.py` uses these settings unless told otherwise. Never for a public server."""

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "development-only-key-never-used-in-production"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
