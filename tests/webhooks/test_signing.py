"""Signatures, by a vector that is known and with the library that receivers use; and where the secrets come from."""

import datetime

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from articles.models import Webhook
from articles.webhooks import signing

# Of the tests of the reference implementations.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE, TIME, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_known_vector():
    at = datetime.datetime.fromtimestamp(TIME, datetime.UTC)
    assert signing.sign(SECRET, message=MESSAGE, body=BODY, now=at) == SIGNATURE


def test_the_zone_does_not_matter():
    at = datetime.datetime.fromtimestamp(TIME, datetime.timezone(datetime.timedelta(hours=5)))
    assert signing.sign(SECRET, message=MESSAGE, body=BODY, now=at) == SIGNATURE


@pytest.fixture
def webhook() -> Webhook:
    return Webhook(by=User(username="a"))


def verify(webhook: Webhook, secret: str, *, later: datetime.timedelta = datetime.timedelta()) -> None:
    """Raises WebhookVerificationError where who knows `secret` does not take what is signed now, or so much later."""
    now = datetime.datetime.now(datetime.UTC) + later
    headers = signing.headers_of(webhook, message="1", body=BODY, now=now)
    if not later:
        Verifier(secret).verify(BODY, headers)
    elif signing.sign(secret, message="1", body=BODY, now=now) not in headers["webhook-signature"].split(" "):
        raise WebhookVerificationError


def test_each_webhook_has_a_secret_of_its_own(webhook: Webhook):
    verify(webhook, signing.secret_of(webhook))
    other = Webhook(by=webhook.by)
    assert signing.secret_of(webhook) == signing.secret_of(webhook) != signing.secret_of(other)
    with pytest.raises(WebhookVerificationError):
        verify(webhook, signing.secret_of(other))


def test_the_old_secret_signs_too_for_a_day(webhook: Webhook):
    old = signing.secret_of(webhook)
    webhook.secret_number, webhook.secret_changed_at = (
        2,
        datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1),
    )
    assert signing.secret_of(webhook) != old
    verify(webhook, old)
    verify(webhook, signing.secret_of(webhook))
    with pytest.raises(WebhookVerificationError):
        verify(webhook, old, later=datetime.timedelta(hours=23, minutes=1))


def test_it_hangs_on_the_secret_key(webhook: Webhook, settings: Settings):
    old, key = signing.secret_of(webhook), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert signing.secret_of(webhook) != old
    with pytest.raises(WebhookVerificationError):
        verify(webhook, old)
    settings.SECRET_KEY_FALLBACKS = [key]
    verify(webhook, old)
    verify(webhook, signing.secret_of(webhook))
