"""What it takes to correct articles to a gold annotation on the page: `python -m tests.bench.correcting FOLDER [N]`.

FOLDER has text/ and attributions/ as `manage.py evaluate` reads them. N of its articles, 10 by default, come into a
new SQLite database. In a real browser the contents of their quotations are brought to those of the annotation, by
keys and by selecting words. Prints what was done, how often, and how many contents are as annotated in the end.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import expect, sync_playwright

PORT = 8471
PASSWORD = "quay-lantern-bench"
Span = tuple[int, int]


def main(folder: Path, count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(place) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.development"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        django.setup()
        from django.contrib.auth.models import User
        from django.core.management import call_command

        from articles.nlp.evaluation.gold import read_corpus

        call_command("migrate", verbosity=0)
        User.objects.create_superuser("bench", password=PASSWORD)
        articles = read_corpus(folder)
        chosen = articles[:: max(len(articles) // count, 1)][:count]
        call_command("ingest", *(str(folder / "text" / f"{one.name}.txt") for one in chosen), "--quiet")
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{PORT}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_server()
            correct_all(chosen)
        finally:
            server.terminate()
            server.wait()


def wait_for_server() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/accounts/sign-in/")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The server did not start.")


def correct_all(chosen: list[Any]) -> None:
    from articles.models import Article
    from tests.browser.conftest import LAUNCH_ARGS
    from tests.browser.pages import find_chromium

    done: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    right = wanted = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        page = browser.new_page(base_url=f"http://127.0.0.1:{PORT}", viewport={"width": 1440, "height": 900})
        page.goto("/accounts/sign-in/")
        page.fill("input[name=username]", "bench")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/")
        began = time.perf_counter()
        for gold in chosen:
            article = Article.objects.filter(source_name__contains=gold.name).first()
            if article is None or article.text.strip() != gold.text.strip():
                continue
            shift = indent(article.text) - indent(gold.text)
            contents = [tuple((start + shift, end + shift) for start, end in one.content) for one in gold.quotations]
            desk = Desk(page, article, done, taken)
            desk.correct(contents)
            kept = [one.content_spans for one in article.quotations.shown().filter(state="accepted")]
            right += sum(
                tidy(article.text, content) in [tidy(article.text, one) for one in kept] for content in contents
            )
            wanted += len(contents)
        seconds = time.perf_counter() - began
        browser.close()
    acts = sum(taken.values())
    for what, number in done.most_common():
        print(f"{what:44} {number:5}   {taken[what] / number:5.2f} keys and gestures each")
    quotations = sum(done.values())
    each = f"{acts / quotations:.2f} keys and gestures each, {seconds / quotations:.2f} s each by the machine"
    print(f"{quotations} quotations, {each}")
    print(f"{right} of {wanted} contents of the annotation are stored as it has them")


def indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def tidy(text: str, content: Any) -> list[str]:
    """The words of each part, without marks and space at their ends: what two annotators would call the same."""
    return [text[start:end].strip(" \n\t“”\"'‘’,.;:—–-") for start, end in content]


class Desk:
    """One article on the page, and somebody who knows what is right."""

    def __init__(self, page: Any, article: Any, done: Counter[str], taken: Counter[str]) -> None:
        self.page, self.article, self.done, self.taken = page, article, done, taken

    def correct(self, contents: list[tuple[Span, ...]]) -> None:
        page, text = self.page, self.article.text
        page.goto(self.article.get_absolute_url())
        left = list(contents)
        page.keyboard.press("g")
        for quotation in list(self.article.quotations.shown().order_by("start", "id")):
            match = next((one for one in left if overlap(one, quotation.content_spans)), None)
            if match is None:
                self.act("no quotation: rejected", ["x"])
                continue
            left.remove(match)
            if tidy(text, match) == tidy(text, quotation.content_spans):
                self.act("right: accepted", ["a"])
            else:
                self.edit(quotation, match)
        for content in left:
            self.add(content)

    def act(self, what: str, keys: list[str]) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()
        self.count(what, len(keys))

    def count(self, what: str, number: int) -> None:
        self.done[what] += 1
        self.taken[what] += number

    def settle(self) -> None:
        """Until the server has answered all."""
        expect(self.page.locator(".unsaved")).to_have_count(0)
        self.page.wait_for_timeout(60)

    def edit(self, quotation: Any, content: tuple[Span, ...]) -> None:
        page = self.page
        page.keyboard.press("e")
        steps = 1
        while page.locator(".parts li[data-kind=content]").count() > len(content):
            page.locator(".parts li[data-kind=content] [data-part=drop]").last.click()
            steps += 1
        for number, span in enumerate(content):
            parts = page.locator(".parts li[data-kind=content]")
            if number >= parts.count():
                page.get_by_role("button", name="Add another part").click()
            else:
                parts.nth(number).locator("[data-end='1']").focus()
            self.select(span)
            page.locator(".row > p").first.dispatch_event("pointerup")
            steps += 2
        page.locator(".editor").get_by_role("button", name="Save").click()
        self.settle()
        self.count("wrong ends: edited", steps + 1)
        page.keyboard.press("j")

    def add(self, content: tuple[Span, ...]) -> None:
        self.select((content[0][0], content[-1][1]) if len(content) == 1 else content[0])
        self.page.keyboard.press("n")
        expect(self.page.locator("#toast")).to_contain_text("Added")
        self.settle()
        steps = 2
        if len(content) > 1:
            self.page.keyboard.press("e")
            for span in content[1:]:
                self.page.get_by_role("button", name="Add another part").click()
                self.select(span)
                self.page.locator(".row > p").first.dispatch_event("pointerup")
                steps += 2
            self.page.locator(".editor").get_by_role("button", name="Save").click()
            self.settle()
            steps += 2
        self.page.evaluate("document.querySelector('#toast').replaceChildren()")
        self.count("missed: selected and added", steps)

    def select(self, span: Span) -> None:
        self.page.evaluate(SELECT, list(span))


SELECT = """([start, end]) => {
  const rows = [...document.querySelectorAll('[data-start]')];
  const place = (offset, isEnd) => {
    const row = rows.findLast((row) => Number(row.dataset.start) <= offset - isEnd) ?? rows[0];
    let left = [...row.textContent].slice(0, offset - Number(row.dataset.start)).join('').length;
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (left <= walker.currentNode.length) return [walker.currentNode, left];
      left -= walker.currentNode.length;
    }
  };
  getSelection().setBaseAndExtent(...place(start, 0), ...place(end, 1));
}"""


def overlap(one: Any, other: Any) -> bool:
    return any(start < stop and end > begin for start, end in one for begin, stop in other)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)
