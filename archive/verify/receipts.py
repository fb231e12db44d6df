"""Keeping what the verifier answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from archive.models import Receipt
from archive.models.receipt import KEPT_WHOLE
from archive.pagecache import Clock
from archive.verify.verifier import sha256_of

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
