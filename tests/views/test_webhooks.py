"""The pages of webhooks: whose they are to manage, what can be typed, what was sent."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles import corrections
from articles.models import Article, Delivery, Quotation, SavedSearch, Webhook
from articles.webhooks import delivering
from articles.webhooks.signing import secret_of
from tests.conftest import _client
from tests.factories import make_article, make_quotation
from tests.receiver import Receiver

pytestmark = pytest.mark.django_db
PAGES = ["/webhooks/", "/webhooks/add/", "/webhooks/{}/", "/webhooks/{}/edit/", "/webhooks/{}/deliveries/{}/"]
DEEDS = ["/webhooks/{}/change/", "/webhooks/{}/test/", "/webhooks/{}/secret/", "/webhooks/{}/deliveries/{}/again/"]


@pytest.fixture
def webhook(editor: User, receiver: Receiver) -> Webhook:
    values = {"name": "Desk <b>", "url": receiver.url, "events": ["new", "accepted"], "by": editor}
    return Webhook.objects.create(**values, site="http://testserver", after_quotation=0, after_change=0)


@pytest.fixture
def delivery(webhook: Webhook, receiver: Receiver) -> Delivery:
    """One that failed, and is to be tried again."""
    make_quotation(make_article())
    receiver.answers = [(500, {}, b"out of <b>paper</b>"), (204, {}, b"")]
    numbers = delivering.highest()
    (delivery,) = delivering.deliver_to(webhook, numbers)
    webhook.refresh_from_db()
    return delivery


def typed(url: str, **values: object) -> dict[str, object]:
    return {"name": "Desk", "url": url, "events": ["new", "accepted"], "narrowed": "all"} | values


def change(client: Client, webhook: Webhook, act: str) -> str:
    answer = client.post(f"/webhooks/{webhook.uid}/change/", {"act": act}, follow=True)
    webhook.refresh_from_db()
    return answer.content.decode()


def test_an_empty_list_says_what_they_are_for(editor_client: Client):
    content = editor_client.get("/webhooks/").content.decode()
    assert "No webhooks yet" in content and 'href="/webhooks/add/"' in content


def test_one_is_added_and_tells_of_what_comes_from_then_on(editor_client: Client, receiver: Receiver, editor: User):
    make_quotation(make_article("“Before,” she said."), "“Before,”")
    answer = editor_client.post("/webhooks/add/", typed(receiver.url), follow=True)
    webhook = Webhook.objects.get()
    assert answer.redirect_chain == [(webhook.get_absolute_url(), 302)] and b"from now on" in answer.content
    assert (webhook.by, webhook.site, webhook.is_active) == (editor, "http://testserver", True)
    after = make_quotation(make_article("“After,” she said."), "“After,”")
    list(delivering.deliver_to(webhook, delivering.highest()))
    assert [event["quotation"]["uid"] for event in receiver.events] == [str(after.uid)]
    assert "last sent" in editor_client.get("/webhooks/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "\u200b"}, "That is no name"),
        ({"events": []}, "Choose at least one"),
        ({"events": ["sung"]}, "not one of the available choices"),
        ({"url": ""}, "This field is required"),
        ({"url": "hooks"}, "no address of a web server"),
        ({"url": "http://10.0.0.1/"}, "Nothing is sent to 10.0.0.1"),
        ({"url": "http://10.0.0.1:9999"}, "may allow hosts of its own network (NEWSROOM_WEBHOOK_ALLOW)"),
        ({"url": "http://[::1]/"}, "Nothing is sent to ::1"),
        ({"url": "http://2130706434/"}, "Nothing is sent to 2130706434"),
        ({"url": "https://8.8.8.8:25/"}, "Nothing is sent to port 25"),
        ({"narrowed": "x"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_told_and_not_saved(
    editor_client: Client, receiver: Receiver, wrong: dict[str, object], said: str
):
    answer = editor_client.post("/webhooks/add/", typed(receiver.url) | wrong)
    assert answer.status_code == 422 and said in answer.content.decode() and not Webhook.objects.exists()


def test_a_saved_search_narrows_it_and_is_copied(
    editor_client: Client, receiver: Receiver, editor: User, analyst: User
):
    mine = SavedSearch.objects.create(by=editor, name="Mine", of="quotations", query="q=nets&kind=direct")
    SavedSearch.objects.create(by=editor, name="Of articles", of="articles", query="q=nets")
    SavedSearch.objects.create(by=analyst, name="Another's", of="quotations", query="q=nets")
    content = editor_client.get("/webhooks/add/").content.decode()
    assert "Mine" in content and "Of articles" not in content and "Another" not in content
    editor_client.post("/webhooks/add/", typed(receiver.url, narrowed=str(mine.uid)))
    webhook = Webhook.objects.get()
    SavedSearch.objects.all().delete()
    assert webhook.query == "q=nets&kind=direct"
    content = editor_client.get(webhook.get_absolute_url()).content.decode()
    assert "“nets”" in content and 'href="/quotations/?q=nets&amp;kind=direct"' in content
    editor_client.post(f"/webhooks/{webhook.uid}/edit/", typed(receiver.url, narrowed="kept", name="New name"))
    webhook.refresh_from_db()
    assert (webhook.name, webhook.query) == ("New name", "q=nets&kind=direct")
    editor_client.post(f"/webhooks/{webhook.uid}/edit/", typed(receiver.url, narrowed="all"))
    webhook.refresh_from_db()
    assert webhook.query == ""


def test_an_edit_is_checked_as_well(editor_client: Client, webhook: Webhook):
    address = f"/webhooks/{webhook.uid}/edit/"
    assert webhook.url in editor_client.get(address).content.decode()
    assert editor_client.post(address, typed("http://192.168.0.1/")).status_code == 422
    url = webhook.url
    webhook.refresh_from_db()
    assert webhook.url == url


def test_a_test_shows_what_came_of_it(editor_client: Client, webhook: Webhook, receiver: Receiver):
    receiver.answers = [(200, {}, b"hello <b>\nmore"), (500, {}, b"no")]
    content = editor_client.post(f"/webhooks/{webhook.uid}/test/").content.decode()
    assert "The test was accepted." in content and "· 200 ·" in content and "hello &lt;b&gt;" in content
    content = editor_client.post(f"/webhooks/{webhook.uid}/test/").content.decode()
    assert "The test failed." in content and "· 500 ·" in content
    assert [message["type"] for message in receiver.messages] == ["test", "test"]
    receiver.verify_all(secret_of(webhook))
    assert not Delivery.objects.exists()
    assert "Nothing yet" not in content and "Tests are not listed." in content
    assert 'role="status" tabindex="-1" autofocus' in content


def test_what_a_test_or_the_secret_leaves_in_the_address_leads_back(editor_client: Client, webhook: Webhook):
    """Reloading from the address bar, or choosing another language there."""
    for deed in ("test", "secret"):
        answer = editor_client.get(f"/webhooks/{webhook.uid}/{deed}/")
        assert (answer.status_code, answer["Location"]) == (302, webhook.get_absolute_url())


def test_what_a_message_tells_of_is_linked(
    editor_client: Client, analyst: User, delivery: Delivery, webhook: Webhook, django_assert_max_num_queries
):
    address = f"/webhooks/{webhook.uid}/deliveries/{delivery.uid}/"
    assert f'href="{address}"' in editor_client.get(webhook.get_absolute_url()).content.decode()
    quotation = Quotation.objects.get()
    corrections.accept(quotation, by=analyst, version=1)
    with django_assert_max_num_queries(11):
        content = editor_client.get(address).content.decode()
    assert f'href="/quotations/{quotation.uid}/"' in content and "did not accept it" in content
    Article.objects.update(is_hidden=True)
    assert "Nothing of it is left to tell" in editor_client.get(address).content.decode()


def test_what_failed_is_shown_and_sent_again(editor_client: Client, delivery: Delivery, webhook: Webhook):
    content = editor_client.get(webhook.get_absolute_url()).content.decode()
    assert "did not accept it" in content and "out of &lt;b&gt;paper" in content and "next try" in content
    assert "Failing" in content and "Desk &lt;b&gt;" in content
    assert "Failing" in editor_client.get("/webhooks/").content.decode()
    address = f"/webhooks/{webhook.uid}/deliveries/{delivery.uid}/again/"
    assert b"Sent again: delivered." in editor_client.post(address, follow=True).content
    assert b"Sent again: delivered." in editor_client.post(address, follow=True).content
    delivery.refresh_from_db()
    assert (delivery.outcome, delivery.tries) == ("delivered", 3)


def test_what_waits_at_one_that_is_off_is_not_sent(editor_client: Client, delivery: Delivery, webhook: Webhook):
    change(editor_client, webhook, "off")
    address = f"/webhooks/{webhook.uid}/deliveries/{delivery.uid}/again/"
    assert b"switch it on first" in editor_client.post(address, follow=True).content


def test_what_is_being_sent_says_so(editor_client: Client, delivery: Delivery, webhook: Webhook):
    held = {"held_by": delivery.uid, "held_until": timezone.now() + delivering.HELD}
    Webhook.objects.update(**held)
    address = f"/webhooks/{webhook.uid}/deliveries/{delivery.uid}/again/"
    assert b"being sent at this moment" in editor_client.post(address, follow=True).content


def test_switching(editor_client: Client, delivery: Delivery, webhook: Webhook):
    assert "Switched off" in change(editor_client, webhook, "off")
    content = editor_client.get(webhook.get_absolute_url()).content.decode()
    assert "somebody switched it off" in content and "with what came meanwhile" in content
    assert "Switched on" in change(editor_client, webhook, "on") and webhook.is_active and not webhook.failing_since
    delivery.refresh_from_db()
    assert delivery.is_open and delivery.next_try_at and delivery.next_try_at <= timezone.now()
    change(editor_client, webhook, "off")
    change(editor_client, webhook, "on_from_now")
    delivery.refresh_from_db()
    assert delivery.outcome == "dropped"


def test_removing_hides_and_it_can_come_back(editor_client: Client, webhook: Webhook):
    assert "Removed" in change(editor_client, webhook, "remove") and webhook.is_removed
    assert editor_client.get(webhook.get_absolute_url()).status_code == 404
    assert "Desk" in editor_client.get("/webhooks/").content.decode()
    assert "Brought back" in change(editor_client, webhook, "keep") and not webhook.is_removed


def test_the_secret_is_for_whose_it_is(editor_client: Client, webhook: Webhook):
    known = secret_of(webhook)
    assert known not in editor_client.get(webhook.get_absolute_url()).content.decode()
    answer = editor_client.post(f"/webhooks/{webhook.uid}/secret/")
    assert known in answer.content.decode() and "no-store" in answer["Cache-Control"]
    colleague = User.objects.create_user("colleague")
    colleague.groups.add(Group.objects.get(name="editor"))
    client = _client(colleague)
    assert "Shown only to whose it is" in client.get(webhook.get_absolute_url()).content.decode()
    assert client.post(f"/webhooks/{webhook.uid}/secret/").status_code == 403
    assert "is yours" in change(client, webhook, "new_secret")
    assert webhook.by == colleague and secret_of(webhook) != known
    assert secret_of(webhook) in client.post(f"/webhooks/{webhook.uid}/secret/").content.decode()
    assert editor_client.post(f"/webhooks/{webhook.uid}/secret/").status_code == 403


@pytest.mark.parametrize("act", ["", "sing"])
def test_an_act_that_is_none(editor_client: Client, webhook: Webhook, act: str):
    assert editor_client.post(f"/webhooks/{webhook.uid}/change/", {"act": act}).status_code == 400


def test_access(
    client: Client,
    viewer_client: Client,
    analyst_client: Client,
    webhook: Webhook,
    delivery: Delivery,
    settings: Settings,
):
    settings.NEWSROOM_PUBLIC_READ = True
    for ask, addresses in (("get", PAGES), ("post", DEEDS)):
        for address in addresses:
            address = address.format(webhook.uid, delivery.uid)
            answer = getattr(client, ask)(address)
            assert answer.status_code == 302 and "/accounts/sign-in/" in answer["Location"]
            for one in (viewer_client, analyst_client):
                assert getattr(one, ask)(address).status_code == 403
    assert b"Webhooks" not in analyst_client.get("/").content


def test_methods(editor_client: Client, webhook: Webhook, delivery: Delivery):
    assert b'href="/webhooks/"' in editor_client.get("/").content
    for address in (DEEDS[0], DEEDS[-1]):
        assert editor_client.get(address.format(webhook.uid, delivery.uid)).status_code == 405
    for address in ("/webhooks/", "/webhooks/{}/"):
        assert editor_client.post(address.format(webhook.uid)).status_code == 405


def test_what_is_not_there(editor_client: Client, webhook: Webhook, delivery: Delivery):
    nowhere = "00000000-0000-4000-8000-000000000000"
    for address in DEEDS:
        assert editor_client.post(address.format(nowhere, delivery.uid), {"act": "off"}).status_code == 404
    other = Webhook.objects.create(
        name="Other", url=webhook.url, events=["new"], by=webhook.by, after_quotation=0, after_change=0
    )
    assert editor_client.post(DEEDS[-1].format(other.uid, delivery.uid)).status_code == 404
    assert editor_client.get(PAGES[-1].format(other.uid, delivery.uid)).status_code == 404


def test_the_number_of_queries_does_not_grow(
    editor_client: Client,
    webhook: Webhook,
    analyst: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    article = make_article()
    for words in ("nets", "fleet", "port"):
        corrections.accept(make_quotation(article, words), by=analyst, version=1)
        list(delivering.deliver_to(webhook, delivering.highest()))
    for number in range(5):
        Webhook.objects.create(
            name=f"W{number}", url=webhook.url, events=["new"], by=webhook.by, after_quotation=0, after_change=0
        )
    with django_assert_max_num_queries(8):
        editor_client.get("/webhooks/")
    with django_assert_max_num_queries(8):
        editor_client.get(webhook.get_absolute_url())
