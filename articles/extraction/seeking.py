"""Texts -> findings, in processes of their own, each killed when a text takes too long.

Nothing here touches the database. With no processes the texts are read in this one, without a time limit.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from typing import TYPE_CHECKING, Any

from django.conf import settings
from pebble import ProcessExpired, ProcessPool

from ..models import Article
from ..nlp import MODEL_VARIABLE, batch
from ..processes import how_it_ended
from .findings import Findings, of_machine

if TYPE_CHECKING:
    from spacy.language import Language

logger = logging.getLogger(__name__)

Sought = tuple[Article, Findings | str]
"""An article with what was found in its text, or with a line that says why that failed."""

Answer = tuple[str, list[batch.Found]]

BATCH = 32
"""Articles handed to a process at once, or fewer that have BATCH_SIZE code points together."""
BATCH_SIZE = 100_000
SLOWEST = 2_000
"""Code points that a process reads in a second at the least, on the slowest machine there is."""


class NoPipeline(Exception):
    """The pipeline that the settings name cannot be loaded; the message is one line and says what to do."""


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """`articles` in lists that one process reads at once: of one pipeline, and not too long."""
    together: list[Article] = []
    size = 0
    for article in articles:
        is_full = len(together) == BATCH or size + len(article.text) > BATCH_SIZE
        if together and (is_full or _model(article) != _model(together[0])):
            yield together
            together, size = [], 0
        together.append(article)
        size += len(article.text)
    if together:
        yield together


class Seeker:
    """Seeks the quotations of what it has taken; use it as a context, with which its processes end.

    They end with this process too, however it ends.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPool | None = None
        self._waiting: deque[list[Article]] = deque()
        self._read: dict[Future[Answer], list[Article]] = {}

    def __enter__(self) -> Seeker:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    @property
    def is_busy(self) -> bool:
        """Whether there is something to wait for."""
        return bool(self._waiting or self._read)

    @property
    def is_full(self) -> bool:
        """Whether every process has one batch and another one waiting."""
        return len(self._waiting) + len(self._read) > 2 * self._processes

    def take(self, articles: Sequence[Article]) -> None:
        """Seek the quotations of these articles, for which one pipeline is set."""
        self._waiting.append(list(articles))

    def sought(self) -> list[Sought]:
        """What has been sought by now; waits for the first. Raises NoPipeline."""
        if not self._processes:
            return self._here(self._waiting.popleft())
        while self._waiting:
            self._hand_over(self._waiting.popleft())
        ended = wait(self._read, return_when=FIRST_COMPLETED).done
        return [one for future in ended for one in self._answered(future, self._read.pop(future))]

    def _here(self, articles: list[Article]) -> list[Sought]:
        try:
            return _findings(articles, batch.find_in_batch(_texts(articles), model=_model(articles[0])))
        except batch.CannotLoad as error:
            raise _no_pipeline(error, _model(articles[0])) from error

    def _hand_over(self, articles: list[Article]) -> None:
        if self._pool is None:
            spawn: Any = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(
                self._processes, context=spawn, initializer=batch.begin_process, initargs=[_model(articles[0])]
            )
        texts = _texts(articles)
        future = self._pool.schedule(
            batch.find_in_batch, args=(texts,), kwargs={"model": _model(articles[0])}, timeout=time_limit(texts)
        )
        self._read[future] = articles

    def _answered(self, future: Future[Answer], articles: list[Article]) -> list[Sought]:
        """What came of a batch; where its process did not live to tell, each of it goes in alone."""
        try:
            return _findings(articles, future.result())
        except batch.CannotLoad as error:
            raise _no_pipeline(error, _model(articles[0])) from error
        except TimeoutError:
            limit = time_limit(_texts(articles))
            reason = f"it took longer than {limit:,.0f} seconds, the limit for its length"
        except ProcessExpired as error:
            reason = f"the process that read it ended ({how_it_ended(error.exitcode)})"
        if len(articles) == 1:
            return [_failed(articles[0], reason)]
        self._waiting.extend([article] for article in articles)
        return []


def loaded() -> Language:
    """The pipeline that reads English, in this process. Raises NoPipeline."""
    try:
        return batch.loaded("")
    except batch.CannotLoad as error:
        raise _no_pipeline(error, "") from error


def time_limit(texts: Sequence[str]) -> float:
    """Seconds that a process may take for `texts`: what the settings allow for any, and more for long ones."""
    limit: float = settings.NEWSROOM_TIME_LIMIT
    return limit + sum(map(len, texts)) / SLOWEST


def _texts(articles: list[Article]) -> list[str]:
    return [article.text for article in articles]


def _no_pipeline(error: batch.CannotLoad, model: str) -> NoPipeline:
    variable = "NEWSROOM_PIPELINES" if model else MODEL_VARIABLE
    return NoPipeline(
        f"{variable} is {error}. Let it name an installed spaCy package or the folder of a saved pipeline, or unset "
        "it for the model that Newsroom ships."
    )


def _model(article: Article) -> str:
    return settings.NEWSROOM_PIPELINES.get(article.language or "en", "")


def _findings(articles: list[Article], answer: Answer) -> list[Sought]:
    version, found = answer
    return [_sought(article, one, version) for article, one in zip(articles, found, strict=True)]


def _sought(article: Article, found: batch.Found, version: str) -> Sought:
    if isinstance(found, str):
        return _failed(article, found)
    try:
        return article, of_machine(*found, text=article.text, version=version)
    except ValueError as error:  # offsets that cannot be are the pipeline's fault, and cost this text
        return _failed(article, f"ValueError: {error}")


def _failed(article: Article, reason: str) -> Sought:
    logger.warning("The quotations of article %d could not be sought: %s", article.pk, reason)
    return article, reason
