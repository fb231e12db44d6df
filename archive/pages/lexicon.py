"""The lexicon of verbs: families as ladders, the strongest first, with forms and how often each occurs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import asked
from archive.formats.language import VERBS
from archive.harvest.further import of_records
from archive.models import LexiconEdition
from archive.pages.respond import Rows, respond
from meetings import spoken
from meetings.lexicon import SCALE
from meetings.models import Commitment

Data = dict[str, Any]
LANGUAGES = ("en", "ru", "ja")


@asked.knowing(asked.FEED)
def lexicon(request: HttpRequest) -> HttpResponseBase:
    """Every verb with its rank, its forms, and the number of commitments and remarks that have it."""
    known, edition = LexiconEdition.objects.lexicon()
    by_verb, by_strength = spoken.verb_counts()
    families = [
        {**family, "rungs": rungs(family["verbs"], by_verb), "count": len(family["verbs"])}
        for family in known.data["families"]
    ]
    rows = [verb_row(family, verb, by_verb) for family in known.data["families"] for verb in family["verbs"]]
    scale = [{"strength": code, "outcomes": by_strength.get(code, 0)} for code in SCALE]
    data = {
        "edition": edition.about() if edition else None,
        "scale": scale,
        "count": len(rows),
        "results": rows,
    }
    context = {
        "families": families,
        "edition": edition,
        "scale": scale,
        "count": len(rows),
        "canonical": "/lexicon/",
    }
    further = of_records("/lexicon/", _("Lexicon of verbs"), Commitment.objects.ever_public)
    rows_of = Rows(VERBS, rows)
    return respond(request, "lexicon/lexicon.html", context, data=data, rows=rows_of, further=further)


def rungs(verbs: list[Data], counts: dict[str, int]) -> list[tuple[int, list[Data]]]:
    """Verbs by rank, the strongest first: those of one rank stand on one rung."""
    found: dict[int, list[Data]] = {}
    for verb in verbs:
        found.setdefault(verb["rank"], []).append({**verb, "outcomes": counts.get(verb["key"], 0)})
    return sorted(found.items(), reverse=True)


def verb_row(family: Data, verb: Data, counts: dict[str, int]) -> Data:
    return {
        "family": family["key"],
        "family_name": family["name"],
        "rank": verb["rank"],
        "verb": verb["key"],
        "name": verb["name"],
        "strength": verb["strength"],
        "outcomes": counts.get(verb["key"], 0),
        **{f"forms_{code}": "; ".join(verb["forms"].get(code, ())) for code in LANGUAGES},
    }
