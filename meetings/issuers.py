"""What issuers did with their statements since, as the current editions tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from meetings.models import IssuerState
from registry.models import Edition, State

IN_FORCE = f'"issuer_state":"{IssuerState.IN_FORCE}"'
"""As editions have it, which are canonical JSON; within their texts quotation marks are escaped."""


def not_in_force(pids: Iterable[str]) -> dict[str, Edition]:
    """The current edition of each of these statements that its issuer retracted, corrected or the like; one query."""
    statements = Edition.objects.current_of(list(pids)).filter(pid__kind="statement", pid__state=State.PUBLIC)
    return {one.pid_id: one for one in statements.exclude(content__contains=IN_FORCE)}


def statements_of(commitments: Iterable[str]) -> dict[str, str]:
    """The statement that each of these commitments was taken from, where it was from one; one query."""
    editions = Edition.objects.current_of(list(commitments)).filter(pid__state=State.PUBLIC)
    statements = {one.pid_id: one.data["statement"] for one in editions}
    return {pid: statement["id"] for pid, statement in statements.items() if statement}


def resting_on(kinds: dict[str, str]) -> dict[str, Edition]:
    """By the pids of these records, whose kinds are given, the edition that tells what the issuer did.

    A commitment rests on the statement it was taken from. Two queries at most.
    """
    commitments = [pid for pid, kind in kinds.items() if kind == "commitment"]
    rests_on = {pid: pid for pid, kind in kinds.items() if kind == "statement"}
    rests_on |= statements_of(commitments) if commitments else {}
    told = not_in_force(set(rests_on.values())) if rests_on else {}
    return {pid: told[statement] for pid, statement in rests_on.items() if statement in told}


def first_told(editions: Iterable[Edition]) -> dict[str, Edition]:
    """By pid the edition since which the record says what these current ones say of the issuer; one query."""
    states = {one.pid_id: one.data["issuer_state"] for one in editions}
    found: dict[str, Any] = {}
    for edition in Edition.objects.filter(pid__in=list(states)).order_by("pid", "number") if states else ():
        if edition.data["issuer_state"] != states[edition.pid_id]:
            found.pop(edition.pid_id, None)
        else:
            found.setdefault(edition.pid_id, edition)
    return found
