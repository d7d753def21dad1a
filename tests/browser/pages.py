"""What every browser test needs: finding Chromium, watching pages for faults, and axe."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Route, WebError, expect

# The first is the same browser without windows, which spends a third less of the processor.
CHROMIUM_NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC_APPLICATIONS = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"]
NO_CHROMIUM = "no Chromium found; to install one: apt-get install chromium (Mac: brew install --cask chromium)"
NO_DRIVER = "Playwright's driver does not start ({}); to mend it: apt-get install libatomic1"

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# Elements for which htmx has asked, and what came that it has not yet taken in hand.
UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def find_chromium() -> str | None:
    """The program to drive: on PATH or, on a Mac, among the applications."""
    on_path = [found for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    installed = [str(path) for name in MAC_APPLICATIONS if (path := Path("/Applications") / name).exists()]
    return next(iter(on_path + installed), None)


def what_is_missing() -> str:
    """What keeps browser tests from running here, with the line that would install it; empty if nothing does."""
    if find_chromium() is None:
        return NO_CHROMIUM
    # The driver is a program in Playwright's wheel, with libraries of the system's that a bare one lacks.
    started = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True)
    return NO_DRIVER.format(started.stderr.strip().rpartition("\n")[2]) if started.returncode else ""


@dataclass
class Faults:
    """What went wrong in the pages of the contexts it watches: console errors (a breach of the
    Content-Security-Policy is one) and uncaught exceptions.

    A test that provokes an error on purpose names it first: `faults.allow("409")`.
    """

    seen: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", self._on_exception)

    def allow(self, pattern: str) -> None:
        """Let pass what matches the regular expression `pattern`, somewhere in it."""
        self.allowed.append(pattern)

    @property
    def unexpected(self) -> list[str]:
        return [fault for fault in self.seen if not any(re.search(pattern, fault) for pattern in self.allowed)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_exception(self, error: WebError) -> None:
        self.seen.append(f"exception: {error.error}")


def settled(page: Page) -> None:
    """Wait until the page that is there has loaded, its scripts listen, and htmx and fonts have nothing more to come.

    After a step to another page, expect first what that one alone shows; and not where scripts are off.
    """
    page.wait_for_load_state()
    expect(page.locator(UNSETTLED)).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => 0)")


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    """Fail, rule by rule and element by element, where axe finds a breach of WCAG 2.2 A or AA.

    Looks at the whole page once it has settled, or at what the selector `within` finds.
    """
    settled(page)
    if not page.evaluate("typeof axe === 'object'"):
        # Not through a script element, which the page's Content-Security-Policy would refuse.
        page.evaluate(AXE.read_text("utf-8"))
    # Of what breaks no rule, axe looks no further than it has to.
    options = {"runOnly": WCAG, "resultTypes": ["violations"]}
    results = page.evaluate("([within, options]) => axe.run(within || document, options)", [within, options])
    breaches = [_describe(breach) for breach in results["violations"]]
    assert not breaches, f"axe on {page.url}, {_looks(page)}:\n" + "\n".join(breaches)


Scheme = Literal["light", "dark"]
SCHEMES: list[Scheme] = ["light", "dark"]


def assert_fits(page: Page, widths: Iterable[int], schemes: Iterable[Scheme] = SCHEMES) -> None:
    """At each width, in each scheme, axe finds nothing and nothing sticks out: the page is loaded once for all."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") == width, f"{page.url}, {_looks(page)}"


def _looks(page: Page) -> str:
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    return f"{page.viewport_size} {'dark' if is_dark else 'light'}"


def _describe(breach: dict[str, Any]) -> str:
    elements = "".join(
        f"\n    {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        + "".join(f"\n        {line.strip()}" for line in node["failureSummary"].splitlines()[1:])
        for node in breach["nodes"]
    )
    return f"{breach['id']} ({breach['impact']}): {breach['help']}{elements}"


def card(page: Page, number: int) -> Locator:
    return page.get_by_role("article", name=f"Quotation {number} of ")


def in_hand(page: Page) -> Locator:
    return page.locator(".card.in-hand")


class News:
    """What others do, of which a reading page asks every few seconds: while held, it hears nothing of it.

    Made before the page is loaded: the browser may let through what one that is there asks for next.
    """

    def __init__(self, page: Page, *, is_held: bool) -> None:
        self.is_held = is_held
        page.route("**/news/**", self._answer)

    def _answer(self, route: Route) -> None:
        if self.is_held:
            route.fulfill(status=204)
        else:
            route.continue_()
