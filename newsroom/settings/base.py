"""Settings shared by development, tests and production. README's table lists the environment variables."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from .environment import database, flag, listed, log_level, number, time_zone

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    "articles",
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

DATABASES = {"default": database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'newsroom.sqlite3'}")}
# The queue for many machines is Procrastinate's, whose tables only PostgreSQL can hold. Before our own app, whose
# admin takes the queue's place.
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    INSTALLED_APPS.insert(0, "procrastinate.contrib.django")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "articles:home"
LOGOUT_REDIRECT_URL = "login"

# The browser says which, until somebody chooses another; a new one is a catalogue, formats of dates, and a line here.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = time_zone("NEWSROOM_TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]

# Only what this server sends may run or show; templates hold no inline script or style, the admin's do not either.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"

# All to standard error, a line each; without this, Django would mail the errors of production to nobody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "articles": {"level": log_level("NEWSROOM_LOG_LEVEL", "WARNING")},
        # What a worker does, a line a batch; what Procrastinate says of the same comes with tracebacks.
        "articles.tasks": {"level": "INFO"},
        "articles.worker": {"level": "INFO"},
        "procrastinate": {"level": "CRITICAL"},
        "psycopg.pool": {"level": "CRITICAL"},
        "django": {"handlers": [], "level": "INFO"},
        # The server in front logs every request; here only those that failed on our side.
        "django.request": {"level": "ERROR"},
    },
}

# Reading without signing in; correcting always needs an account.
NEWSROOM_PUBLIC_READ = flag("NEWSROOM_PUBLIC_READ")
# What finds quotations, by language (ISO 639-1): a spaCy package or a folder, or nothing for the default. A language
# that could not be told counts as English; articles in languages not named here are stored without suggestions.
NEWSROOM_PIPELINES = {"en": ""} | dict(
    pair.partition("=")[::2] for pair in os.environ.get("NEWSROOM_PIPELINES", "").replace(",", " ").split()
)
# How many processes seek quotations at the same time, beside the one that stores them. 0: it does so itself.
NEWSROOM_PROCESSES = int(number("NEWSROOM_PROCESSES", 1))
# Seconds that one article may take, and a second more for each 2,000 characters; then it counts as failed.
NEWSROOM_TIME_LIMIT = number("NEWSROOM_TIME_LIMIT", 60)
# Seconds that imports and extractions wait for a database that is gone, full or busy, before they stop.
NEWSROOM_PATIENCE = number("NEWSROOM_PATIENCE", 90)
# Where the files of imports in the browser are kept until they are read.
NEWSROOM_UPLOADS = Path(os.environ.get("NEWSROOM_UPLOADS") or BASE_DIR / "uploads").resolve()
# Where the files of exports in the browser are written and kept for some days.
NEWSROOM_EXPORTS = Path(os.environ.get("NEWSROOM_EXPORTS") or BASE_DIR / "exports").resolve()
# Files in one request; what one import may have is in articles/upload_limits.py.
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
# Webhooks: hosts that may be in one's own network ("hooks.intern.example", "127.0.0.1:9000", ".intern.example"), and
# hosts, ports (":8080") and networks ("203.0.113.0/24") that nothing is sent to.
NEWSROOM_WEBHOOK_ALLOW = listed("NEWSROOM_WEBHOOK_ALLOW", hosts_only=True)
NEWSROOM_WEBHOOK_FORBID = listed("NEWSROOM_WEBHOOK_FORBID")
# Whether each web process also sends what is due to webhooks; where not, `manage.py deliver` does.
NEWSROOM_DELIVER_IN_WEB = not flag("NEWSROOM_NO_DELIVERY_IN_WEB")
# Articles on one page of the list.
NEWSROOM_PAGE_SIZE = 25

# Requests to the API that one token, or one signed-in browser, may make a minute: reading, and writing. 0: no limit.
NEWSROOM_API_READS = int(number("NEWSROOM_API_READS", 600))
NEWSROOM_API_WRITES = int(number("NEWSROOM_API_WRITES", 120))
# The same of one address without signing in, where NEWSROOM_PUBLIC_READ is set.
NEWSROOM_API_ANONYMOUS = int(number("NEWSROOM_API_ANONYMOUS", 60))
# Whether the last address in X-Forwarded-For is what the proxy in front saw, and may be believed.
NEWSROOM_BEHIND_PROXY = flag("NEWSROOM_BEHIND_PROXY")
