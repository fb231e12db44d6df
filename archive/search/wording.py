"""A query said in words: fields by what they name, so that readers see whether they were understood."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.search.clauses import Clause, How
from archive.search.expression import named_in
from archive.search.facets import Labels
from archive.search.fields import UNDATED, group_of
from archive.search.query import Understood
from archive.search.state import ranges

MOST = 4
"""Names that one field is said to mean; of more the others are counted."""
BY, IN, ON = gettext_lazy("by %(names)s"), gettext_lazy("in %(names)s"), gettext_lazy("on %(names)s")
WRITTEN = gettext_lazy("written in %(names)s")
FIELDS: dict[str, Promise] = {
    "by": BY,
    "country": BY,
    "minister": BY,
    "in": IN,
    "dialogue": IN,
    "series": IN,
    "topic": ON,
    "about": ON,
    "verb": gettext_lazy("with the verb %(names)s"),
    "strength": gettext_lazy("of the strength %(names)s"),
    "type": gettext_lazy("among %(names)s"),
    "lang": WRITTEN,
    "language": WRITTEN,
    "certainty": gettext_lazy("of the certainty %(names)s"),
}
QUOTED = ("verb", "strength", "certainty")
"""Fields whose values are words of our own, no names."""


def in_words(clause: Clause, labels: Labels) -> str:
    """A condition as a reader would say it."""
    said = [in_words(part, labels) for part in clause.parts]
    match clause.how:
        case How.NOT:
            return _("not %(what)s") % {"what": said[0]}
        case How.GROUP:
            return f"({said[0]})"
        case How.AND:
            return _(" and ").join(said)
        case How.OR:
            return _(" or ").join(said)
        case How.BEGINNING:
            return _("words that begin with “%(start)s”") % {"start": clause.text.rstrip("*")}
        case How.FIELD:
            return (in_years if clause.field == "year" else named)(clause, labels) or clause.text
    return clause.text


def sentences(understood: Understood, labels: Labels) -> list[str]:
    """The conditions of a query in words, those that are single words with the function words between them as one."""
    found = []
    typed = sorted([*understood.parts, *understood.between], key=lambda one: one.start)
    for is_words, some in groupby(typed, key=lambda one: one.how in (How.WORD, How.YEAR)):
        said = [in_words(one, labels) for one in some]
        found += [" ".join(said)] if is_words else said
    return found


def named(clause: Clause, labels: Labels) -> str:
    """A field by the labels of what it names; nothing where none of it is public any more."""
    names = labels_in(clause, labels)
    if not names:
        return ""
    if clause.field in QUOTED:
        names = [f"“{name}”" for name in names]
    return str(FIELDS[clause.field]) % {"names": either(names)}


def labels_in(clause: Clause, labels: Labels) -> list[str]:
    """What the marks of a field are called, each once."""
    found = []
    for one in named_in(clause.expression):
        for mark in one.lexemes:
            group = group_of(mark)
            if group and (label := labels.of(group, group.value(mark))):
                found.append(label[1])
    return list(dict.fromkeys(found))


def either(names: Sequence[str]) -> str:
    """One of these; of very many the first."""
    if len(names) > MOST:
        rest = len(names) - MOST
        more = ngettext("%(n)s other", "%(n)s others", rest) % {"n": rest}
        names = [*names[:MOST], more]
    if len(names) < 2:
        return names[0]
    return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def in_years(clause: Clause, _labels: Labels) -> str:
    """From 2010 to 2022."""
    marks = [mark for one in named_in(clause.expression) for mark in one.lexemes]
    values = {group.value(mark) for mark in marks if (group := group_of(mark))}
    return _(" or ").join(span(one) for one in ranges(values))


def span(years: str) -> str:
    """A year, a range of years or the undated in words."""
    if years == UNDATED:
        return _("without a date")
    first, dots, last = years.partition("..")
    if not dots:
        return _("in %(year)s") % {"year": first}
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": first, "last": last}
    if first or last:
        return (_("from %(first)s on") if first else _("until %(last)s")) % {"first": first, "last": last}
    return _("with a date")
