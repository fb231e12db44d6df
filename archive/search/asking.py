"""What fields and beginnings in a query ask for: `by:japan`, `year:2010..2022`, `verb:reaffirm`, `partner*`."""

from __future__ import annotations

from itertools import islice, product

from django.utils.translation import gettext as _

from archive.models import Lexeme, LexiconEdition, SearchEntry
from archive.search.analyser import WORD, lexemes, stem, unstemmed
from archive.search.direct import named
from archive.search.expression import AnyOf, Expression, Word, any_of
from archive.search.fields import GROUPS, Group
from archive.search.heard import heard
from archive.search.pasted import Told, told
from archive.search.query import YEAR, NoField, ReadAs, Understood, Unknown, understand
from archive.search.spelling import meant, nearest
from archive.search.state import LANGUAGE, SERIES, SPAN, BadValue, State, as_meant, located, years
from dialogues.models import Track
from meetings.models import CommitmentVerb
from registry.kit.tokens import tokens

FIELDS = {
    "by": ("country", "minister"),
    "in": ("dialogue", "series"),
    "country": ("country",),
    "minister": ("minister",),
    "dialogue": ("dialogue", "series"),
    "series": ("series",),
    "topic": ("topic",),
    "about": ("topic",),
    "year": ("year",),
    "verb": ("verb",),
    "strength": ("strength",),
    "type": ("type",),
    "lang": ("language",),
    "language": ("language",),
    "certainty": ("certainty",),
}
"""Each field with the groups whose values it names."""
MOST_BEGUN = 200
MOST_FIELDS = 10
MEANT = 20
MOST_RESPELT = 3
OF_COMMITMENTS = ("verb", "strength")


class Asking:
    """Reads queries; each field costs four queries of the database at most and twelve more where what it names is not
    known, ten fields are read, and what was asked once is remembered.
    """

    def __init__(self) -> None:
        self.asked = 0
        self.resolved: dict[tuple[str, str], Expression | Unknown] = {}
        self.begun: dict[str, Expression] = {}
        self.led: dict[str, Told | None] = {}

    def understand(self, text: str) -> Understood:
        self.asked = 0
        return understand(text, self.resolve, self.begin, heard, self.lead, FIELDS)

    def lead(self, address: str) -> Told | None:
        if address not in self.led:
            self.led[address] = told(address)
        return self.led[address]

    def begin(self, prefix: str) -> Expression:
        if prefix not in self.begun:
            self.begun[prefix] = begun(prefix)
        return self.begun[prefix]

    def resolve(self, name: str, value: str) -> Expression:
        """Raises Unknown, with what could be written instead."""
        if name not in FIELDS:
            message = _("There is no field “%(name)s:”; there are %(names)s.")
            raise NoField(message % {"name": name, "names": ", ".join(f"{one}:" for one in FIELDS)})
        self.asked += 1
        if self.asked > MOST_FIELDS:
            raise Unknown(_("Only %(n)s fields are read.") % {"n": MOST_FIELDS})
        if (name, value) not in self.resolved:
            try:
                self.resolved[name, value] = resolved(name, value)
            except Unknown as unknown:
                self.resolved[name, value] = unknown
        found = self.resolved[name, value]
        if isinstance(found, Unknown):
            raise found
        return found


def resolved(name: str, value: str) -> Expression:
    """What a field and its value ask for. Raises Unknown."""
    groups = FIELDS[name]
    group = GROUPS[groups[0]]
    series = value.lower().strip("/")
    if groups == ("series",) or ("series" in groups and SERIES.fullmatch(series)):
        return in_series(series)
    if group.records:
        return recorded(name, tuple(one for one in groups if GROUPS[one].records), value)
    if group.name == "year":
        return in_years(group, value.lower())
    if group.choices:
        return coded(group, value)
    if not LANGUAGE.fullmatch(value.lower()):
        raise Unknown(_("A language is a code such as en or ja."))
    return Word(group.mark(value.lower()))


def in_series(value: str) -> Expression:
    """Entries of one series of a dialogue."""
    if not SERIES.fullmatch(value):
        raise Unknown(_("A series is written as ca-jad/fm."))
    places, nowhere = located(State("", {"series": (value,)}))
    if nowhere:
        raise Unknown(nowhere[0].message, groups=["dialogue"])
    code, _slash, track = value.partition("/")
    pid = places.pids["series", code].value
    every = [one for dialogue, one in Track.objects.names() if dialogue == pid]
    if track not in every:
        instead = [f"{code}/{one}" for one in sorted(every)]
        message = _("There is no series “%(value)s”; of this dialogue there are: %(values)s.")
        values = ", ".join(instead) or "–"
        raise Unknown(message % {"value": value, "values": values}, instead[:MOST_RESPELT])
    return places.expression("series", [value])


def in_years(group: Group, value: str) -> Expression:
    """Entries of these years; a range that is written in another way is read as it was meant, and that is said."""
    try:
        return any_of(*(Word(group.mark(year)) for year in years(value)))
    except BadValue as bad:
        span = SPAN.fullmatch(value)
        if not span or not all(map(is_year, span.group(1, 3))):
            raise Unknown(bad.message) from bad
        read = as_meant(value)
        is_backwards = span[2] == ".." or not read.startswith(span[1])
        message = (
            _("The earlier year stands first; it was read as “year:%(read)s”.")
            if is_backwards
            else _("Two dots stand between years; it was read as “year:%(read)s”.")
        )
        raise ReadAs(message % {"read": read}, in_years(group, read), read) from bad


def is_year(written: str) -> bool:
    return YEAR.fullmatch(written) is not None


def recorded(field: str, groups: tuple[str, ...], value: str) -> Expression:
    """Entries marked with the records that are called so, or nearly so where nothing is."""
    if asked := called(groups, value):
        return asked
    for near in respelt(value):
        if asked := called(groups, near):
            message = _(
                "Nothing is called “%(value)s” that “%(field)s:” could mean; it was read as “%(near)s”."
            )
            read = f'"{near}"' if " " in near else near
            raise ReadAs(message % {"value": value, "field": field, "near": near}, asked, read)
    message = _("Nothing is called “%(value)s” that “%(field)s:” could mean.")
    raise Unknown(message % {"value": value, "field": field}, groups=groups)


def called(groups: tuple[str, ...], value: str) -> Expression | None:
    """Entries marked with the records of these groups that are called so; None where there are none."""
    found = named(value, [GROUPS[name].records for name in groups])[0]
    best = [one for one in found if one.share >= found[0].share * 0.9][:MEANT]
    if not best:
        return None
    by_kind = {GROUPS[name].records: GROUPS[name] for name in groups}
    entries = SearchEntry.objects.shown(one.number for one in best)
    records = [entries[one.number] for one in best]
    return any_of(*(Word(by_kind[one.kind].mark(one.pid)) for one in records))


def respelt(value: str) -> list[str]:
    """A name with the words that are nowhere as they may be meant; a query for each of these, three at most."""
    words = [match[0] for match in WORD.finditer(value)]
    known = Lexeme.objects.counts(map(stem, words))
    unknown = [word for word in words if stem(word) not in known]
    if not 0 < len(unknown) <= MOST_RESPELT:
        return []
    near = [meant(word) if word in unknown else [word] for word in words]
    return [" ".join(one) for one in islice(product(*near), MOST_RESPELT)]


def coded(group: Group, value: str) -> Expression:
    """Entries marked with the codes whose words begin so: `verb:reaffirm`, `strength:pledges`."""
    asked = [stem(word) for word in value.replace("_", " ").split()]
    said = {
        code: (lexemes(code.replace("_", " ")), lexemes(str(label)))
        for code, label in (group.choices or {}).items()
    }
    found = [
        code
        for code, several in said.items()
        if code == value.lower() or any(asked == words[: len(asked)] for words in several)
    ]
    if found and asked:
        return any_of(*(Word(group.mark(code)) for code in found))
    own, kin = in_lexicon(value) if group.name == "verb" else ("", [])
    if own:
        return coded(group, own)
    beginnings = {" ".join(words[: len(asked)]): code for code, both in said.items() for words in both}
    near = "" if kin else nearest(" ".join(asked), beginnings)
    labels = {code: str(label) for code, label in (group.choices or {}).items()}
    if near:
        message = _("“%(value)s” is not known here; it was read as “%(near)s”.")
        raise ReadAs(message % {"value": value, "near": labels[near]}, coded(group, near), near)
    message = _("“%(value)s” is none of: %(values)s.")
    groups = [group.name] if group.name in OF_COMMITMENTS else []
    every = list(labels) if len(labels) <= MOST_RESPELT else []
    raise Unknown(message % {"value": value, "values": ", ".join(labels.values())}, kin or every, groups)


def in_lexicon(printed: str) -> tuple[str, list[str]]:
    """The code of the verb that has this form, or the codes of the nearest verbs of its family; one query."""
    lexicon, _edition = LexiconEdition.objects.lexicon()
    found = lexicon.by_form.get(tokens(printed).even)
    if found is None:
        return "", []
    verb, family = found
    if verb["key"] in CommitmentVerb.values:
        return verb["key"], []
    kin = [one for one in family["verbs"] if one["key"] in CommitmentVerb.values]
    kin.sort(key=lambda one: (abs(one["rank"] - verb["rank"]), one["key"]))
    return "", [one["key"] for one in kin[:MOST_RESPELT]]


def begun(prefix: str) -> Expression:
    """Words that begin so, or have it as their stem: the two hundred that are in most entries; one query."""
    beginning = unstemmed(prefix)
    if not beginning:
        return any_of()
    found = Lexeme.objects.beginning(beginning, MOST_BEGUN)
    words = dict.fromkeys([*found, *filter(None, [stem(prefix)])])
    return AnyOf(tuple(map(Word, words)), beginning)
