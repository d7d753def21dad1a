"""Signatures as https://www.standardwebhooks.com describes them, and the secrets that make them.

A secret is derived from the SECRET_KEY: it stands in no table and in no backup, and a copy of the database that runs
under another key cannot sign for the one it was taken from.
"""

from __future__ import annotations

import base64
import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook as Signer

from ..models import Webhook

OLD_SECRET = datetime.timedelta(days=1)
"""How long the secret before a new one still signs too."""
PREFIX = "whsec_"


def secret_of(webhook: Webhook) -> str:
    """The secret that its receiver has to know."""
    return _secret(webhook, webhook.secret_number, settings.SECRET_KEY)


def headers_of(webhook: Webhook, *, message: str, body: str, now: datetime.datetime) -> dict[str, str]:
    """The three headers that sign `body` as the message with that id.

    With one signature for each secret that a receiver may know: also those of SECRET_KEY_FALLBACKS.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    secrets = [_secret(webhook, number, key) for number in _numbers(webhook, now) for key in keys]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(sign(secret, message=message, body=body, now=now) for secret in secrets),
    }


def sign(secret: str, *, message: str, body: str, now: datetime.datetime) -> str:
    """ "v1," and HMAC-SHA256 of id, time and body."""
    return Signer(secret).sign(message, now.astimezone(datetime.UTC), body)


def _numbers(webhook: Webhook, now: datetime.datetime) -> list[int]:
    changed = webhook.secret_changed_at
    is_recent = changed is not None and now - changed < OLD_SECRET
    return [webhook.secret_number, webhook.secret_number - 1] if is_recent else [webhook.secret_number]


def _secret(webhook: Webhook, number: int, key: str | bytes) -> str:
    made = salted_hmac("articles.webhooks", f"{webhook.uid} {number}", secret=key, algorithm="sha256")
    return PREFIX + base64.b64encode(made.digest()).decode("ascii")
