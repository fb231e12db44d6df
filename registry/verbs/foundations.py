"""What records stand on, and what stands on them: a meeting on its dialogue, a statement on its meetings."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.models import Pid, Record, record_models

Kind = type[Record]
NAMED = 3
"""Records that a refusal names; of more it says how many."""


def foundations(kind: Kind, pks: Sequence[Any]) -> Iterator[tuple[str, Any, str]]:
    """Each that one of these stands on: the field, the pid, the sentence that says so; a query for each field."""
    for field, lookup, words in kind.FOUNDATIONS:
        stated = kind.objects.filter(pk__in=pks, **{f"{lookup}__isnull": False})
        for value in stated.order_by().values_list(lookup, flat=True).distinct():
            yield field, value, words


def require_foundations(kind: Kind, pks: Sequence[Any], *, along: Container[Any] = ()) -> None:
    """Raise ValidationError, by field, for a record that stands on something that is not public.

    What stands in `along` is made public in the same transaction.
    """
    needs = list(foundations(kind, pks))
    pids = Pid.objects.in_bulk([pid for _field, pid, _words in needs if pid not in along])
    missing: dict[str, dict[str, None]] = {}
    for field, value, words in needs:
        if value in pids and not pids[value].is_public:
            missing.setdefault(field, {})[way_out(pids[value], words)] = None
    if missing:
        raise ValidationError({field: list(reasons) for field, reasons in missing.items()})


def way_out(pid: Pid, words: str) -> str:
    """What to do before anything can stand on this record; `words` for one that was never public."""
    if not pid.was_published:
        return str(words)
    return _("“%(title)s” (%(pid)s) is no longer public: restore it first.") % {
        "title": pid.title,
        "pid": pid.value,
    }


def standing_on(pks: Collection[Any]) -> list[tuple[Kind, list[Any]]]:
    """Public records that stand on these, and what stands on those in turn, by kind; some queries a level."""
    found: dict[Kind, dict[Any, None]] = {}
    known, level = set(pks), list(pks)
    while level:
        above: dict[Any, None] = {}
        for kind in record_models().values():
            for _field, lookup, _words in kind.FOUNDATIONS:
                standing = kind.objects.public().filter(**{f"{lookup}__in": level}).order_by("pk")
                new = dict.fromkeys(pk for pk in standing.values_list("pk", flat=True) if pk not in known)
                found.setdefault(kind, {}).update(new)
                above |= new
        known |= above.keys()
        level = list(above)
    return [(kind, list(its)) for kind, its in found.items() if its]


def require_nothing_above(pks: Collection[Any]) -> None:
    """Raise ValidationError, naming some, where public records stand on one of these that are to go."""
    above = [pk for _kind, its in standing_on(pks) for pk in its]
    if not above:
        return
    named = [f"“{pid.title}” ({pid.value})" for pid in Pid.objects.filter(pk__in=above[:NAMED])]
    more = _(" and %(count)s more") % {"count": len(above) - NAMED} if len(above) > NAMED else ""
    message = _("On this stand %(named)s%(more)s: withdraw them along with it, or before.")
    raise ValidationError({"along": message % {"named": ", ".join(named), "more": more}})
