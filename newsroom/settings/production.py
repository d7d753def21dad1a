"""For servers: refuses to start half-configured, HTTPS only."""

from .base import *  # noqa: F403
from .environment import flag, required

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "a long random text, kept secret, the same on every process of this site.")
ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "the host names this site answers to, separated by commas.").split(",")
    if host.strip()
]
# ".newsroom.example" stands for a domain and all under it; an origin writes that with a star.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host[0] == '.' else ''}{host}" for host in ALLOWED_HOSTS if host != "*"]

SECURE_SSL_REDIRECT = not flag("NEWSROOM_NO_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("NEWSROOM_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Both bind the whole domain, also what other people serve under it, and for long: only on demand.
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("NEWSROOM_HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = flag("NEWSROOM_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
