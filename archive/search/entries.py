"""From an edition to what is found of it: the record, its paragraphs, the items of its agenda."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.search.analyser import MOST, WORD, lexemes
from archive.search.expression import ANYTHING
from archive.search.fields import MEETING, MONTH, SOUND, SUBJECT, UNDATED, marks
from archive.search.names import begun, key, runs
from meetings import speakers
from registry.kit.locators import locator
from registry.models import Edition

MOST_TIMES = 255
"""Places that PostgreSQL keeps of a lexeme; further ones become separators, so that both engines find the same."""
CALLED = {"minister": begun, "country": runs}
Data = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """An entry as it should stand in the index, whatever its number."""

    pid: str
    part: str
    day: int
    title: str
    words: str
    lexemes: str
    marks: str
    number: str = ""
    language: str = ""

    @property
    def place(self) -> str:
        """The marks that all that was said at one meeting shares."""
        return " ".join(mark for mark in self.marks.split() if mark[1:2] not in SUBJECT)

    @property
    def subject(self) -> str:
        return " ".join(mark for mark in self.marks.split() if mark[1:2] in SUBJECT)

    @property
    def stream(self) -> str:
        """All that an engine indexes: lexemes, then marks."""
        return f"{self.lexemes}{self.place} {self.subject}"


@dataclass
class Context:
    """What entries need of other records: meetings by pid, and the broader topics of each topic."""

    meetings: dict[str, Data] = field(default_factory=dict)
    broader: dict[str, str] = field(default_factory=dict)

    def topics(self, some: Iterable[Data]) -> set[str]:
        """These topics and all that are broader."""
        found: set[str] = set()
        for one in some:
            pid: str | None = one["id"]
            while pid and pid not in found:
                found.add(pid)
                pid = self.broader.get(pid)
        return found


def drawn(edition: Edition, context: Context) -> list[Drawn]:
    """Every entry of a record's edition."""
    return list(DRAW[edition.data["type"]](edition.pid_id, edition.data, context))


def stream(names: Iterable[str], *pieces: Iterable[str] | str) -> str:
    """Lexemes of what an entry is called, then of its other text, kept apart so that no phrase spans two.

    Two separators in a row end the names.
    """
    found = [ANYTHING]
    for name in filter(None, names):
        found += [*lexemes(name), ANYTHING]
    found.append(ANYTHING)
    for piece in pieces:
        for text in filter(None, [piece] if isinstance(piece, str) else piece):
            found += [*lexemes(text), ANYTHING]
    return f" {' '.join(often(found[:MOST]))} "


def often(found: list[str]) -> Iterator[str]:
    times: Counter[str] = Counter()
    for lexeme in found:
        times[lexeme] += 1
        yield lexeme if times[lexeme] <= MOST_TIMES else ANYTHING


def sounds(kind: str, names: Iterable[str]) -> list[str]:
    """How each word of names sounds; of scripts without spaces, what a minister or country is called by; as marks."""
    words = {key(match[0]) for name in names for match in WORD.finditer(name)}
    if kind in CALLED:
        words |= {word for name in names for word in CALLED[kind](name)}
    return [f"{SOUND}{word}" for word in sorted(words - {""})]


def day_of(date: str | None) -> int:
    """yyyymmdd of a partial date, its first day where less is known; 0 where nothing is."""
    digits = (date or "")[:10].replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isascii() and digits.isdigit() else 0


def when(date: str | None) -> dict[str, str]:
    return {"year": date[:4] if date else UNDATED}


def dated(
    pid: str, part: str, date: str | None, found: str, meetings: Iterable[str] = (), **more: Any
) -> Drawn:
    """An entry with a date: marked by its month too, by which PostgreSQL walks, and by the meetings it is of."""
    day = day_of(date)
    held = [f"{MEETING}{meeting}" for meeting in sorted(meetings)]
    return Drawn(pid, part, day, marks=" ".join([ANYTHING, f"{MONTH}{day // 100}", *held, found]), **more)


def written(date: str | None) -> str:
    """The day as people write it, where it is known."""
    parts = (date or "").split("-")
    return f"{int(parts[2])} {month_name[int(parts[1])]} {parts[0]}" if len(parts) == 3 else ""


def series_of(meeting: Data) -> str:
    return f"{meeting['dialogue']['id']}_{meeting['track']['code']}"


def meeting(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    topics = [topic for one in [*data["agenda"], *data["outcomes"]] for topic in one["topics"]]
    shared = {
        "dialogue": data["dialogue"]["id"],
        "series": series_of(data),
        "country": speakers.countries([data]),
        "minister": speakers.who_came([data]),
        "certainty": data["certainty"],
        **when(data["start"]),
    }
    dialogue, track, ordinal = data["dialogue"], data["track"], data["ordinal"] or ""
    series = f"{dialogue['name']} {dialogue['code']} {track['code']} {ordinal}"
    called = f"{data['title']} {series} {data['start'] or ''} {written(data['start'])}"
    places = [f"{place.get('venue') or ''} {place['city'] or ''}" for place in data["places"]]
    delegates = [
        f"{one['name']} {one['native_name']} {one['title']}"
        for delegation in data["delegations"]
        for one in delegation["delegates"]
    ]
    words = [name["text"] for name in data["names"]]
    yield dated(
        pid,
        "",
        data["start"],
        marks(type="meeting", topic=context.topics(topics), **shared),
        title=data["title"],
        words="\n".join(dict.fromkeys([*words, *filter(str.strip, places), *delegates])),
        lexemes=stream(
            [called, data["title"]], words, places, [host["name"] for host in data["hosts"]], delegates
        ),
    )
    yield from agenda(pid, data, shared, context)


def agenda(pid: str, data: Data, shared: Data, context: Context) -> Iterator[Drawn]:
    """The items of a meeting's agenda; `shared` are the marks that the meeting has too."""
    for item in data["agenda"]:
        names = [name["text"] for name in item["names"]]
        yield dated(
            pid,
            f"#{item['key']}",
            data["start"],
            marks(
                type="agenda_item",
                topic=context.topics(item["topics"]),
                **{**shared, "certainty": item["certainty"]},
            ),
            title=item["title"],
            words="\n".join([item["title"], *names, *filter(None, [item["summary"]])]),
            number=item["number_printed"] or str(item["number"]),
            lexemes=stream([item["title"], *names], item["summary"]),
        )


def statement(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    held = [context.meetings[one["id"]] for one in data["meetings"] if one["id"] in context.meetings]
    issuers = {one["id"] for one in data["issuers"]} or speakers.countries(held)
    shared = {
        "dialogue": data["dialogue"]["id"],
        "series": {series_of(one) for one in held},
        "country": issuers,
        "minister": speakers.of_statement(data, held),
        **when(data["date"]),
    }
    said = [one for text in data["texts"] for one in text["paragraphs"]]
    topics = context.topics(topic for one in said for topic in one["topics"])
    titles = [title["text"] for title in data["titles"]]
    dialogue = data["dialogue"]
    kind = data["kind"].replace("_", " ")
    held_at = " ".join(f"{one['title']} {one.get('place') or ''}" for one in data["meetings"])
    when_said = f"{data['date'] or ''} {written(data['date'])}"
    called = f"{data['title']} {kind} {dialogue['name']} {dialogue['code']} {when_said} {held_at}"
    languages = {text["language"] for text in data["texts"]}
    yield dated(
        pid,
        "",
        data["date"],
        marks(type="statement", topic=topics, language=languages, certainty=data["certainty"], **shared),
        meetings=[one["id"] for one in data["meetings"]],
        title=data["title"],
        words="\n".join(dict.fromkeys([data["title"], *titles, *filter(None, [data["contents_printed"]])])),
        lexemes=stream([called, data["title"], *titles], data["contents_printed"]),
    )
    yield from paragraphs(pid, data, shared, context)


def paragraphs(pid: str, data: Data, shared: Data, context: Context) -> Iterator[Drawn]:
    """The paragraphs of a statement's texts; `shared` are the marks that the statement has too."""
    every = [(text, one) for text in data["texts"] for one in text["paragraphs"]]
    for text, one in every:
        found = marks(
            type="paragraph",
            topic=context.topics(one["topics"]),
            language=text["language"],
            certainty=text["certainty"],
            **shared,
        )
        yield dated(
            pid,
            f"{text['segment']}/~{one['key']}/",
            data["date"],
            found,
            meetings=[held["id"] for held in data["meetings"]],
            title=data["title"],
            words=one["text"],
            number=locator(one),
            language=text["language"],
            lexemes=stream([], one["text"]),
        )


def commitment(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    at = data["meeting"]
    whole = context.meetings.get(at["id"]) if at else None
    date = at["start"] if at else (data["statement"] or {}).get("date")
    words = [data["quote"], data["summary"]] if data["quote"] else [data["summary"]]
    yield dated(
        pid,
        "",
        date,
        marks(
            type=data["nature"],
            dialogue=at["dialogue"]["id"] if at else None,
            series=series_of(whole) if whole else None,
            country=[actor["id"] for actor in data["actors"]],
            minister=speakers.of_commitment(data, [whole] if whole else []),
            topic=context.topics(data["topics"]),
            verb=data["verb"],
            strength=data["strength"],
            certainty=data["certainty"],
            **when(date),
        ),
        meetings=[at["id"]] if at else [],
        title=data["title"],
        words=words[0],
        lexemes=stream([], words, data["verb_printed"]),
    )


def standing(pid: str, data: Data, names: list[str], *more: Iterable[str], **found: Any) -> Drawn:
    """An entry of a record without a date: found by any of its names, and by their sound."""
    own = marks(type=data["type"], certainty=data.get("certainty"), **found)
    every = list(dict.fromkeys([data["title"], *names]))
    heard = sounds(data["type"], every)
    return Drawn(
        pid,
        "",
        0,
        data["title"],
        "\n".join([*every[1:], *(text for some in more for text in some if text)]),
        stream(every, *more),
        f"{ANYTHING} {MONTH}0 {own} {' '.join(heard)}".strip(),
    )


def minister(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    names = [data["western_name"], *(name["text"] for name in data["names"])]
    offices = [tenure["office"] for tenure in data["tenures"]]
    yield standing(pid, data, names, dict.fromkeys(offices), country=data["country"]["id"], minister=pid)


def country(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    names = [data["code"], *(data[code] or "" for code in ("iso_alpha2", "iso_alpha3"))]
    yield standing(pid, data, [*(name["text"] for name in data["names"]), *filter(None, names)], country=pid)


def dialogue(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    names = [*(name["text"] for name in data["names"]), data["code"], data["abbreviation"]]
    members = {member["country"]["id"] for member in data["members"]}
    notes = [note["text"] for note in data["notes"]]
    yield standing(pid, data, list(filter(None, names)), notes, country=members, dialogue=pid)


def topic(pid: str, data: Data, context: Context) -> Iterator[Drawn]:
    definition = [data["definition"]] if data["definition"] else []
    yield standing(pid, data, [], definition, topic=context.topics([{"id": pid}]))


DRAW = {
    "meeting": meeting,
    "statement": statement,
    "commitment": commitment,
    "minister": minister,
    "country": country,
    "dialogue": dialogue,
    "topic": topic,
}
