"""What fields and beginnings in a query ask for: `by:japan`, `year:2010..2022`, `verb:reaffirm`, `partner*`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from archive.models import Lexeme, SearchEntry
from archive.search.analyser import lexemes, stem, unstemmed
from archive.search.direct import named
from archive.search.expression import AnyOf, Expression, Word, any_of
from archive.search.fields import GROUPS, Group
from archive.search.heard import heard
from archive.search.query import YEAR, NoField, ReadAs, Understood, Unknown, understand
from archive.search.state import LANGUAGE, BadValue, years

FIELDS = {
    "by": ("country", "minister"),
    "in": ("dialogue",),
    "country": ("country",),
    "minister": ("minister",),
    "dialogue": ("dialogue",),
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


class Asking:
    """Reads queries; each field of a query costs four queries of the database at most, ten fields are read."""

    def __init__(self) -> None:
        self.asked = 0

    def understand(self, text: str) -> Understood:
        return understand(text, self.resolve, begun, heard, FIELDS)

    def resolve(self, name: str, value: str) -> Expression:
        """Raises Unknown, with what could be written instead."""
        groups = FIELDS.get(name)
        if groups is None:
            message = _("There is no field “%(name)s:”; there are %(names)s.")
            raise NoField(message % {"name": name, "names": ", ".join(f"{one}:" for one in FIELDS)})
        self.asked += 1
        if self.asked > MOST_FIELDS:
            raise Unknown(_("Only %(n)s fields are read.") % {"n": MOST_FIELDS})
        group = GROUPS[groups[0]]
        if group.records:
            return recorded(name, groups, value)
        if group.name == "year":
            return in_years(group, value.lower())
        if group.choices:
            return coded(group, value)
        if not LANGUAGE.fullmatch(value.lower()):
            raise Unknown(_("A language is a code such as en or ja."))
        return Word(group.mark(value.lower()))


def in_years(group: Group, value: str) -> Expression:
    """Entries of these years; a range that is written backwards is read forwards, and that is said."""
    try:
        return any_of(*(Word(group.mark(year)) for year in years(value)))
    except BadValue as bad:
        last, _dots, first = value.partition("..")
        if not (is_year(first) and is_year(last) and first < last):
            raise Unknown(bad.message) from bad
        message = _("The earlier year stands first; it was read as “year:%(first)s..%(last)s”.")
        read = f"{first}..{last}"
        asked = in_years(group, read)
        raise ReadAs(message % {"first": first, "last": last}, asked, read) from bad


def is_year(written: str) -> bool:
    return YEAR.fullmatch(written) is not None


def recorded(field: str, groups: tuple[str, ...], value: str) -> Expression:
    """Entries marked with the records that are called so."""
    kinds = [GROUPS[name].records for name in groups]
    found = named(value, kinds)[0]
    best = [one for one in found if one.share >= found[0].share * 0.9][:MEANT]
    if not best:
        message = _("Nothing is called “%(value)s” that “%(field)s:” could mean.")
        raise Unknown(message % {"value": value, "field": field})
    by_kind = {GROUPS[name].records: GROUPS[name] for name in groups}
    entries = SearchEntry.objects.shown(one.number for one in best)
    meant = [entries[one.number] for one in best]
    return any_of(*(Word(by_kind[entry.kind].mark(entry.pid)) for entry in meant))


def coded(group: Group, value: str) -> Expression:
    """Entries marked with the codes whose words begin so: `verb:reaffirm`, `strength:pledges`."""
    asked = [stem(word) for word in value.replace("_", " ").split()]
    found = [
        code
        for code, label in (group.choices or {}).items()
        if code == value.lower()
        or asked == lexemes(code.replace("_", " "))[: len(asked)]
        or asked == lexemes(str(label))[: len(asked)]
    ]
    if not found or not asked:
        message = _("“%(value)s” is none of: %(values)s.")
        raise Unknown(message % {"value": value, "values": ", ".join(group.choices or ())})
    return any_of(*(Word(group.mark(code)) for code in found))


def begun(prefix: str) -> Expression:
    """Words that begin so, or have it as their stem: the two hundred that are in most entries; one query."""
    beginning = unstemmed(prefix)
    if not beginning:
        return any_of()
    found = Lexeme.objects.beginning(beginning, MOST_BEGUN)
    words = dict.fromkeys([*found, *filter(None, [stem(prefix)])])
    return AnyOf(tuple(map(Word, words)), beginning)
