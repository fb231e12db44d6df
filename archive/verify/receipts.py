"""Keeping what the verifier answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from archive.models import Receipt
from archive.models.receipt import KEPT_WHOLE
from archive.pagecache import Clock
from archive.verify.verifier import sha256_of
from registry.models import Pid

LONGEST_PASSAGE = 500
Data = dict[str, Any]


def keep(text: str, verdicts: Data, clock: Clock) -> Receipt:
    """The receipt of this text at this state of the archive; the same one however often it is asked for."""
    facts = {"sha256": sha256_of(text), "change": clock.tick, "version": settings.VERSION}
    known = Receipt.objects.filter(**facts).first()
    if known:
        return known
    receipt = Receipt(
        **facts,
        length=len(text),
        text=text if len(text) <= KEPT_WHOLE else "",
        changed_at=clock.changed_at,
        verdicts={**verdicts, "passages": [shortened(one) for one in verdicts["passages"]]},
    )
    try:
        with transaction.atomic():
            receipt.save()
    except IntegrityError:  # Somebody kept the same in this moment.
        return Receipt.objects.get(**facts)
    return receipt


def shortened(verdict: Data) -> Data:
    """A verdict with the words pasted only as far as a reader needs to know which they were, and their SHA-256."""
    passage = verdict["passage"]
    is_long = len(passage) > LONGEST_PASSAGE
    kept = {**verdict, "sha256": sha256_of(passage), "parts": [shortened(part) for part in verdict["parts"]]}
    if is_long:
        kept["passage"] = f"{passage[:LONGEST_PASSAGE]}…"
        kept["difference"] = []
    return kept


def shown(receipt: Receipt) -> Data:
    """The receipt as it was kept, but for words of records withdrawn since; one query."""
    data = receipt.as_data()
    gone = Pid.objects.withdrawn_among(set(cited_ids(data["passages"])))
    return {**data, "passages": [without_words(one, gone) for one in data["passages"]]} if gone else data


def cited_ids(verdicts: list[Data]) -> Iterator[str]:
    for verdict in verdicts:
        yield from (place["id"] for place in verdict["places"])
        yield from cited_ids(verdict["parts"])


def without_words(verdict: Data, gone: set[str]) -> Data:
    """A verdict that no longer quotes the records that are gone."""
    places = [
        {**place, "today": None} if place["id"] in gone and "today" in place else place
        for place in verdict["places"]
    ]
    is_lost = any(place["id"] in gone for place in verdict["places"])
    parts = [without_words(part, gone) for part in verdict["parts"]]
    return {
        **verdict,
        "places": places,
        "parts": parts,
        "difference": [] if is_lost else verdict["difference"],
    }
