"""What search shows of a hit: one flat mapping for page, JSON, JSON Lines and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.formats.rows import ADDRESS, DATE, TEXT, Column, RowForm
from archive.models import SearchEntry
from archive.models.search import Shown
from archive.search import marking
from archive.search.facets import Labels, Value
from archive.search.fields import GROUPS, KINDS, STANDING, UNDATED, group_of, segment
from archive.search.find import Found, issuer_states
from archive.search.marking import Cut, Run, marked
from archive.search.state import BEST, DENSE, LONGEST, NEWEST, ROOMY, BadValue, State
from archive.search.ways import Way, Wider
from archive.search.wording import in_words, sentences
from meetings.models import IssuerState

CHUNK = 500


@dataclass(frozen=True)
class Hit:
    """An entry as it is shown: where it stands, its words with what was asked marked, what it belongs to."""

    row: dict[str, Any]
    kind: str
    runs: list[Run]
    title: list[Run]
    context: list[str]
    narrowing: str = ""
    """The address of all that is found with this record, where it is one that hits are narrowed by."""

    @property
    def item_number(self) -> str:
        """The number of an item as lists print it: with a dot where it has no mark of its own."""
        number = self.row["number"] or ""
        return f"{number}." if number[-1:].isalnum() else number

    def as_data(self) -> dict[str, Any]:
        marks = [run.text for run in self.runs if run.is_marked]
        return {**self.row, "excerpt": "".join(run.text for run in self.runs), "marked": marks}


def kind_of(entry: Shown) -> str:
    """What it is, by its mark."""
    return next(GROUPS["type"].value(mark) for mark in entry.marks if mark.startswith("_k_"))


def address_of(entry: Shown) -> str:
    return f"/{entry.path}/{entry.part}"


def date_of(entry: Shown) -> str | None:
    """The day of the entry, as much of it as its number says."""
    year, month, day = entry.day // 10_000, entry.day // 100 % 100, entry.day % 100
    if not year:
        return None
    return f"{year:04}" + (f"-{month:02}" + (f"-{day:02}" if day else "") if month else "")


def row(entry: Shown) -> dict[str, Any]:
    return {
        "id": entry.pid,
        "type": kind_of(entry),
        "title": entry.title,
        "date": date_of(entry),
        "number": entry.number or None,
        "language": entry.language or None,
        "words": entry.words,
        "url": f"{settings.SITE_URL}{address_of(entry)}",
        "permanent": permanent(entry),
        "issuer_state": entry.issuer_state,
    }


def permanent(entry: Shown) -> str:
    """The address to cite: this edition of the record, and the paragraph."""
    key = entry.part.partition("~")[2].strip("/")
    number = f"{entry.pid}@{entry.edition_number}"
    return f"{settings.SITE_URL}/id/{number}" + (f"~{key}" if key else "")


HITS = RowForm(
    name="search",
    columns=(
        Column("id", TEXT, gettext_lazy("permanent id of the record")),
        Column("type", TEXT, gettext_lazy("what was found: paragraph, commitment, meeting, …")),
        Column("title", TEXT, gettext_lazy("title of the record, or of the statement a paragraph is of")),
        Column("date", DATE, gettext_lazy("of the meeting or statement"), is_optional=True),
        Column("number", TEXT, gettext_lazy("of the paragraph or item"), is_optional=True),
        Column("language", TEXT, gettext_lazy("of the paragraph"), is_optional=True),
        Column("words", TEXT, gettext_lazy("what was searched beside the title")),
        Column("url", ADDRESS, gettext_lazy("where it stands")),
        Column("permanent", ADDRESS, gettext_lazy("to cite this edition of it")),
        Column(
            "issuer_state",
            TEXT,
            gettext_lazy(
                "what its issuer says of the statement today; of a commitment where that is not in force"
            ),
            IssuerState,
            is_optional=True,
        ),
    ),
    to_row=row,
)


def every(found: Found) -> Iterator[Shown]:
    """All hits that pages lead to, in the order shown, read in pieces."""
    ordered = found.every()
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        entries = SearchEntry.objects.shown(some)
        states = issuer_states(entries.values())
        yield from (told(entries[number], states) for number in some)


def told(entry: Shown, states: dict[str, str]) -> Shown:
    """The entry with what the issuer did with its statement."""
    return entry._replace(issuer_state=states.get(entry.pid))


def shown(found: Found, cut: Cut = marking.ROOMY) -> list[Hit]:
    """The hits of the page."""
    return [hit(found, entry, cut) for entry in found.hits]


def named(found: Found) -> list[Hit]:
    """The records that the query names."""
    return [direct(found, entry) for entry in found.direct]


def hit(found: Found, entry: Shown, cut: Cut) -> Hit:
    terms = found.terms
    return Hit(
        row(told(entry, found.issued)),
        kind_of(entry),
        marked(beneath(entry), terms, cut),
        marked(entry.title, terms),
        context(found, entry),
    )


def beneath(entry: Shown) -> str:
    """What is shown beneath the title: nothing that it says already."""
    title, words = entry.title.rstrip("…."), entry.words
    return "" if len(words) < len(title) + 3 and words.startswith(title) else words


def direct(found: Found, entry: Shown) -> Hit:
    """A record that the query names: nothing is marked."""
    kind = kind_of(entry)
    value = segment(kind, entry.pid, entry.path)
    return Hit(
        row(told(entry, found.issued)),
        kind,
        marked(entry.words, []),
        marked(entry.title, []),
        context=context(found, entry),
        narrowing=State("", {kind: (value,)}, density=found.state.density).address
        if kind in STANDING
        else "",
    )


def year_bars(found: Found) -> list[dict[str, Any]]:
    """Hits by year, every year from the first to the last, each with the address that a click leads to."""
    facet = next((one for one in found.facets if one.group.name == "year"), None)
    values = {int(one.value): one for one in facet.values if one.value.isdigit()} if facet else {}
    return [
        {
            "year": year,
            "count": values[year].count,
            "url": values[year].address,
            "adds": values[year].adds,
            "is_chosen": values[year].is_chosen,
        }
        if year in values
        else {"year": year, "count": 0, "url": ""}
        for year in (range(min(values), max(values) + 1) if values else ())
    ]


def undated(found: Found) -> Value | None:
    """The hits of no known year, beside the bars."""
    facet = next((one for one in found.facets if one.group.name == "year"), None)
    return next((one for one in facet.values if one.value == UNDATED), None) if facet else None


def downloads(found: Found) -> list[tuple[str, str]]:
    """All hits in each form: its name and its address."""
    query = found.state.on_page(1).set_as(ROOMY).query
    return [
        ("CSV", f"/search/?{query}&format=csv"),
        ("JSON", f"/search/?{query}&page=all&format=json"),
        ("JSON Lines", f"/search/?{query}&format=jsonl"),
    ]


def context(found: Found, entry: Shown) -> list[str]:
    """The dialogue and the verb, as labels."""
    said = []
    for mark in entry.marks:
        group = group_of(mark)
        if (
            group
            and group.name in ("dialogue", "verb")
            and (label := found.labels.of(group, group.value(mark)))
        ):
            said.append(label[1])
    return [] if kind_of(entry) in ("dialogue", "country", "minister", "topic") else said


def cited(found: Found) -> dict[str, Any] | None:
    """What the id or address that was typed names."""
    one = found.cited
    if one is None:
        return None
    return {
        "id": one.pid.value,
        "type": one.pid.kind,
        "title": one.pid.title,
        "url": one.url,
        "permanent": one.permanent,
    }


def parts(found: Found) -> list[dict[str, Any]]:
    """The conditions of the query in words, alternatives by themselves, with the address of the search without each."""
    understood = found.understood
    state = found.corrected or found.state
    return [
        {
            "words": in_words(one, found.labels),
            "without": state.asking(understood.without(one)).address,
            "is_alternative": place > 0,
        }
        for part in understood.parts
        for place, one in enumerate(part.alternatives)
    ]


def passed_over(found: Found) -> list[str]:
    """The function words of the query, each once, that are not looked for."""
    return list(dict.fromkeys(part.text for part in found.understood.joining))


def faults(found: Found) -> list[dict[str, Any]]:
    """What was not understood: where (the text before, the place, the text after) and what was done."""
    text = found.understood.text
    return [
        {
            "start": fault.start,
            "end": fault.end,
            "before": text[: fault.start],
            "at": text[fault.start : fault.end],
            "after": text[fault.end :],
            "message": fault.message,
            "path": fault.path,
        }
        for fault in found.understood.faults
    ]


def refused(bad: BadValue) -> dict[str, Any]:
    """A parameter of the address that was not understood, shown as what was not understood of a query is."""
    name = bad.name[:LONGEST]
    message = _("The parameter “%(name)s” is not understood: %(why)s") % {"name": name, "why": bad.message}
    return {"before": f"{name}=", "at": bad.value[:LONGEST], "after": "", "message": message, "path": ""}


def chips(found: Found) -> list[dict[str, Any]]:
    """Each group that has a choice in words, OR between its values; each value with the address without it."""
    said = []
    for name, values in found.state.chosen.items():
        group = GROUPS[name]
        some = [
            {
                "label": label_of(found, found.labels, name, value),
                "without": found.state.toggled(name, value).address,
            }
            for value in values
        ]
        if some:
            said.append({"group": str(group.label), "name": name, "values": some})
    return said


def title(found: Found, labels: Labels) -> str:
    """All that is asked in words, as titles say it: the query, then the values of each group."""
    chosen = [
        f"{GROUPS[name].label}: {_(' or ').join(label_of(found, labels, name, value) for value in values)}"
        for name, values in found.state.chosen.items()
    ]
    query = sentences(found.understood, labels) or [found.state.q]
    return ", ".join(filter(None, [*query, *chosen]))


def label_of(found: Found, labels: Labels, name: str, value: str) -> str:
    """A value in words; a range of years as it is written."""
    group = GROUPS[name]
    if name == "year":
        return value.replace("..", "–")
    named = labels.of(group, group.value(found.places.marks(group, value)[0]))
    return named[1] if named else value


def wider(found: Found) -> list[dict[str, Any]]:
    """What else can be searched, in words, with the number of its hits and its address."""
    return [
        {
            "without": one.part.text if one.way == Way.WITHOUT and one.part else "",
            "says": says(found, one),
            "count": one.count,
            "url": one.state.address,
        }
        for one in found.wider
    ]


def says(found: Found, one: Wider) -> str:
    """How another search differs from this one."""
    match one.way:
        case Way.UNQUOTED:
            return _("without quotation marks")
        case Way.WITHOUT if one.part:
            return _("without “%(what)s”") % {"what": in_words(one.part, found.labels).replace('"', "")}
        case Way.WITHOUT_GROUP:
            chosen = found.state.chosen[one.group]
            values = [label_of(found, found.labels, one.group, value) for value in chosen]
            return _("without “%(what)s”") % {"what": f"{GROUPS[one.group].label}: {', '.join(values)}"}
        case Way.ANY:
            return _("any of these words")
        case Way.EVERY:
            return _("all %(kind)s") % {"kind": KINDS[one.group]}
    return _(" and ").join(in_words(part, found.labels) for part in one.parts)


def sorts(found: Found) -> list[dict[str, Any]]:
    """The orders that the hits can come in, each with its address."""
    labels = {BEST: _("Most telling first"), NEWEST: _("Newest first")}
    return choices(labels, found.state.sort, found.state.sorted_by)


def densities(found: Found) -> list[dict[str, Any]]:
    """How closely the hits can be set, each with its address."""
    return choices({ROOMY: _("roomy"), DENSE: _("dense")}, found.state.density, found.state.set_as)


def choices(labels: dict[str, str], chosen: str, state_of: Callable[[str], State]) -> list[dict[str, Any]]:
    return [
        {"label": label, "address": state_of(name).address, "is_chosen": name == chosen}
        for name, label in labels.items()
    ]


def as_data(found: Found) -> dict[str, Any]:
    """A page of hits as JSON."""
    state, conditions = found.state, found.understood.parts
    following = state.on_page(state.page + 1).address if state.page < found.pages else None
    site = settings.SITE_URL
    return {
        "title": title(found, found.labels),
        "query": state.q,
        "chosen": {name: list(values) for name, values in state.chosen.items() if values},
        "understood": [part.text for part in conditions],
        "in_words": [in_words(part, found.labels) for part in conditions],
        "not_looked_for": passed_over(found),
        "faults": [{name: fault[name] for name in ("start", "end", "message")} for fault in faults(found)],
        "searched_instead": found.corrected.q if found.corrected else None,
        "count": found.count,
        "is_more": found.is_capped,
        "page": state.page,
        "pages": found.pages,
        "next": f"{site}{following}" if following else None,
        "cited": cited(found),
        "direct": [one.as_data() for one in named(found)],
        "results": [one.as_data() for one in shown(found)],
        "facets": {facet.group.name: [value.as_data() for value in facet.values] for facet in found.facets},
        "wider": [{**one, "url": f"{site}{one['url']}"} for one in wider(found)],
    }
