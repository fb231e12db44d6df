"""What an OAI-PMH request asks, and what is wrong with it (OAI-PMH 2.0, sections 3 and 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.kit.text import WHOLE_NUMBER

SELECTIVE = frozenset({"from", "until", "set", "metadataPrefix"})
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), SELECTIVE | {"resumptionToken"}),
    "ListRecords": (frozenset({"metadataPrefix"}), SELECTIVE | {"resumptionToken"}),
}
"""Each verb with the arguments it requires, and those it allows beside them."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
SET = re.compile(r"[A-Za-z0-9_.!~*'()-]+(:[A-Za-z0-9_.!~*'()-]+)*")


class OaiError(Exception):
    """An error that the protocol names by its `code`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message

    @property
    def hides_arguments(self) -> bool:
        """Whether `request` must not repeat the arguments (section 3.6)."""
        return self.code in ("badVerb", "badArgument")


@dataclass(frozen=True)
class Listing:
    """A selective list, from there on after the change numbered `after`; `seen` records were given before."""

    prefix: str
    since: str = ""
    until: str = ""
    set_spec: str = ""
    after: int = 0
    seen: int = 0

    def token(self) -> str:
        """The resumption token: all of this and nothing that is kept here, so it never expires."""
        return ",".join((self.prefix, self.since, self.until, self.set_spec, str(self.after), str(self.seen)))

    @property
    def start(self) -> datetime | None:
        return moment(self.since) if self.since else None

    @property
    def end(self) -> datetime | None:
        """The first moment after `until`, which is inclusive."""
        if not self.until:
            return None
        step = timedelta(days=1) if DAY.fullmatch(self.until) else timedelta(seconds=1)
        try:
            return moment(self.until) + step
        except OverflowError:
            return datetime.max.replace(tzinfo=UTC)


def moment(text: str) -> datetime:
    """The moment that a UTCdatetime names, a day from its first. Raises ValueError."""
    if DAY.fullmatch(text):
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    if SECOND.fullmatch(text):
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    raise ValueError(text)


def checked(query: QueryDict) -> dict[str, str]:
    """The arguments, each once, of a verb that exists. Raises OaiError."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", _("Give “verb” once, one of: %(verbs)s.") % {"verbs": ", ".join(VERBS)})
    arguments = {name: str(query[name]) for name in query}
    required, optional = VERBS[verbs[0]]
    repeated = [name for name in query if len(query.getlist(name)) > 1]
    unknown = sorted(set(arguments) - required - optional - {"verb"})
    if repeated:
        raise OaiError("badArgument", _("“%(name)s” is given more than once.") % {"name": repeated[0]})
    if unknown:
        message = _("%(verb)s does not take “%(name)s”.") % {"verb": verbs[0], "name": unknown[0]}
        raise OaiError("badArgument", message)
    if "resumptionToken" in arguments:
        if len(arguments) > 2:
            raise OaiError("badArgument", _("A resumptionToken is given alone, with the verb."))
        return arguments
    missing = sorted(required - set(arguments))
    if missing:
        message = _("%(verb)s needs “%(name)s”.") % {"verb": verbs[0], "name": missing[0]}
        raise OaiError("badArgument", message)
    return arguments


def first_listing(arguments: dict[str, str]) -> Listing:
    """The list that the arguments ask for. Raises OaiError."""
    since, until = arguments.get("from"), arguments.get("until")
    ends = {}
    for name, value in (("from", since), ("until", until)):
        if value is not None:
            try:
                ends[name] = moment(value)
            except ValueError as error:
                message = _("“%(name)s” is written 2024-05-01 or 2024-05-01T09:00:00Z.") % {"name": name}
                raise OaiError("badArgument", message) from error
    if since is not None and until is not None:
        if len(since) != len(until):
            raise OaiError("badArgument", _("“from” and “until” are both days, or both moments."))
        if ends["from"] > ends["until"]:
            raise OaiError("badArgument", _("“from” is not later than “until”."))
    set_spec = arguments.get("set", "")
    if "set" in arguments and not SET.fullmatch(set_spec):
        raise OaiError("badArgument", _("“set” is the code of a dialogue, such as ca-jad."))
    return Listing(arguments["metadataPrefix"], since or "", until or "", set_spec)


def resumed(token: str, newest: int) -> Listing:
    """The list that a token goes on with. Raises OaiError where no list of ours gave it."""
    parts = token.split(",")
    try:
        prefix, since, until, set_spec, *rest = parts
        after, seen = (int(one) for one in rest if WHOLE_NUMBER.fullmatch(one))
        for end in filter(None, (since, until)):
            moment(end)
        if len(rest) != 2 or not (seen > 0 and 0 < after <= newest):
            raise ValueError(token)
        if set_spec and not SET.fullmatch(set_spec):
            raise ValueError(token)
    except ValueError as error:
        message = _("That resumptionToken is none of ours; begin the list anew.")
        raise OaiError("badResumptionToken", message) from error
    return Listing(prefix, since, until, set_spec, after, seen)
