"""Pages in a real Chromium, on a live server, watched for faults.

`page` is anonymous; `viewer_page`, `signed_in_page` (an analyst) and `editor_page` hold a session already;
`page_for(user)` gives one more browser to whomever a test needs.
"""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.factories import make_article, make_quotation

from .pages import Faults, find_chromium, what_is_missing

# Nothing but the page under test: no start-up traffic, no sandbox (root has none), no GPU.
LAUNCH_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
TEXT = (
    "Ida Moss runs the harbour.\n\n“The nets were empty,” she said on Monday. “Nobody knows why.”\n\n"
    "Otto Brandt of the ministry said that the fleet “would stay in port”.\n\n"
    "“We shall sail,” a skipper shouted."
)
HAS_FAILED = pytest.StashKey[bool]()
# Milliseconds until a page is at fault, not just a busy machine.
PATIENCE = 30_000

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[HAS_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def browser_is_there() -> None:
    """Skips, or in continuous integration fails, where no browser can be driven."""
    missing = what_is_missing()
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


@pytest.fixture(scope="session")
def playwright(browser_is_there: None, playwright: Playwright) -> Iterator[Playwright]:
    # Its synchronous interface keeps an event loop in this thread, which Django takes for asynchronous code: that has
    # a database connection of its own, which nobody finds any more when the loop has gone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield playwright
    connection.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_is_there: None, browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {"executable_path": find_chromium(), "args": LAUNCH_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    """Addresses are relative to the live server: `page.goto("/")`. Nothing moves, so nothing has to be waited for."""
    return browser_context_args | {
        "base_url": live_server.url,
        "locale": "en-GB",
        "reduced_motion": "reduce",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def faults() -> Faults:
    """What the pages of this test did wrong; the test fails at its end on what it did not allow."""
    return Faults()


@pytest.fixture
def new_watched_context(
    new_context: Callable[..., BrowserContext], faults: Faults, request: pytest.FixtureRequest, output_path: str
) -> Iterator[Callable[..., BrowserContext]]:
    """Like pytest-playwright's `new_context`; the arguments are those of `Browser.new_context`.

    Of a test that fails, what its pages show stays in test-results. Playwright's own way is to draw every page at the
    end of every test, and to throw nearly all of that away.
    """
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        faults.watch(context)
        contexts.append(context)
        return context

    yield make
    pages = [page for context in contexts for page in context.pages]
    for page in pages:
        # One exchange with the page, so that what it reported before has arrived.
        page.evaluate("0")
    if faults.unexpected or request.node.stash.get(HAS_FAILED, False):
        for number, page in enumerate(pages, 1):
            with suppress(Error):
                page.screenshot(path=Path(output_path) / f"{number}.png")
    assert not faults.unexpected, "the pages of this test reported:\n" + "\n".join(faults.unexpected)


@pytest.fixture
def context(new_watched_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_watched_context()


@pytest.fixture
def page_for(new_watched_context: Callable[..., BrowserContext], live_server: LiveServer) -> Callable[..., Page]:
    """`page_for(user, **options)`: a page of a browser of its own in which `user` is signed in."""

    def make(user: User, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        context = new_watched_context(**options)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    return make


@pytest.fixture
def article(transactional_db: None) -> Article:
    article = make_article(TEXT, title="Empty nets 🐟", place="Ellery")
    make_quotation(
        article,
        ["“The nets were empty,”", "“Nobody knows why.”"],
        mention="she",
        cue="said on Monday",
        speaker="Ida Moss",
    )
    make_quotation(
        article,
        "that the fleet “would stay in port”",
        mention="Otto Brandt of the ministry",
        cue="said",
        kind="mixed",
        speaker="Otto Brandt",
    )
    make_quotation(article, "“We shall sail,”", mention="a skipper", cue="shouted")
    return article


@pytest.fixture
def viewer_page(page_for: Callable[..., Page], viewer: User) -> Page:
    return page_for(viewer)


@pytest.fixture
def signed_in_page(page_for: Callable[..., Page], analyst: User) -> Page:
    return page_for(analyst)


@pytest.fixture
def editor_page(page_for: Callable[..., Page], editor: User) -> Page:
    return page_for(editor)
