"""What a public address names: a record, one of its editions, a text, a paragraph, a view of it.

The grammar: `path[@edition][/text][/~paragraph]` or a view such as `path/history`, as in
`ca-jad/2022/fm-9/joint-statement@3/en/~p4`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import Http404

from registry.kit import pids
from registry.models import Path, Pid, State
from registry.paths import MAX_LENGTH, PATH, RECORD_ROOMS

LONGEST = MAX_LENGTH + 100
"""Characters of an address: a path with edition, text and paragraph. Nothing is looked up of what is longer."""

ADDRESS = re.compile(
    r"(?P<path>[a-z0-9/-]+?)(?:@(?P<edition>[1-9][0-9]{0,5}))?(?P<rest>/[a-z0-9/-]+?)?(?:/~(?P<paragraph>[a-z0-9-]+))?"
)
BY_ID = re.compile(
    r"(?P<room>[a-z]+)/(?P<pid>[^/@]+)(?:@(?P<edition>[1-9][0-9]{0,5}))?(?P<rest>(?:/[a-z0-9-]+)*)"
    r"(?:@(?P<last>[1-9][0-9]{0,5})(?P<beneath>(?:/[a-z0-9-]+)*))?"
)
TEXT = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
HISTORY, ATTENDANCE = "history", "attendance"
VIEWS = frozenset({HISTORY, ATTENDANCE, "chain", "language"})
"""What else stands beneath a record: views of it, which are no records."""


@dataclass(frozen=True)
class Address:
    """A record's path with what is asked of it; `edition` None means the current one."""

    path: str
    edition: int | None = None
    text: str | None = None
    paragraph: str | None = None
    view: str | None = None

    def at(self, path: str) -> Address:
        return replace(self, path=path)

    def __str__(self) -> str:
        """With slashes at both ends, as it stands in links."""
        edition = f"@{self.edition}" if self.edition else ""
        parts = [self.path + edition, self.text, f"~{self.paragraph}" if self.paragraph else None]
        parts.append(self.view)
        return "/" + "/".join(part for part in parts if part) + "/"


Place = tuple[Address, Pid]
"""An address, and the record it is of."""


def readings(text: str) -> list[Address]:
    """Each way the text (no slashes at its ends) can be read, the longest record path first."""
    match = ADDRESS.fullmatch(text) if len(text) <= LONGEST else None
    if not match:
        return []
    path, rest, paragraph = match["path"], (match["rest"] or "").strip("/"), match["paragraph"]
    edition = int(match["edition"]) if match["edition"] else None
    if edition:
        heads = [(path, rest)]
    else:
        whole = f"{path}/{rest}" if rest else path
        head, _, last = whole.rpartition("/")
        heads = [(whole, ""), (head, last)] if head else [(whole, "")]
    found = []
    for head, tail in heads:
        if len(head) > MAX_LENGTH or not PATH.fullmatch(head):
            continue
        if not tail:
            found.append(Address(head, edition, None, paragraph))
        elif tail in VIEWS and not paragraph and not edition:
            found.append(Address(head, view=tail))
        elif TEXT.fullmatch(tail):
            found.append(Address(head, edition, tail, paragraph))
    return found


def short(texts: Iterable[str]) -> list[str]:
    """Those that can be addresses by their length."""
    return [text for text in texts if len(text) <= LONGEST]


def look_up(text: str) -> Place | None:
    """The address and the pid its path leads to, whatever its state, or None; one query."""
    return look_up_all([text]).get(text)


def look_up_all(texts: Iterable[str]) -> dict[str, Place]:
    """The same of each of these that leads somewhere; one query, none where no text is an address."""
    read = {text: readings(text) for text in texts}
    paths = {address.path for some in read.values() for address in some}
    entries = Path.objects.select_related("pid__survivor").filter(path__among=paths)
    known = {entry.path: entry.pid for entry in entries} if paths else {}
    standing = {text: [one for one in some if one.path in known] for text, some in read.items()}
    return {text: (some[0], known[some[0].path]) for text, some in standing.items() if some}


def find(text: str) -> Place | None:
    """The same of any address that leads to a record: also by its id, with another slug or none, and beneath what
    was renamed, where the address is that of today; three queries at most."""
    return find_all([text]).get(text)


def find_all(texts: Iterable[str]) -> dict[str, Place]:
    """The same of each of these that leads somewhere; four queries at most."""
    wanted = set(texts)
    found = look_up_all(wanted)
    found |= by_ids(wanted - found.keys())
    elsewhere = moved_ancestors(wanted - found.keys())
    there = look_up_all(elsewhere.values())
    return found | {text: there[now] for text, now in elsewhere.items() if now in there}


def by_id(text: str) -> Place | None:
    """The record whose id stands behind the name of its room: `commitments/25hxwjjb/any-slug@2`; one query."""
    return by_ids([text]).get(text)


def by_ids(texts: Iterable[str]) -> dict[str, Place]:
    """The same of each of these that leads somewhere; one query, none where no text is of this form."""
    matches = {text: match for text in short(texts) if (match := BY_ID.fullmatch(text))}
    typed = {
        text: pids.normalise(match["pid"])
        for text, match in matches.items()
        if match["room"] in RECORD_ROOMS and pids.looks_like(match["pid"])
    }
    known = Pid.objects.find_all(typed.values()) if typed else {}
    read = {text: beneath(matches[text], known[value]) for text, value in typed.items() if value in known}
    return {text: place for text, place in read.items() if place}


def beneath(match: re.Match[str], pid: Pid) -> Place | None:
    """What an address by id names of this record; None where the record is of another room."""
    if not (pid.path or "").startswith(f"{match['room']}/"):
        return None
    last = (match["beneath"] or match["rest"]).rpartition("/")[2]
    if last in VIEWS:
        return Address(pid.path or "", view=last), pid
    edition = match["edition"] or match["last"]
    return Address(pid.path or "", int(edition) if edition else None), pid


def moved_to(address: Address, pid: Pid) -> Address | None:
    """Where the address answers today, if elsewhere: after a rename or a merge. Raises Http404 for drafts.

    An edition of a merged record stays where it is, and so does a text or paragraph of it, in its last edition:
    the survivor never said those words.
    """
    if not pid.was_published:
        raise Http404
    asked = address
    edition = edition_of_merged(pid, address.edition, address.text or address.paragraph)
    address = replace(address, edition=edition)
    owner = survivor_of(pid, address.edition)
    if owner.path is None or address.at(owner.path) == asked:
        return None
    return address.at(owner.path)


def edition_of_merged(pid: Pid, edition: int | None, part: str | None) -> int | None:
    """The edition asked for; the last one where part of a merged record is."""
    return pid.edition_number if part and edition is None and pid.state == State.MERGED else edition


def edition_meant(named: Pid, address: Address) -> tuple[Pid, int]:
    """The record that answers for this address, and the number of its edition; no query."""
    wanted = edition_of_merged(named, address.edition, address.text or address.paragraph)
    pid = survivor_of(named, wanted)
    return pid, wanted or pid.edition_number


def survivor_of(pid: Pid, edition: int | None) -> Pid:
    """The record that answers for this pid, which the caller has loaded with its survivor."""
    merged = pid.state == State.MERGED and pid.survivor and edition is None
    return pid.survivor if merged and pid.survivor else pid


def written(pid: Pid, edition: int | None, text: str | None, key: str | None) -> str:
    """What stands behind `/id/`: 25hxwjjb@2~p4, 25hxwjjb@2/ja, 25hxwjjb@2/ja/~p4."""
    slash = "/" if text and key else ""
    number, segment = f"@{edition}" if edition else "", f"/{text}" if text else ""
    return f"{pid.value}{number}{segment}{slash}" + (f"~{key}" if key else "")


def moved_ancestor(text: str) -> str | None:
    """The whole address with its longest renamed beginning replaced, or None; one query."""
    return moved_ancestors([text]).get(text)


def moved_ancestors(texts: Iterable[str]) -> dict[str, str]:
    """The same of each of these that has such a beginning; one query, none where no text has a slash."""
    beginnings = {text: list(beginnings_of(text)) for text in short(texts)}
    wanted = {one for some in beginnings.values() for one in some}
    entries = Path.objects.select_related("pid").filter(path__among=wanted, pid__state=State.PUBLIC)
    paths = {entry.path: entry.pid.path or "" for entry in entries} if wanted else {}
    longest = {text: next((one for one in some if paths.get(one)), None) for text, some in beginnings.items()}
    return {text: paths[one] + text[len(one) :] for text, one in longest.items() if one and paths[one] != one}


def beginnings_of(text: str) -> Iterator[str]:
    """What stands above an address, the longest first."""
    while "/" in text:
        text = text.rpartition("/")[0]
        yield text
