"""For servers: refuses to start half-configured, HTTPS only."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import flag


def required(name: str, hint: str) -> str:
    """Environment variable `name`, without commas at its ends.

    Raises ImproperlyConfigured, saying `hint`, where nothing is left.
    """
    value = os.environ.get(name, "").strip(" ,")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {hint}")
    return value


DEBUG = False
SECRET_KEY = required("SECRET_KEY", "a long random text, kept secret, the same on every process of this site.")
ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "the host names this site answers to, separated by commas.").split(",")
    if host.strip()
]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]

SECURE_SSL_REDIRECT = not flag("NEWSROOM_NO_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("NEWSROOM_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
