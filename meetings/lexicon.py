"""Which of two verbs is the stronger: by rank within a family, by the archive’s scale of strength between families."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from meetings.models import Strength
from registry.kit.tokens import tokens

Data = dict[str, Any]
SCALE = {code: len(Strength.values) - place for place, code in enumerate(Strength.values)}
"""The archive’s scale of strength: 8 pledges to 1 discussed."""


@dataclass(frozen=True)
class Said:
    """A verb as an outcome has it; `family` and `rank` are None where the lexicon does not know it."""

    verb: str
    name: str
    strength: str
    family: str | None = None
    rank: int | None = None

    @property
    def force(self) -> tuple[int, int]:
        """To order any verbs, the strongest highest."""
        return SCALE.get(self.strength, 0), self.rank or 0


@dataclass(frozen=True)
class Lexicon:
    """A lexicon as an edition of it has it: `{"families": [{"key", "name", "verbs": [{"key", "rank", "forms"}]}]}`."""

    data: Data

    @cached_property
    def by_key(self) -> dict[str, tuple[Data, Data]]:
        """Each verb with its family, by the verb’s key."""
        return {verb["key"]: (verb, family) for family in self.data["families"] for verb in family["verbs"]}

    @cached_property
    def by_form(self) -> dict[tuple[str, ...], tuple[Data, Data]]:
        """Each verb with its family, by each of its forms as even tokens."""
        return {
            tokens(form).even: found
            for found in self.by_key.values()
            for forms in found[0]["forms"].values()
            for form in forms
        }

    def said(self, outcome: Data) -> Said:
        """The verb of an outcome: as it was printed where a form of the lexicon is, else by its kind."""
        printed = tokens(outcome.get("verb_printed") or "").even
        found = self.by_form.get(printed) if printed else None
        found = found or self.by_key.get(outcome["verb"])
        if found is None:
            return Said(outcome["verb"], outcome["verb"].replace("_", " "), outcome["strength"])
        verb, family = found
        return Said(outcome["verb"], verb["name"], outcome["strength"], family["key"], verb["rank"])


def change(before: Said, after: Said) -> str:
    """strengthened, softened or same: the later verb beside the earlier one.

    In one family their ranks decide, and of equal rank the strength recorded; between families the strength alone.
    """
    steps = [(SCALE.get(before.strength, 0), SCALE.get(after.strength, 0))]
    if before.family is not None and before.family == after.family:
        steps.insert(0, (before.rank or 0, after.rank or 0))
    for one, other in steps:
        if one != other:
            return "strengthened" if other > one else "softened"
    return "same"
