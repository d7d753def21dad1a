"""Databases with a history, made as people make it: odd texts, speakers of one name, and acts of every kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

from django.contrib.auth.models import User
from hypothesis import strategies as st

from articles import corrections, stories, versions
from articles.corrections import Edit, Wanted
from articles.models import Act, Analysis, Article, Outlet, Quotation, Speaker
from tests.factories import make_article, make_quotation

ODD = [
    "🧑‍🚒",
    "e\u0301\u0323",
    "שלום",
    "مرحبا",
    "\u202eback\u202c",
    "漢字",
    "\u200d",
    "ﷺ",
    "𝔘",
    "&<\"'",
    "\t",
    "=1+1",
    "\u2028",
]
REFUSALS = (
    corrections.StaleEdit,
    corrections.NotUndoable,
    corrections.NotJoinable,
    corrections.NameTaken,
    corrections.Moved,
    corrections.Gone,
    corrections.TextTaken,
    corrections.AmbiguousSpeaker,
    ValueError,
)
NAMES = ("Ada Brook", "Ada Brook (minister)", "Zoë Őry", "محمد", "The Board & Sons")

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(ODD)
seeds = st.integers(0, 2**32 - 1)


class History:
    """Makes articles and does to them whatever `seed` says; the same seed and words give the same."""

    def __init__(self, seed: int, said: Sequence[str]) -> None:
        self._turn, self._said = Random(seed), said  # noqa: S311 - reproducible, not secret
        self.people = [User.objects.create_user(name) for name in ("ida", "zoë.őry", "moss@gazette")]
        self.speakers = [
            Speaker.objects.create(name="Ada Brook"),
            Speaker.objects.create(name="Ada Brook", qualifier="minister", role="Minister of Fisheries"),
            Speaker.objects.create(name="Zoë Őry", wikidata_id="Q42"),
            Speaker.objects.create(name="محمد", kind=Speaker.Kind.BODY),
        ]
        self.speakers[2].aliases.create(name="Mrs Őry")
        self.articles = [self._article(number) for number in range(3)]

    def _article(self, number: int) -> Article:
        one, other = self._one_of(self._said), self._one_of(self._said)
        beginning = f"Number {number} {one}\n\n" if number < 2 else "Number 0, in other words\n\n"
        text = (
            f"{beginning}“The nets {one} were empty,” the harbour master {other} said on Monday. She added that the "
            f"fleet would stay in port {other} until the evening, and that nobody knew when the boats would go out "
            "again, since the wind from the north had not changed for a week and the herring had gone.\n"
        )
        outlet = self._one_of(["The Harbour Gazette", "Zeitung für Küste", None])
        article = make_article(text, title=f"Nets {other} {number}"[:500], outlet=outlet, byline=one[:300])
        Analysis.objects.keep(article, cues=[((3, 5), None, ""), ((7, 9), (1, 2), one)], version="1")
        stories.join(article)
        state = self._one_of(["suggested", "accepted"])
        make_quotation(article, f"“The nets {one} were empty,”", cue="said", speaker=self._speaker, state=state)
        make_quotation(article, ["the fleet would", "stay in port"], speaker=self._speaker, kind="indirect")
        make_quotation(
            article,
            "nobody knew",
            kind="indirect",
            state="accepted",
            origin="imported",
            settled_at=None,
            confidence=None,
        )
        return article

    def _one_of(self, what: Sequence) -> object:
        return what[self._turn.randrange(len(what))]

    @property
    def _speaker(self) -> Speaker | None:
        return self._one_of([*self.speakers, None])

    @property
    def _by(self) -> User:
        return self._one_of(self.people)

    @property
    def _quotation(self) -> Quotation:
        return self._one_of(list(Quotation.objects.order_by("uid", "pk").filter(is_hidden=False)))

    @property
    def _any_article(self) -> Article:
        return self._one_of(list(Article.objects.order_by("pk")))

    def go_on(self, steps: int) -> None:
        acts: list[Callable[[], object]] = [
            *(self.accept, self.reject, self.name, self.add, self.split, self.merge, self.revise, self.duplicate),
            *(self.review, self.flag, self.correct, self.renew, self.join, self.part, self.hide, self.rename),
            *(self.move, self.undo, self.undo, self.undo, self.redo, self.settle_all),
        ]
        for _ in range(steps):
            with suppress(*REFUSALS):
                self._one_of(acts)()

    def accept(self) -> None:
        one = self._quotation
        corrections.accept(one, by=self._by, version=one.version)

    def reject(self) -> None:
        one = self._quotation
        corrections.reject(one, by=self._by, version=one.version)

    def settle_all(self) -> None:
        seen = [(one, one.version) for one in self._any_article.quotations.filter(is_hidden=False)]
        corrections.settle_all(seen, state="accepted", by=self._by)

    def name(self) -> None:
        one = self._quotation
        corrections.change_speaker(one, name=self._one_of(NAMES), by=self._by, version=one.version)

    def add(self) -> None:
        article = self._any_article
        start = self._turn.randrange(len(article.text) - 5)
        wanted = Wanted(((start, start + 4),), kind="mixed", speaker=self._one_of(NAMES), note="seen 🐟")
        corrections.add(article, wanted, by=self._by, text_sha256=article.text_sha256)

    def split(self) -> None:
        one = self._quotation
        corrections.split(one, one.start + 5, by=self._by, version=one.version)

    def duplicate(self) -> None:
        one = self._quotation
        corrections.duplicate(one, by=self._by, version=one.version)

    def merge(self) -> None:
        first = self._quotation
        second = self._one_of(list(first.article.quotations.filter(is_hidden=False).order_by("start", "pk")))
        corrections.merge(first, second, by=self._by, versions=(first.version, second.version))

    def revise(self) -> None:
        one = self._quotation
        at = one.article.text.index("harbour master")
        wanted = Wanted(((at, at + 7),), mention=(at + 8, at + 14), kind="direct", note="moved")
        corrections.revise(one, wanted, by=self._by, version=one.version)

    def review(self) -> None:
        article = self._any_article
        corrections.review(article, by=self._by, version=article.version)

    def flag(self) -> None:
        article = self._any_article
        corrections.flag(article, note="is that so? 🤔", by=self._by, version=article.version)

    def correct(self) -> None:
        article = self._any_article
        text = article.text.replace(
            *self._one_of([("nets", "traps"), ("port", "the harbour"), ("nobody knew", "all")])
        )
        corrections.correct_text(article, text, by=self._by, version=article.version, note="as printed")

    def renew(self) -> None:
        """A new version comes in, as from where it was published."""
        article = self._any_article
        text = article.text + f"A later line, number {self._turn.randrange(9)}.\n"
        new = Article(title="Nets again", text=text, text_sha256=Article.digest(text), extracted_with="2")
        versions.renew(article, new)

    def join(self) -> None:
        survivor, other = self._turn.sample(list(Speaker.objects.order_by("key", "qualifier")), 2)
        corrections.join(survivor, other, by=self._by, versions=(survivor.version, other.version))

    def part(self) -> None:
        one = self._quotation
        if one.speaker:
            name = self._one_of(["Somebody Else", "Ada Brook (the other)", *NAMES])
            given = [(one, one.version)]
            corrections.part(one.speaker, to=name, quotations=given, by=self._by, version=one.speaker.version)

    def hide(self) -> None:
        article = self._any_article
        edit = Edit(article, article.version, {"is_hidden": not article.is_hidden})
        corrections.edit([edit], by=self._by)

    def rename(self) -> None:
        outlet = self._one_of(list(Outlet.objects.order_by("key")))
        edit = Edit(outlet, outlet.version, {"homepage": "https://gazette.example/", "name": outlet.name.upper()})
        corrections.edit([edit], by=self._by)

    def move(self) -> None:
        """Another outlet, which may have no other article."""
        article = self._any_article
        outlet = Outlet.objects.named("Seldom Seen").first()
        if not outlet:
            corrections.create(outlet := Outlet(name="Seldom Seen"), by=self._by)
        to = self._one_of([outlet, *Outlet.objects.order_by("key")])
        corrections.edit([Edit(article, article.version, {"outlet_id": to.pk})], by=self._by)

    def undo(self) -> None:
        corrections.undo(self._one_of(list(Act.objects.order_by("pk"))), by=self._by)

    def redo(self) -> None:
        corrections.redo(self._one_of(list(Act.objects.filter(verb="undo").order_by("pk"))), by=self._by)
