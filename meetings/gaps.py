"""What a meeting's record does not say, said aloud."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

PLACELESS = ("online", "telephone")


def gaps(meeting: dict[str, Any], members: list[dict[str, Any]]) -> list[str]:
    """Sentences on what no source gave; `meeting` as its edition has it, `members` as `Country.words()`."""
    delegates = [one for delegation in meeting["delegations"] for one in delegation["delegates"]]
    outcomes = [one for one in meeting["outcomes"] if one["nature"] != "background"]
    present = {delegation["country"]["id"] for delegation in meeting["delegations"]}
    silent = [member["name"] for member in members if member["id"] not in present]
    loose = sum(1 for one in outcomes if not one["agenda_item"])
    checks = [
        (not meeting["start"], _("The date.")),
        (
            not any(place["city"] for place in meeting["places"]) and meeting["format"] not in PLACELESS,
            _("The place."),
        ),
        (
            not any(place["venue"] for place in meeting["places"]) and meeting["format"] not in PLACELESS,
            _("The venue."),
        ),
        (not any(one["presiding"] for one in delegates), _("Who chaired.")),
        (bool(silent), _("Who represented %(names)s.") % {"names": ", ".join(silent)}),
        (any(not one["name"] for one in delegates), _("The names of some delegates.")),
        (not meeting["agenda"], _("The agenda.")),
        (not outcomes, _("What was agreed or said.")),
        (
            bool(loose and meeting["agenda"]),
            _("Under which agenda item %(count)s points fell.") % {"count": loose},
        ),
        (not meeting["statements"], _("Whether a document was issued.")),
    ]
    return [str(sentence) for holds, sentence in checks if holds]
