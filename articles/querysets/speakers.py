"""Speakers and their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ..months import UNDATED

if TYPE_CHECKING:
    from ..models import Act, Quotation, Speaker  # noqa: F401


class CountOf(Subquery):
    """How many rows a subquery gives, which may be cut."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted%(where)s)"
    output_field = IntegerField()

    def __init__(self, queryset: Any, **values: int | None) -> None:
        """Of the rows only those with these values of the columns that it selects."""
        tests = [f"{name} = {int(value or 0)}" for name, value in values.items()]
        super().__init__(queryset, where=f" WHERE {' AND '.join(tests)}" if tests else "")


def begins(field: str, key: str) -> Q:
    """Whether a word of the key in `field` begins with `key`."""
    return (
        Q(**{f"{field}__startswith": key})
        | Q(**{f"{field}__contains": f" {key}"})
        | Q(**{f"{field}__contains": f"-{key}"})
    )


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def visible(self) -> Self:
        """Speakers that an editor has not hidden."""
        return self.filter(is_hidden=False)

    def with_word(self, typed: str, *, most: int) -> list[int]:
        """The numbers of at most `most` visible speakers one of whose names has a word that begins as `typed`."""
        from ..models import name_key

        key = name_key(typed)
        named = begins("key", key) | begins("aliases__key", key)
        return list(self.visible().filter(named).order_by("pk").values_list("pk", flat=True).distinct()[:most])

    def with_quotation_count(self) -> Self:
        """Add `quotation_count`, counted only for the rows that are fetched."""
        from ..models import Quotation

        of_speaker = Quotation.objects.filter(speaker=OuterRef("pk")).order_by().values("speaker")
        counted = Subquery(of_speaker.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        return self.annotate(quotation_count=Coalesce(counted, 0))

    def for_page(self) -> Self:
        """With whom each was merged into, and `first_quoted`, the date of the oldest of their dated quotations."""
        from ..models import Quotation

        dated = Quotation.objects.said_by(OuterRef("pk")).filter(dated__gt=UNDATED).order_by("dated", "pk")
        return self.select_related("merged_into").annotate(first_quoted=Subquery(dated.values("dated")[:1]))

    def with_aliases(self) -> Self:
        """With the other names of each, fetched together."""
        return self.prefetch_related("aliases")

    def numbered(self, pks: Iterable[int]) -> Self:
        """Those with these numbers, as far as there are any."""
        return self.filter(pk__in=list(pks))

    def changed_by(self, act: Act) -> Self:
        """Those that `act` changed or whose quotations it moved, who is hidden last, then who was made first."""
        concerned = {*act.changes.of_speakers(), *act.changes.who_spoke()}
        return self.numbered(concerned).order_by("is_hidden", "pk")

    def with_counted(self, most: int) -> Self:
        """Add `counted`, the number of listed quotations that nobody rejected, counted up to `most` of each."""
        from ..models import Quotation

        said = Quotation.objects.said_by(OuterRef("pk")).order_by().values("pk")[:most]
        return self.annotate(counted=CountOf(said))

    def with_newest_in(self, outlet: int | None, pks: Iterable[int], *, newest: int) -> dict[int, Speaker]:
        """{id: the speaker} with `in_outlet`, how many of the `newest` quotations of each are of that outlet."""
        from ..models import Quotation

        said = Quotation.objects.said_by(OuterRef("pk")).newest_first().annotate(of=F("outlet")).values("of")[:newest]
        speakers = self.annotate(in_outlet=CountOf(said, of=outlet)).filter(pk__in=list(pks))
        return {one.pk: one for one in speakers}

    def named_like(self, typed: str) -> Self:
        """Those one of whose names holds `typed`; all where it is empty. Accents and case do not count."""
        from ..models import Alias, name_key

        key = name_key(typed)
        if not key:
            return self
        aliases = Alias.objects.filter(key__contains=key).values("speaker")
        return self.filter(Q(key__contains=key) | Q(pk__in=aliases))

    def by_name(self) -> Self:
        return self.order_by("key", "qualifier")

    def behind(self, number: int) -> Self:
        """Those that come after the speaker with that number, by name; all where there is none."""
        last = self.model._default_manager.numbered([number]).first()
        return self.filter(Q(key__gt=last.key) | Q(key=last.key, qualifier__gt=last.qualifier)) if last else self

    def held(self, pks: Iterable[int]) -> dict[int, Speaker]:
        """{id: the speaker}, held until the transaction ends; others may still hang quotations on them."""
        return {one.pk: one for one in self.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")}

    def held_alone(self, pks: Iterable[int]) -> dict[int, Speaker]:
        """{id: the speaker}, held until the transaction ends; who would hang a new quotation on them waits."""
        return {one.pk: one for one in self.select_for_update().filter(pk__in=list(pks)).order_by("pk")}

    def kept(self, pks: Iterable[int]) -> dict[int, int]:
        """{id: version} of those speakers, who are not merged away until the transaction ends; nobody else waits.

        On SQLite, where one transaction writes at a time, nothing has to be held.
        """
        numbers = list(pks)
        if not numbers:
            return {}
        found = self.filter(pk__in=numbers).order_by("pk").values_list("pk", "version")
        if connection.vendor != "postgresql":
            return dict(found)
        # Django has no name for the weakest lock, under which others may hang quotations on them too.
        sql, parameters = found.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} FOR KEY SHARE", parameters)
            return dict(cursor.fetchall())

    def sounding(self, sounds: Iterable[str]) -> set[tuple[int, str]]:
        """(id of the speaker, key) of every name and other name whose last word sounds like one of these."""
        from ..models import Alias

        sounds = list(sounds)
        aliases = Alias.objects.filter(sound__in=sounds, speaker__in=self)
        named = self.filter(sound__in=sounds)
        return {*named.values_list("pk", "key"), *aliases.values_list("speaker", "key")}

    def called(self, name: str) -> list[Speaker]:
        """Speakers with `name` as name, as alias, or as "name (qualifier)"; accents and case do not count."""
        from ..models import name_key, name_readings

        readings = name_readings(name)
        keys = {key for key, _ in readings}
        whole = {key for key, qualifier in readings if not qualifier}
        named = [
            speaker
            for speaker in self.select_related("merged_into").filter(key__in=keys)
            if speaker.key in whole or (speaker.key, name_key(speaker.qualifier)) in readings
        ]
        return sorted({*named, *self.select_related("merged_into").filter(aliases__key__in=whole)}, key=str)

    def called_any(self, names: Iterable[str]) -> dict[str, list[Speaker]]:
        """{name: the speakers with it as name or as alias}, in two queries that use the indexes on both keys."""
        from ..models import Alias, name_key

        keys = {name: name_key(name) for name in names}
        bearers: dict[str, dict[int, Speaker]] = {key: {} for key in keys.values()}
        for speaker in self.select_related("merged_into").filter(key__in=bearers):
            bearers[speaker.key][speaker.pk] = speaker
        of_speakers = Alias.objects.filter(key__in=bearers, speaker__in=self)
        for alias in of_speakers.select_related("speaker__merged_into"):
            bearers[alias.key][alias.speaker_id] = alias.speaker
        return {name: list(bearers[key].values()) for name, key in keys.items()}

    def suggestions(self, typed: str, *, most: int = 8) -> Self:
        """At most `most` visible speakers one of whose names holds `typed`, by name."""
        from ..models import name_key

        key = name_key(typed)
        holds = Q(key__contains=key) | Q(aliases__key__contains=key)
        return self.visible().filter(holds).distinct().order_by("name", "qualifier")[:most]
