"""The lexicon of verbs in exchange files: the section `lexicon`, a family a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError

from archive.exchange.errors import ExchangeError
from archive.exchange.export import Exporter
from archive.exchange.fragments import Fragment
from archive.exchange.rows import RowWriter, delete_rows
from archive.exchange.shapes import LEXICON
from archive.models import VerbFamily, publish_lexicon
from registry.kit import canonical
from registry.models import Editor

Mapping = dict[str, Any]


def exported() -> list[Mapping]:
    """Every family with its verbs and their forms, as files have them; three queries."""
    exporter = Exporter(public=False)
    families = list(VerbFamily.objects.order_by("number", "key"))
    beneath = exporter.beneath(LEXICON, families)
    return [
        exporter.columns(LEXICON, family, {}, place=place)
        | {name: items for name in LEXICON.children if (items := beneath[name].get(family.pk))}
        for place, family in enumerate(families, 1)
    ]


def load(
    fragments: list[Fragment],
    writer_for: Callable[[Fragment], RowWriter],
    *,
    by: Editor | None,
    overwrite: bool,
) -> str:
    """Store the lexicon of a file where none is held or `overwrite` says so: new, same, changed, or kept (it differs).

    Raises ExchangeError for what is not understood.
    """
    held, brought = exported(), [fragment.data for fragment in fragments]
    if held and canonical.dumps(held) == canonical.dumps(brought):
        return "same"
    if held and not overwrite:
        return "kept"
    delete_rows(LEXICON, VerbFamily.objects.all())
    for number, fragment in enumerate(fragments, 1):
        writer = writer_for(fragment)
        columns, _lists = writer.values(LEXICON, {"number": number, **fragment.data}, None)
        try:
            family = VerbFamily.objects.create(**columns)
            writer.children(LEXICON, family, fragment.data, None, LEXICON.children)
        except IntegrityError as error:
            message = "every family and verb needs a key of its own, and a rank from 1 on."
            raise ExchangeError(fragment.file, fragment.place, "key", message) from error
    publish_lexicon(by)
    return "changed" if held else "new"
