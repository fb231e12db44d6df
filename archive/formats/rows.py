"""A record as one row of a list: the same flat mapping for page, JSON, JSON Lines and CSV.

Rows are read from records loaded with their counts, by `for_list()` or meetings.overview. Each form of row says
what its columns mean: they are the CSV header, the keys in JSON, and a part of the codebook.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dialogues.models import CountryKind
from meetings import orders
from meetings.models import CommitmentVerb, Format, IssuerState, Nature, StatementKind, Status, Strength
from meetings.orders import Order
from registry.models import Certainty, Record, Support

TEXT, NUMBER, DATE, ADDRESS = "string", "integer", "date", "uri"
SHARE = "number"
"""From 0 to 1."""


@dataclass(frozen=True)
class Column:
    """A column of a list: `type` is string, integer, date (EDTF level 0) or uri; `values` where it is a code."""

    name: str
    type: str
    meaning: Any
    values: Any = None
    is_optional: bool = False
    """Whether it is null in JSON and empty in CSV where nothing is known."""


@dataclass(frozen=True)
class RowForm:
    """What the rows of one list hold, and how a record becomes one."""

    name: str
    columns: tuple[Column, ...]
    to_row: Callable[[Any], dict[str, Any]]
    is_citable: bool = False
    """Whether the whole list comes as citations too: its rows are records with editions."""
    orders: tuple[Order, ...] = ()
    """What it can be sorted by: the first is the order it has unless asked for another."""

    def led_by(self, name: str) -> RowForm:
        """The same, with this order as the list’s own."""
        return replace(self, orders=tuple(sorted(self.orders, key=lambda order: order.name != name)))

    def oldest_first(self) -> RowForm:
        """The same of a list whose own order, by date, rises."""
        return replace(self, orders=(replace(self.orders[0], falls_first=False), *self.orders[1:]))

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def head(record: Record, title: str) -> dict[str, Any]:
    return {"id": record.pk, "title": title, "url": f"{settings.SITE_URL}{record.get_absolute_url()}"}


def meeting_row(meeting: Any) -> dict[str, Any]:
    dialogue = meeting.track.dialogue
    return {
        **head(meeting, meeting.title()),
        "dialogue": dialogue.name,
        "dialogue_code": dialogue.code,
        "series": meeting.track.code,
        "ordinal": meeting.ordinal,
        "start": meeting.start,
        "end": meeting.end,
        "places": "; ".join(
            ", ".join(filter(None, [place.city, place.country.name if place.country else ""]))
            for place in meeting.places.all()
        ),
        "format": meeting.format,
        "status": meeting.status,
        "certainty": meeting.certainty,
        "support": meeting.support,
        "outcomes": meeting.outcome_count,
        "statements": meeting.statement_count,
    }


def commitment_row(commitment: Any) -> dict[str, Any]:
    meeting = commitment.meeting
    return {
        **head(commitment, commitment.title()),
        "summary": commitment.summary,
        "nature": commitment.nature,
        "verb": commitment.verb,
        "strength": commitment.strength,
        "actors": "; ".join(actor.name for actor in commitment.actors.all()),
        "topics": "; ".join(topic.name for topic in commitment.topics.all()),
        "meeting": meeting.title() if meeting else "",
        "meeting_url": f"{settings.SITE_URL}{meeting.get_absolute_url()}" if meeting else "",
        "dialogue": meeting.track.dialogue.name if meeting else "",
        "date": meeting.start if meeting else None,
        "deadline": commitment.deadline,
        "reports": commitment.report_count,
        "certainty": commitment.certainty,
        "support": commitment.support,
    }


def statement_row(statement: Any) -> dict[str, Any]:
    return {
        **head(statement, statement.title_printed),
        "kind": statement.kind,
        "date": statement.date,
        "dialogue": statement.dialogue.name,
        "act": statement.act,
        "issuer_state": statement.issuer_state,
        "certainty": statement.certainty,
        "support": statement.support,
    }


def minister_row(minister: Any) -> dict[str, Any]:
    return {
        **head(minister, minister.sort_name),
        "western_name": minister.western_name,
        "country": minister.country.name,
        "country_code": minister.country.code,
        "meetings": minister.meeting_count,
    }


def country_row(country: Any) -> dict[str, Any]:
    return {
        **head(country, country.name),
        "code": country.code,
        "kind": country.kind,
        "iso_alpha3": country.iso_alpha3,
        "dialogues": country.dialogue_count,
        "meetings": country.meeting_count,
    }


def event_row(event: Any) -> dict[str, Any]:
    """What happened on a day; see meetings.days."""
    record = event.record
    title = record.title_printed if event.what == "issued" else record.title()
    track = (
        record.track
        if event.what == "held"
        else record.meeting.track
        if event.what == "due" and record.meeting
        else None
    )
    dialogue = record.dialogue if event.what == "issued" else track.dialogue if track else None
    return {
        **head(record, title),
        "what": event.what,
        "date": event.date,
        "end": record.end if event.what == "held" else None,
        "year": int(event.year),
        "dialogue": dialogue.name if dialogue else "",
    }


def topic_row(topic: Any) -> dict[str, Any]:
    return {
        **head(topic, topic.name),
        "slug": topic.slug,
        "broader": topic.broader.name if topic.broader else "",
        "commitments": topic.commitment_count,
    }


def dialogue_row(dialogue: Any) -> dict[str, Any]:
    return {
        **head(dialogue, dialogue.name),
        "code": dialogue.code,
        "founded": dialogue.founded,
        "meetings": dialogue.meeting_count,
        "first_year": dialogue.first_start[:4] if dialogue.first_start else None,
        "last_year": dialogue.last_start[:4] if dialogue.last_start else None,
    }


HEAD = (
    Column("id", TEXT, _("permanent id: seven characters and a check character")),
    Column("title", TEXT, _("what the record is called")),
    Column("url", ADDRESS, _("where it stands today")),
)
BASIS = (
    Column("certainty", TEXT, _("whether it was read in a source"), Certainty),
    Column("support", TEXT, _("what it rests on, by its sources"), Support),
)
MEETINGS = RowForm(
    "meetings",
    (
        *HEAD,
        Column("dialogue", TEXT, _("name of the dialogue")),
        Column("dialogue_code", TEXT, _("the dialogue’s code, first segment of its addresses")),
        Column("series", TEXT, _("code of the series within the dialogue")),
        Column("ordinal", NUMBER, _("its number in the series"), is_optional=True),
        Column("start", DATE, _("first day, month or year"), is_optional=True),
        Column("end", DATE, _("last day, where it is another"), is_optional=True),
        Column(
            "places", TEXT, _("cities, as named then, with their countries; several parted by semicolons")
        ),
        Column("format", TEXT, _("how the parties met"), Format),
        Column("status", TEXT, _("whether it was held"), Status),
        *BASIS,
        Column("outcomes", NUMBER, _("commitments and remarks recorded of it")),
        Column("statements", NUMBER, _("documents recorded of it")),
    ),
    meeting_row,
    is_citable=True,
    orders=orders.MEETINGS,
)
COMMITMENTS = RowForm(
    "commitments",
    (
        *HEAD,
        Column("summary", TEXT, _("what was said, in the archive’s words")),
        Column("nature", TEXT, _("commitment, remark of one party, or background"), Nature),
        Column("verb", TEXT, _("what the parties did with it"), CommitmentVerb),
        Column("strength", TEXT, _("how far it binds, from pledges to discussed"), Strength),
        Column("actors", TEXT, _("countries that made it, where not all did; parted by semicolons")),
        Column("topics", TEXT, _("what it is about; parted by semicolons")),
        Column("meeting", TEXT, _("title of its meeting; empty for a statement of no meeting")),
        Column("meeting_url", TEXT, _("address of its meeting, or empty")),
        Column("dialogue", TEXT, _("name of the dialogue, or empty")),
        Column("date", DATE, _("first day of its meeting"), is_optional=True),
        Column("deadline", DATE, _("by when it is to be done"), is_optional=True),
        Column("reports", NUMBER, _("later commitments that implement it or report on it")),
        *BASIS,
    ),
    commitment_row,
    is_citable=True,
    orders=orders.COMMITMENTS,
)
STATEMENTS = RowForm(
    "statements",
    (
        *HEAD,
        Column("kind", TEXT, _("kind of document"), StatementKind),
        Column("date", DATE, _("its day, month or year"), is_optional=True),
        Column("dialogue", TEXT, _("name of the dialogue")),
        Column("act", TEXT, _("how it came about: issued, adopted, signed; or empty")),
        Column("issuer_state", TEXT, _("what its issuer says of it today"), IssuerState),
        *BASIS,
    ),
    statement_row,
    is_citable=True,
    orders=orders.STATEMENTS,
)
MINISTERS = RowForm(
    "ministers",
    (
        *HEAD,
        Column("western_name", TEXT, _("given name first")),
        Column("country", TEXT, _("country for which the person mostly stood")),
        Column("country_code", TEXT, _("code of that country")),
        Column(
            "meetings",
            NUMBER,
            _("meetings in which the person took part; not those where they were absent or only expected"),
        ),
    ),
    minister_row,
    orders=orders.MINISTERS,
)
COUNTRIES = RowForm(
    "countries",
    (
        *HEAD,
        Column("code", TEXT, _("last segment of its address")),
        Column("kind", TEXT, _("state, territory, or organization that sits as one"), CountryKind),
        Column("iso_alpha3", TEXT, _("ISO 3166-1 code of a state, or empty")),
        Column("dialogues", NUMBER, _("dialogues it belongs to")),
        Column(
            "meetings",
            NUMBER,
            _("meetings in which it took part; not those where it was absent or only expected"),
        ),
    ),
    country_row,
    orders=orders.COUNTRIES,
)
TOPICS = RowForm(
    "topics",
    (
        *HEAD,
        Column("slug", TEXT, _("last segment of its address")),
        Column("broader", TEXT, _("the topic above it, or empty")),
        Column("commitments", NUMBER, _("commitments and remarks about it")),
    ),
    topic_row,
    orders=orders.TOPICS,
)
DIALOGUES = RowForm(
    "dialogues",
    (
        *HEAD,
        Column("code", TEXT, _("first segment of its addresses")),
        Column("founded", DATE, _("when it was founded"), is_optional=True),
        Column("meetings", NUMBER, _("meetings recorded of it")),
        Column("first_year", TEXT, _("year of the first of them"), is_optional=True),
        Column("last_year", TEXT, _("year of the last of them"), is_optional=True),
    ),
    dialogue_row,
    orders=orders.DIALOGUES,
)
YEARS = RowForm(
    "years",
    (
        Column("year", NUMBER, _("a year from the first to the last with a meeting")),
        Column("meetings", NUMBER, _("meetings that began in it")),
    ),
    dict,
)
DAY = RowForm(
    "on-this-day",
    (
        *HEAD,
        Column("what", TEXT, _("held of a meeting, issued of a statement, due of a commitment")),
        Column("date", DATE, _("the day, of a meeting its first")),
        Column("end", DATE, _("last day of a meeting of several"), is_optional=True),
        Column("year", NUMBER, _("the year of it")),
        Column("dialogue", TEXT, _("name of the dialogue, or empty")),
    ),
    event_row,
    orders=orders.DAY,
)
"""What happened on a day of the year."""
SHELF = RowForm(
    "shelf",
    (
        Column("item", TEXT, _("the reference as it stands on the shelf")),
        Column("status", TEXT, _("current, superseded, merged, or how it leads nowhere")),
        Column("detail", TEXT, _("what is to be known of that, or empty")),
        Column("id", TEXT, _("permanent id of the record"), is_optional=True),
        Column("kind", TEXT, _("what kind of record it is"), is_optional=True),
        Column("title", TEXT, _("what the record is called, in that edition"), is_optional=True),
        Column("date", DATE, _("its day, month or year"), is_optional=True),
        Column("edition", NUMBER, _("the edition shown"), is_optional=True),
        Column("current_edition", NUMBER, _("the edition of today"), is_optional=True),
        Column("pinned", TEXT, _("whether the reference names its edition"), is_optional=True),
        Column("text", TEXT, _("language of the text that holds the paragraph"), is_optional=True),
        Column("paragraph", TEXT, _("key of the paragraph"), is_optional=True),
        Column("words", TEXT, _("words of the paragraph, or those a commitment quotes"), is_optional=True),
        Column("permanent", ADDRESS, _("the address to print"), is_optional=True),
        Column("url", ADDRESS, _("where that edition stands today"), is_optional=True),
    ),
    lambda item: item.as_row(),  # type: ignore[no-any-return]
    is_citable=True,
)
"""What stands on a shelf, see archive.shelves.items."""
LISTS = (MEETINGS, STATEMENTS, COMMITMENTS, DIALOGUES, MINISTERS, COUNTRIES, TOPICS, YEARS)
