"""What follows from a correction of a source: new editions of all that cites it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from registry import turns
from registry.models import Edition, Editor
from registry.models.record import record_models
from registry.verbs.foundations import Kind
from registry.verbs.publication import republish


@transaction.atomic
def publish_citing(keys: Iterable[str], *, by: Editor | None, note: str) -> None:
    """Publish again each public record whose current edition cites one of these sources, where it says another thing.

    Raises ValidationError where one does and the note is missing. Reads every current edition, for rare acts only.
    """
    turns.take()
    kinds, models = dict[Kind, dict[Any, None]](), record_models()
    for key in keys:
        for kind, pid in Edition.objects.citing(key).order_by("pid").values_list("pid__kind", "pid"):
            kinds.setdefault(models[kind], {})[pid] = None
    republish([(kind, list(pks)) for kind, pks in kinds.items()], by=by, note=note, done=set())
