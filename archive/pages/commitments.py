"""A commitment and its chain."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import asked
from archive.address import Address
from archive.deadlines import today
from archive.formats.chain_rows import CHAIN, chain_rows
from archive.harvest.further import of_list
from archive.pages.found import Found
from archive.pages.respond import Rows, respond
from meetings.chains import CommitmentChain, connected
from meetings.issuers import not_in_force
from meetings.models import Commitment
from meetings.steps import Rung
from registry.models import Pid


def beside(found: Found) -> dict[str, Any]:
    """The edition, and how others took it up, which is said live beside it."""
    statement = found.data["statement"]
    return found.context(
        chain=CommitmentChain(found.pid.value, today()),
        issued=issuer_says(statement["id"]) if statement else None,
    )


def issuer_says(statement: str) -> dict[str, Any] | None:
    """What its issuer did with the statement that a commitment was taken from, as told today; one query."""
    told = not_in_force([statement]).get(statement)
    if told is None:
        return None
    facts = {"state": told.data["issuer_state"], "note": told.data["issuer_state_note"]}
    return {**facts, "title": told.data["title"], "edition": told.number}


@asked.knowing(asked.FEED)
def chain(request: HttpRequest, address: Address, pid: Pid) -> HttpResponseBase:
    """The ladder alone: every step and link a row, as JSON and CSV too; followed by what changes in it."""
    found = CommitmentChain(pid.value, today())
    rows = list(chain_rows(found))
    title = _("Chain of “%(title)s”") % {"title": pid.title}
    shown = Commitment.objects.public().among(list(found.steps))
    further = of_list(
        str(address),
        title,
        shown,
        lambda: Commitment.objects.ever_public().among(connected(pid.value, ever=True)),
    )
    context = {
        "pid": pid,
        "chain": found,
        "summary": found.steps[pid.value].data["summary"],
        "canonical": str(address),
        "count": len(rows),
        "downloads": [("CSV", "?format=csv"), ("JSON", "?format=json"), ("JSON Lines", "?format=jsonl")],
    }
    data = {"id": pid.value, "title": pid.title, **in_short(found), "count": len(rows), "results": rows}
    return respond(
        request, "commitments/chain.html", context, data=data, rows=Rows(CHAIN, rows), further=further
    )


def in_short(found: CommitmentChain) -> dict[str, Any]:
    """How much of the chain there is, and when it was first and last said."""
    dated = [rung for rung in found.rungs if rung.place.earliest]
    return {
        "commitments": len(found),
        "meetings": len(found.rungs),
        "not_mentioned": found.silent,
        "no_text": found.untold,
        "since": len(found.since),
        "is_whole": found.is_whole,
        "first_said": said(dated[0]) if dated else None,
        "last_said": said(found.last_said) if found.last_said else None,
    }


def said(rung: Rung) -> dict[str, Any]:
    return {"id": rung.said["id"], "title": rung.said["title"], "date": rung.date}
