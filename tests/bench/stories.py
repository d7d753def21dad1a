"""How right stories are, and how long an article takes among many: `python -m tests.bench.stories [SIZE…]`.

Both on a new SQLite database in a temporary folder, with the settings of development. SIZE is a number of stored
articles, 1,000 and 10,000 and 100,000 by default: after each, PROBES more are imported and timed.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import django

PROBES = 300
SEED = 20261124
EVALUATED = 400
"""Stories of the generated set on which precision and recall are measured."""


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        right()
        fast(sizes)


def right() -> None:
    from articles.models import Article, KeyOfCopy, SignatureOfText

    from .wire import Newsroom

    made = Newsroom(SEED).corpus(EVALUATED)
    ids = [stored(article.text, title=article.title)[0] for article in made]
    stories = dict(Article.objects.values_list("pk", "story"))
    true = set(pairs((article.story, pk) for article, pk in zip(made, ids, strict=True)))
    found = set(pairs((story, pk) for pk, story in stories.items() if story))
    precision, recall = len(true & found) / len(found), len(true & found) / len(true)
    print(f"{len(made):,} articles, {len(true):,} pairs: precision {precision:.4f}, recall {recall:.4f}")
    kinds = {pk: article.kind for article, pk in zip(made, ids, strict=True)}
    for kind in sorted(set(kinds.values())):
        of_kind = {pair for pair in true if kind in (kinds[pair[0]], kinds[pair[1]])}
        if of_kind:
            print(f"  {kind}: recall {len(of_kind & found) / len(of_kind):.4f} of {len(of_kind):,}")
    KeyOfCopy.objects.all().delete()
    SignatureOfText.objects.all().delete()
    Article.objects.all().delete()


def fast(sizes: Iterable[int]) -> None:
    from django.db import transaction

    from articles.models import Article

    from .wire import Newsroom

    newsroom, count = Newsroom(SEED + 1), 0
    first = 0.0
    for size in sizes:
        began = time.perf_counter()
        while count < size:
            with transaction.atomic():  # thousands at once, only to get there sooner
                for _ in range(min(2_000, size - count)):
                    count += 1
                    stored(newsroom.alone(count).text, title="alone")
        filled = time.perf_counter() - began
        probes = [newsroom.alone(count + probe).text for probe in range(1, PROBES + 1)]
        probes[::3] = [
            f"{text[: len(text) // 2]} {size}"
            for text in sample(Article.objects.filter(title="alone").order_by("pk"), PROBES // 3)
        ]
        times = sorted(stored(text, title="probe")[1] * 1000 for text in probes)
        count += PROBES
        median, late = statistics.median(times), times[int(len(times) * 0.95)]
        first = first or median
        print(
            f"among {size:,}: median {median:.2f} ms, 95th percentile {late:.2f} ms an article, "
            f"{median / first:.2f} times the first (filling took {filled:.0f} s)",
            flush=True,
        )


def sample(articles, number: int) -> list[str]:
    step = max(articles.count() // number, 1)
    return [articles[at * step].text for at in range(number)]


def stored(text: str, *, title: str) -> tuple[int, float]:
    """Save an article and join it; its id, and the seconds that joining took."""
    from articles.models import Article
    from articles.stories import join

    article = Article.objects.create(title=title, text=text, text_sha256=Article.digest(text))
    began = time.perf_counter()
    join(article)
    return article.pk, time.perf_counter() - began


def pairs(members: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    groups = defaultdict(list)
    for group, pk in members:
        groups[group].append(pk)
    for group in groups.values():
        yield from combinations(sorted(group), 2)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
