"""Standing things seen through what happened: counts and appearances, for lists and their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from dialogues.models import Country, Dialogue, Membership, Minister, Tenure, Topic
from meetings.matrix import CAME
from meetings.models import AgendaItem, Commitment, CommitmentLink, Delegate, Delegation, Meeting, Statement
from registry.models import NameKey, Pid, State
from registry.models.record import count_of


def dialogues() -> QuerySet[Any]:
    """Public dialogues with the count of their public meetings and the first and last start."""
    meetings = Meeting.objects.public()
    span = meetings.order_by().filter(track__dialogue=OuterRef("pk")).values("track__dialogue")
    return (
        Dialogue.objects.public()
        .annotate(
            meeting_count=count_of(meetings, "track__dialogue"),
            first_start=Subquery(span.annotate(first=Min("start")).values("first")),
            last_start=Subquery(span.annotate(last=Max("start")).values("last")),
        )
        .order_by(NameKey("name"), "pk")
    )


def countries() -> QuerySet[Any]:
    """Public countries with the counts of dialogues they belong to and meetings they took part in."""
    came = Delegation.objects.filter(meeting__pid__state=State.PUBLIC, presence__in=CAME)
    return (
        Country.objects.public()
        .annotate(
            dialogue_count=count_of(Dialogue.objects.public(), "memberships__country"),
            meeting_count=count_of(came, "country"),
        )
        .order_by(NameKey("name"), "pk")
    )


def ministers() -> QuerySet[Any]:
    """Public ministers with the count of meetings they took part in."""
    came = {"delegation__meeting__pid__state": State.PUBLIC, "delegation__presence__in": CAME}
    attendances = Delegate.objects.filter(**came, is_absent=False)
    return (
        Minister.objects.public()
        .select_related("country")
        .annotate(meeting_count=count_of(attendances, "minister"))
        .order_by(NameKey("sort_name"), "pk")
    )


def topics() -> Any:
    """Public topics with their broader one and the count of commitments and remarks about them."""
    commitments = Commitment.objects.public().exclude(nature="background")
    return (
        Topic.objects.public()
        .select_related("broader")
        .annotate(commitment_count=count_of(commitments, "topics"))
        .order_by(NameKey("name"), "pk")
    )


def meetings_by_year(meetings: QuerySet[Any]) -> list[tuple[int, int]]:
    """(year, count) of dated meetings, every year from the first to the last."""
    counted = (
        meetings.order_by()
        .filter(start__isnull=False)
        .annotate(year=Substr("start", 1, 4))
        .values("year")
        .annotate(count=Count("pk", distinct=True))
    )
    counts = {int(row["year"]): row["count"] for row in counted}
    return [(year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)] if counts else []


def deadlines(commitments: QuerySet[Any], today: date) -> tuple[int, dict[int, int]]:
    """How many of these are overdue, and how many are due in each year; two queries."""
    shown = Commitment.objects.among(commitments.order_by().values("pk"))
    years = (
        shown.with_deadline()
        .order_by()
        .annotate(year=Substr("deadline", 1, 4))
        .values_list("year")
        .annotate(Count("pk"))
    )
    return shown.overdue(today).count(), {int(year): count for year, count in sorted(years)}


@dataclass(frozen=True)
class Around:
    """What stands before and after a record in one order; None at an end."""

    before: Any
    after: Any


def beside(rows: QuerySet[Any], field: str, day: str, pid: str) -> list[Subquery]:
    """The pids before and after the record with this pid and day, by day and pid, as subqueries."""
    before = rows.filter(Q(**{f"{field}__lt": day}) | Q(**{field: day, "pk__lt": pid}))
    after = rows.filter(Q(**{f"{field}__gt": day}) | Q(**{field: day, "pk__gt": pid}))
    return [
        Subquery(before.order_by(f"-{field}", "-pk").values("pk")[:1]),
        Subquery(after.order_by(field, "pk").values("pk")[:1]),
    ]


def around(found: Iterable[Any], field: str, day: str, pid: str) -> Around:
    """The nearest of these before and after the record, by day and pid."""
    keys = {(getattr(one, field), one.pk): one for one in found}
    before, after = [key for key in keys if key < (day, pid)], [key for key in keys if key > (day, pid)]
    return Around(keys[max(before)] if before else None, keys[min(after)] if after else None)


def meetings_around(pid: str, start: str | None, dialogue: str) -> tuple[Around, Around]:
    """The meetings before and after this one in its dialogue and in its year; one query, none without a date."""
    if not start:
        return Around(None, None), Around(None, None)
    public = Meeting.objects.public()
    in_dialogue, in_year = public.of_dialogue(dialogue), public.in_year(int(start[:4]))
    wanted = [*beside(in_dialogue, "start", start, pid), *beside(in_year, "start", start, pid)]
    found = list(public.with_dialogue().filter(pid__value__in=wanted))
    of_dialogue = [one for one in found if one.track.dialogue_id == dialogue]
    of_year = [one for one in found if one.start[:4] == start[:4]]
    return around(of_dialogue, "start", start, pid), around(of_year, "start", start, pid)


def statements_around(pid: str, day: str | None, dialogue: str) -> Around:
    """The statements before and after this one in its dialogue; one query, none without a date."""
    if not day:
        return Around(None, None)
    public = Statement.objects.public()
    wanted = beside(public.filter(dialogue=dialogue), "date", day, pid)
    return around(public.filter(pid__value__in=wanted), "date", day, pid)


def wall() -> QuerySet[Any]:
    """Every public dated meeting, oldest first, with its count of agenda items, for the wall of dialogues by year."""
    dated = Meeting.objects.public().filter(start__isnull=False).for_list()
    counted = dated.annotate(agenda_count=count_of(AgendaItem.objects.all(), "meeting"))
    return counted.prefetch_related(None).order_by("start", "pk")


def attendances(minister: str) -> QuerySet[Any]:
    """Every recorded appearance of a minister, newest meeting first."""
    return (
        Delegate.objects.filter(minister=minister, delegation__meeting__pid__state=State.PUBLIC)
        .select_related(
            "delegation__country__pid",
            "delegation__meeting__track__dialogue__pid",
            "delegation__meeting__pid",
        )
        .prefetch_related("sources")
        .order_by(F("delegation__meeting__start").desc(nulls_last=True), "pk")
    )


def with_ministers() -> Prefetch[Any, Any, Any]:
    """Delegates of a delegation with their ministers, in one query."""
    return Prefetch("delegates", Delegate.objects.select_related("minister__pid"))


def delegations_of(country: str) -> QuerySet[Any]:
    """Every meeting a country is recorded at, having come or not, newest first, with who came."""
    return (
        Delegation.objects.filter(country=country, meeting__pid__state=State.PUBLIC)
        .select_related("meeting__track__dialogue__pid", "meeting__pid")
        .prefetch_related(with_ministers())
        .order_by(F("meeting__start").desc(nulls_last=True), "pk")
    )


def delegations_at(meetings: QuerySet[Any], **of: Any) -> QuerySet[Any]:
    """Delegations at these meetings, with delegates and sources, for their matrix: `delegations_at(…, country=pid)`."""
    return _with_people(Delegation.objects.filter(meeting__in=meetings.order_by().values("pk"), **of))


def delegations_naming(minister: str) -> QuerySet[Any]:
    """Delegations at public meetings with this minister, or of a country of theirs with somebody in another's place."""
    countries = Tenure.objects.public().of_minister(minister).values("office__country")
    of_them = Q(delegates__minister=minister)
    in_place = Q(country__in=countries, delegates__in_place_of__gt="")
    found = Delegation.objects.filter(of_them | in_place, meeting__pid__state=State.PUBLIC).distinct()
    return _with_people(found).select_related("country__pid", "meeting__track__dialogue__pid", "meeting__pid")


def _with_people(delegations: QuerySet[Any]) -> QuerySet[Any]:
    return delegations.select_related("country__pid").prefetch_related(
        "sources", with_ministers(), "delegates__sources"
    )


def tenures_around(minister: str) -> QuerySet[Any]:
    """Tenures of a minister, and of all offices of the countries for which they held one."""
    countries = Tenure.objects.public().of_minister(minister).values("office__country")
    either = Q(minister=minister) | Q(office__country__in=countries)
    return Tenure.objects.public().filter(either).by_office()


def memberships(**of: Any) -> QuerySet[Any]:
    """Memberships with their countries, in each dialogue's order: `memberships(dialogue=pid)`."""
    found = Membership.objects.filter(**of).select_related("country__pid")
    return found.order_by("dialogue", "number", NameKey("country__name"), "country__pk", "pk")


def members_of(dialogue: Any) -> QuerySet[Any]:
    """Countries that belong to a dialogue, in its order."""
    return (
        Country.objects.filter(memberships__dialogue=dialogue)
        .order_by("memberships__number", NameKey("name"), "pk")
        .distinct()
    )


def codes_of(model: type[Country] | type[Dialogue], codes: list[str]) -> set[str]:
    """Those of these codes that a public record has; one query."""
    return set(model.objects.public().filter(code__in=codes).values_list("code", flat=True))


def agenda_items_about(topic: str) -> QuerySet[Any]:
    return AgendaItem.objects.filter(topics=topic, meeting__pid__state=State.PUBLIC).select_related(
        "meeting__pid", "meeting__track"
    )


def taken_up(meeting: str) -> QuerySet[Any]:
    """Later public commitments that take up what was said at a meeting."""
    return (
        CommitmentLink.objects.filter(
            target__meeting=meeting, target__pid__state=State.PUBLIC, commitment__pid__state=State.PUBLIC
        )
        .exclude(commitment__meeting=meeting)
        .select_related(
            "commitment__pid", "commitment__meeting__pid", "commitment__meeting__track", "target__pid"
        )
        .order_by("target__number", F("commitment__meeting__start").asc(nulls_last=True), "pk")
    )


def commitments_in(statement: str) -> QuerySet[Any]:
    """Public commitments whose words stand in a statement, with their paragraph."""
    return (
        Commitment.objects.public()
        .filter(statement=statement)
        .select_related("paragraph__text")
        .order_by("nature", "number")
    )


def counts() -> dict[str, int]:
    """How much the archive holds, by kind; two queries."""
    natures = dict(Commitment.objects.public().order_by().values_list("nature").annotate(Count("pk")))
    kinds = dict(Pid.objects.filter(state=State.PUBLIC).order_by().values_list("kind").annotate(Count("pk")))
    return {
        "dialogues": kinds.get("dialogue", 0),
        "meetings": kinds.get("meeting", 0),
        "statements": kinds.get("statement", 0),
        "commitments": natures.get("commitment", 0),
        "remarks": natures.get("remark", 0),
        "background": natures.get("background", 0),
        "ministers": kinds.get("minister", 0),
        "countries": kinds.get("country", 0),
        "topics": kinds.get("topic", 0),
    }


def newest(count: int) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The newest meetings held, and the newest statements."""
    held = Meeting.objects.public().filter(status="held", start__isnull=False).for_list().newest_first()
    return held[:count], Statement.objects.public().for_list().newest_first()[:count]
