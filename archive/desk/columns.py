"""What the columns of an editor's table are, how a person writes each, and the headers by which they are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.exchange.references import Directory
from dialogues.models import Country, Dialogue, Minister, Topic
from meetings.models import (
    Authority,
    CommitmentVerb,
    Delegate,
    Delegation,
    Designation,
    Extent,
    Format,
    Nature,
    Rank,
    StatementKind,
    Status,
    Strength,
    Text,
)
from registry.kit import edtf, pids
from registry.kit.text import WHOLE_NUMBER
from registry.models import Certainty, Confidence, Source

SEPARATOR = ";"
LARGEST_NUMBER = 32_767
Parse = Callable[[str, Directory], Any]
"""Reads a cell that is not empty. Raises ValueError with what is wrong and how to write it."""


@dataclass(frozen=True)
class Column:
    """A column that a table may have; `header` in lower case, `also` other headers it is known by."""

    name: str
    parse: Parse
    how: str
    also: tuple[str, ...] = ()
    is_required: bool = False


def text(value: str, _directory: Directory) -> str:
    return value


def whole(value: str, _directory: Directory) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value, re.ASCII) or not 1 <= int(value) <= LARGEST_NUMBER:
        raise ValueError(f"“{value}” is not a whole number from 1. Write digits only, such as 9.")
    return int(value)


def money(value: str, _directory: Directory) -> int:
    digits = re.sub(r"[ ,\u00a0\u202f]", "", value)
    if not WHOLE_NUMBER.fullmatch(digits):
        raise ValueError(f"“{value}” is not an amount in whole units. Write digits only, such as 2000000.")
    return int(digits)


def day(value: str, _directory: Directory) -> str:
    if not edtf.is_valid(value):
        raise ValueError(
            f"“{value}” is not a date. Write 2022-12-24, or 2022-12 or 2022 where no more is known."
        )
    return value


def code(choices: Any) -> Parse:
    """A value of a list, by its code or by its words."""
    by_words = {str(words).lower(): value for value, words in choices.choices}

    def parse(value: str, _directory: Directory) -> str:
        plain = value.lower().replace(" ", "_").replace("-", "_")
        if plain in choices.values:
            return plain
        if value.lower() in by_words:
            return str(by_words[value.lower()])
        raise ValueError(f"“{value}” is none of {', '.join(choices.values)}.")

    return parse


def country(value: str, directory: Directory) -> str:
    """A country's code, by its code or its name."""
    rows = directory.rows[Country]
    if value.lower() in rows:
        return value.lower()
    named = [row.code for row in rows.values() if value.lower() in (row.name.lower(), row.iso_alpha3.lower())]
    if not named:
        raise ValueError(
            f"There is no country “{value}”. Write its code or its name, such as kz or Kazakhstan."
        )
    return str(named[0])


def dialogue(value: str, directory: Directory) -> str:
    rows = directory.rows[Dialogue]
    if value.lower() in rows:
        return value.lower()
    named = [row.code for row in rows.values() if value.lower() == row.name.lower()]
    if not named:
        raise ValueError(f"There is no dialogue “{value}”. Write its code, such as ca-jad, or add it first.")
    return str(named[0])


def key_of(model: Any, kind: str, example: str) -> Parse:
    def parse(value: str, directory: Directory) -> str:
        if value.lower() not in directory.rows[model]:
            raise ValueError(f"There is no {kind} “{value}”. Write {example}, or add it first.")
        return value.lower()

    return parse


def several(parse: Parse) -> Parse:
    """Values parted by semicolons."""

    def parse_all(value: str, directory: Directory) -> list[Any]:
        return [parse(part.strip(), directory) for part in value.split(SEPARATOR) if part.strip()]

    return parse_all


def pid(value: str, _directory: Directory) -> str:
    """A permanent id, forgiving as addresses do."""
    found = pids.normalise(value.rpartition("/")[2] if "/id/" in value else value)
    if not pids.is_valid(found):
        raise ValueError(f"“{value}” is not a permanent id. Copy the id from the record’s page.")
    return found


def address(value: str, _directory: Directory) -> str:
    """The path of a record, from its path or its whole address; or its permanent id."""
    path = re.sub(r"^https?://[^/]+", "", value).strip("/")
    return path.removeprefix("id/")


source = several(key_of(Source, "source", "the source’s key, such as mofa-press4e-003190"))
topics = several(key_of(Topic, "topic", "its slug, such as energy"))
BASIS = (
    Column("sources", source, "keys of the sources, parted by semicolons", ("source",)),
    Column("certainty", code(Certainty), ", ".join(Certainty.values)),
    Column("confidence", code(Confidence), "high, medium or low, where it is not verified"),
    Column("note", text, "a public reservation"),
)
ID = Column("id", pid, "permanent id of a record that is here already", ("pid",))
MEETING = Column(
    "meeting", address, "address of the meeting: ca-jad/2022/fm-9", ("meeting_url", "meeting path"), True
)

TABLES: dict[str, tuple[Column, ...]] = {
    "meetings": (
        ID,
        Column("dialogue", dialogue, "code of the dialogue: ca-jad", ("dialogue_code",), True),
        Column("series", text, "code of the series in the dialogue: fm", ("track",), True),
        Column("ordinal", whole, "its number in the series: 9", ("number", "no", "no.")),
        Column("start", day, "2022-12-24, 2022-12 or 2022", ("date", "start_date", "first day")),
        Column("end", day, "last day, where it is another", ("end_date", "last day")),
        Column("city", text, "city as named then", ("place", "town")),
        Column("country", country, "country of that city: jp", ("place_country", "host country")),
        Column("venue", text, "building", ()),
        Column("format", code(Format), ", ".join(Format.values)),
        Column("status", code(Status), ", ".join(Status.values)),
        Column("designation", code(Designation), ", ".join(Designation.values)),
        Column("hosts", several(country), "host countries, parted by semicolons", ("host",)),
        Column("name", text, "official name in English", ("official_name", "official name")),
        Column("held_alongside", text, "the event in whose margins it was held"),
        *BASIS,
    ),
    "delegations": (
        MEETING,
        Column("country", country, "country or organization: kz", ("delegation",), True),
        Column("capacity", code(Delegation.Capacity), ", ".join(Delegation.Capacity.values)),
        Column("presence", code(Delegation.Presence), ", ".join(Delegation.Presence.values)),
        Column("name", text, "name as printed then", ("delegate", "name_printed", "person")),
        Column("native_name", text, "name in its own script"),
        Column("title", text, "office as printed then", ("title_printed", "office", "position")),
        Column("minister", key_of(Minister, "minister", "the slug, such as hayashi-yoshimasa"), "slug of the person"),
        Column("rank", code(Rank), ", ".join(Rank.values)),
        Column("role", code(Delegate.Role), ", ".join(Delegate.Role.values)),
        Column("presiding", code(Delegate.Presiding), ", ".join(Delegate.Presiding.values)),
        Column("in_place_of", text, "whom the person stood in for"),
        *BASIS,
    ),
    "statements": (
        ID,
        Column("dialogue", dialogue, "code of the dialogue: ca-jad", ("dialogue_code",), True),
        Column("meetings", several(address), "addresses of its meetings, parted by semicolons", ("meeting",)),
        Column("kind", code(StatementKind), ", ".join(StatementKind.values), ("type",), True),
        Column("title", text, "title as printed", ("title_printed",), True),
        Column("date", day, "2022-12-24, 2022-12 or 2022"),
        Column("act", text, "how it came about: issued, adopted, signed"),
        Column("authority", code(Authority), ", ".join(Authority.values)),
        Column("issuers", several(country), "countries that issued it, parted by semicolons", ("issuer",)),
        Column("language", text, "language of the address and the text: en"),
        Column("url", text, "address of the issuer’s text", ("link", "address")),
        Column("text", text, "the text itself, an empty line between paragraphs", ("full text",)),
        Column("text_kind", code(Text.Kind), ", ".join(Text.Kind.values)),
        *BASIS,
    ),
    "commitments": (
        ID,
        MEETING,
        Column("summary", text, "what was said, in your own words", ("commitment", "text"), True),
        Column("quote", text, "a few words of the source"),
        Column("nature", code(Nature), ", ".join(Nature.values), ("type",)),
        Column("verb", code(CommitmentVerb), "pledged, agreed, welcomed…", (), True),
        Column("strength", code(Strength), ", ".join(Strength.values), (), True),
        Column("extent", code(Extent), "all, some or one"),
        Column("actors", several(country), "countries, parted by semicolons", ("actor", "countries")),
        Column("topics", topics, "slugs of topics, parted by semicolons", ("topic",)),
        Column("agenda_item", whole, "number of the agenda item", ("agenda",)),
        Column("statement", address, "address of the statement that holds it", ("statement_url",)),
        Column("deadline", day, "by when: 2030", ("due",)),
        Column("amount", money, "whole units: 2000000"),
        Column("currency", text, "ISO 4217: JPY"),
        *BASIS,
    ),
}  # fmt: skip


COLUMN_OF = {
    "title_printed": "title",
    "name_printed": "name",
    "native_name_printed": "native_name",
    "text": "name",
}
"""The column from which a field of another name is taken."""


def recognise(header: Sequence[str], kind: str) -> dict[str, int]:
    """Which cell holds which column, by the header; what is not known is left out."""
    plain = [name.strip().lower().replace("_", " ") for name in header]
    found: dict[str, int] = {}
    for column in TABLES[kind]:
        for name in (column.name, *column.also):
            if name.replace("_", " ") in plain:
                found[column.name] = plain.index(name.replace("_", " "))
                break
    return found


def kind_of(header: Sequence[str]) -> str | None:
    """The kind of table whose required columns are all here, the one with most columns known; None if none fits."""
    fitting = {
        kind: len(recognise(header, kind))
        for kind in TABLES
        if all(column.name in recognise(header, kind) for column in TABLES[kind] if column.is_required)
    }
    return max(fitting, key=lambda kind: fitting[kind]) if fitting else None
