"""What is said beside words of a statement that its issuer retracted, corrected or superseded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from meetings import issuers
from meetings.models import IssuerState
from registry.models import Pid

Data = dict[str, Any]


class Issued:
    """What the issuers did with what these records are, or were taken from; three queries at most.

    The pids were loaded with their survivors: of a record that was merged, the one that goes on tells.
    """

    def __init__(self, pids: Iterable[Pid]) -> None:
        today = {continuing(pid).value: continuing(pid).kind for pid in pids}
        self.tellers = issuers.resting_on(today)
        self.first = issuers.first_told(self.tellers.values())

    def of(self, pid: Pid) -> Data:
        today = continuing(pid)
        teller = self.tellers.get(today.value)
        if teller is None:
            is_said = today.kind == "statement" and today.is_public
            state, note, since = IssuerState.IN_FORCE.value if is_said else None, "", None
        else:
            first = self.first[teller.pid_id]
            since = {"edition": first.number, "published_at": first.published_at.isoformat()}
            state, note = teller.data["issuer_state"], teller.data["issuer_state_note"]
        is_taken = teller is not None and teller.pid_id != today.value
        return {
            "issuer_state": state,
            "issuer_state_note": note,
            "issuer_state_since": since,
            "rests_on": teller.pid.as_data() if teller and is_taken else None,
        }


def continuing(pid: Pid) -> Pid:
    """The record that goes on: of a merged one the survivor."""
    return pid.survivor or pid
