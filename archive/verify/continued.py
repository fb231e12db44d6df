"""Whether what was cited of a record that was merged stands in the one that goes on, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from archive.address import Address
from archive.verify.records import Records
from archive.verify.references import Cited
from registry.models import Edition, State

Data = dict[str, Any]


@dataclass(frozen=True)
class Continued:
    """How the record goes on, in words; and where exactly the words cited stand in it, in this edition."""

    said: str
    edition: Edition | None = None
    address: Address | None = None


def continued(cited: Cited, records: Records) -> Continued:
    """Of an edition of a merged record, which stands as it was."""
    survivor = cited.named.survivor
    assert survivor
    said = _("This edition stands as it was; the record goes on as %(id)s.") % {"id": survivor.value}
    edition = records.edition(survivor, survivor.edition_number)
    if survivor.state == State.WITHDRAWN or edition is None:
        return Continued(f"{said} {_('That one was withdrawn.')}")
    if not are_words_cited(cited):
        because = _("No words were cited that could be looked for in it: compare the two before you cite it.")
        return Continued(f"{said} {because}")
    address = next(standing(cited, edition, survivor.path or ""), None)
    if address is None:
        return Continued(f"{said} {_('The words cited do not stand in it, or not exactly so.')}")
    return Continued(f"{said} {_('The words cited stand in it too.')}", edition, address)


def are_words_cited(cited: Cited) -> bool:
    """Whether a paragraph, a text, or a record that has texts or a quotation was cited."""
    whole = [cited.edition.data.get("quote"), *map(paragraphs_of, texts_of(cited.edition))]
    return bool(cited.paragraph or paragraphs_of(cited.text) or (not cited.text and any(whole)))


def standing(cited: Cited, edition: Edition, path: str) -> Iterator[Address]:
    """Each place in this edition where the words stand, those in the same text and under the same key first."""
    segment, key, texts = cited.address.text, cited.address.paragraph, texts_of(edition)
    for text in sorted(texts, key=lambda text: bool(text["segment"] != segment)):
        there = Address(path, edition.number, text["segment"])
        if cited.paragraph:
            same = [one["key"] for one in text["paragraphs"] if one["text"] == cited.paragraph["text"]]
            yield from (
                replace(there, paragraph=one) for one in sorted(same, key=lambda one: bool(one != key))
            )
        elif cited.text and paragraphs_of(text) == paragraphs_of(cited.text):
            yield there
    if not (cited.text or cited.paragraph) and are_all_in(cited.edition, edition):
        yield Address(path, edition.number)


def are_all_in(cited: Edition, edition: Edition) -> bool:
    """Whether every text of the one stands in the other, and its quotation is the same."""
    held = [paragraphs_of(text) for text in texts_of(edition)]
    is_quoted = cited.data.get("quote") == edition.data.get("quote")
    return is_quoted and all(paragraphs_of(text) in held for text in texts_of(cited))


def texts_of(edition: Edition) -> list[Data]:
    return list(edition.data.get("texts", ()))


def paragraphs_of(text: Data | None) -> list[str]:
    return [one["text"] for one in text["paragraphs"]] if text else []
