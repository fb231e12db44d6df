"""What is asked of an archive after a life: each promise checked through the public addresses."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.utils.html import escape

from archive.formats.exports import EXPORTS
from archive.formats.reference import Reference
from archive.promises.addresses import addresses
from archive.promises.ask import Answer, Ask
from archive.promises.replay import Outcome, replay, sample
from registry.kit import pids
from registry.models import Edition, Pid, State, Tombstone

CITED_AS = ("bib", "ris", "txt")
CITABLE = ("statement", "commitment", "meeting")
IN_A_CITATION = re.compile(r"/id/([0-9a-z]{8}@[0-9]+(?:~[a-z0-9-]+)?)")


@dataclass
class Ledger:
    """What was seen when it was new: the SHA-256 of each edition's JSON, and citations with the words cited."""

    editions: dict[str, str] = field(default_factory=dict)
    citations: list[dict[str, str]] = field(default_factory=list)
    newest: int = 0

    def note_editions(self, ask: Ask) -> None:
        """Read the JSON of every edition that came since the last time, at the address it has now."""
        for edition in Edition.objects.filter(pk__gt=self.newest).select_related("pid").order_by("pk"):
            answer = ask(f"/{edition.pid.path}@{edition.number}/?format=json")
            if answer.status == 200:
                self.editions[str(edition)] = hashlib.sha256(answer.body).hexdigest()
            self.newest = edition.pk

    def cite(self, pid_values: Iterable[str], most: int) -> None:
        """Print citations of what stands now, in every form that citations come in, until there are so many."""
        for reference in citable(pid_values):
            for name in ("print", *(one for one in CITED_AS if one in EXPORTS)):
                if len(self.citations) == most:
                    return
                text = reference.pinned_url if name == "print" else as_text(reference, name)
                words = reference.words or reference.data.get("summary") or reference.title
                self.citations.append({"form": name, "text": text, "words": words})


def as_text(reference: Reference, name: str) -> str:
    written = EXPORTS[name].write(reference)
    return written.decode() if isinstance(written, bytes) else written


def citable(pid_values: Iterable[str]) -> Iterable[Reference]:
    """Each public meeting, commitment, and paragraph of a statement, at its current edition."""
    editions = Edition.objects.current().filter(pid__in=list(pid_values), pid__kind__in=CITABLE)
    for edition in editions.filter(pid__state=State.PUBLIC).select_related("pid").order_by("pk"):
        if edition.pid.kind != "statement":
            yield Reference(edition.pid, edition)
        for text in edition.data.get("texts", [])[:1]:
            for paragraph in text["paragraphs"]:
                yield Reference(edition.pid, edition, text["segment"], paragraph["key"])


def followed(ask: Ask, address: str) -> Answer:
    answer = ask(address)
    return ask(answer.location) if answer.location else answer


def swept(ask: Ask, pid_values: Iterable[str], share: int = 1, most: int = 0) -> Outcome:
    """A1 and A2: every address of these records, at most one redirect deep; or `most` of them, any as likely.

    As page and JSON always; of all other forms every `share`-th, so that each form comes up.
    """
    found = Pid.objects.filter(pk__in=list(pid_values), published_at__isnull=False)
    found = found.prefetch_related("paths", "editions").order_by("pk")
    groups = ((pid, thinned(addresses(pid), share)) for pid in found.iterator(chunk_size=50))
    return replay(ask, sample(groups, most, seed=0) if most else groups)


def thinned(found: Iterable[str], share: int) -> list[str]:
    kept: list[str] = []
    others = 0
    for address in dict.fromkeys(found):
        is_other = "format=" in address and not address.endswith("format=json")
        others += is_other
        if not is_other or others % share == 0:
            kept.append(address)
    return kept


def editions_kept(ask: Ask, ledger: Ledger) -> Outcome:
    """A3: by its permanent address each edition's JSON is to the byte what it was; 410 while it is withdrawn."""
    outcome = Outcome()
    withdrawn = set(Pid.objects.filter(state=State.WITHDRAWN).values_list("pk", flat=True))
    for name, digest in ledger.editions.items():
        outcome.asked += 1
        answer = followed(ask, f"/id/{name}?format=json")
        is_gone = name.partition("@")[0] in withdrawn
        expected = 410 if is_gone else 200
        if answer.status != expected:
            outcome.failures.append(f"{name}: {answer.status}")
        elif not is_gone and hashlib.sha256(answer.body).hexdigest() != digest:
            outcome.failures.append(f"{name}: other bytes")
    return outcome


def tombstones_kept(ask: Ask, pid_values: Iterable[str]) -> Outcome:
    """A4: what it was, when, by which role, why, what replaces it and how it was cited; as page and as JSON."""
    outcome = Outcome()
    for pid in Pid.objects.filter(pk__in=list(pid_values), state=State.WITHDRAWN):
        outcome.asked += 1
        stone = Tombstone.objects.speaking_for(pid)
        data, page = ask(f"/id/{pid.pk}?format=json"), ask(f"/{pid.path}/")
        html = page.body.decode()
        told = json.loads(data.body)
        expected = {
            "title": pid.title,
            "kind": pid.kind,
            "reason": stone.reason,
            "note": stone.note,
            "by": stone.role,
            "withdrawn_at": stone.withdrawn_at.isoformat(),
            "replaced_by": stone.replaced_by_id,
            "cited_as": f"{settings.SITE_URL}/id/{pid.pk}",
        }
        shown = [pid.title, pid.kind, stone.note, stone.role, expected["cited_as"], "noindex"]
        if (data.status, page.status) != (410, 410):
            outcome.failures.append(f"{pid}: {data.status} and {page.status}")
        elif {name: told.get(name) for name in expected} != expected:
            outcome.failures.append(f"{pid}: its JSON is {told}")
        elif missing := [words for words in shown if escape(str(words)) not in html]:
            outcome.failures.append(f"{pid}: its page does not say {missing}")
    return outcome


def citations_kept(ask: Ask, ledger: Ledger) -> tuple[Outcome, int]:
    """A9: the address printed leads to the words cited; also how many lead to a tombstone with its reason instead."""
    outcome, stones = Outcome(), 0
    for citation in ledger.citations:
        outcome.asked += 1
        match = IN_A_CITATION.search(unquote(citation["text"]))
        if not match:
            outcome.failures.append(f"no address in {citation}")
            continue
        answer = followed(ask, f"/id/{match[1]}?format=json")
        told = json.loads(answer.body)
        if answer.status == 410 and told["type"] == "tombstone" and told["reason"]:
            stones += 1
        elif answer.status != 200 or citation["words"] not in words_of(told):
            outcome.failures.append(f"/id/{match[1]} ({citation['form']}) answers {answer.status}: {told}")
    return outcome, stones


def words_of(told: dict[str, Any]) -> list[str]:
    if "paragraph" in told and "statement" in told and "text" in told:
        return [told["paragraph"]["text"]]
    return [told.get(name) for name in ("quote", "summary", "title")]


def slips_caught(ask: Ask, count: int, over_http: int) -> Outcome:
    """A10: each single wrong character and each swap of neighbours in so many ids; some of them asked for."""
    outcome = Outcome()
    asked_for = 0
    for place in range(count):
        value = pids.derive(f"promise A10, id {place}")
        for slip in slips(value):
            outcome.asked += 1
            if pids.is_valid(slip):
                outcome.failures.append(f"{slip} for {value} is taken for an id")
            elif asked_for < over_http and outcome.asked % 97 == 0:
                asked_for += 1
                answer = ask(f"/id/{slip}?format=json")
                if answer.status != 404 or "does not match" not in json.loads(answer.body)["detail"]:
                    outcome.failures.append(f"/id/{slip}: {answer.status}")
    return outcome


def slips(value: str) -> Iterable[str]:
    for place, right in enumerate(value):
        for wrong in pids.ALPHABET:
            if wrong != right:
                yield value[:place] + wrong + value[place + 1 :]
        if place and value[place - 1] != right:
            yield value[: place - 1] + right + value[place - 1] + value[place + 1 :]


def cursors_kept(ask: Ask, address: str, count: int) -> Outcome:
    """A6: who knows the archive as of some change, and reads the feed from there, knows which records are public."""
    outcome = Outcome()
    public = set(Pid.objects.filter(state=State.PUBLIC).values_list("pk", flat=True))
    every = list(read_on(ask, f"{address}?after=0&limit=1000&format=json"))
    for place in range(count):
        outcome.asked += 1
        known = every[: place * len(every) // count]
        cursor, limit = (known[-1]["number"] if known else 0), 100 + 37 * (place % 20)
        later = read_on(ask, f"{address}?after={cursor}&limit={limit}&format=json")
        found = standing([*known, *later])
        if found != public:
            outcome.failures.append(f"from change {cursor}: {sorted(found ^ public)[:5]}")
    return outcome


def read_on(ask: Ask, address: str | None) -> Iterable[dict[str, Any]]:
    """Every row of the feed, page after page."""
    while address:
        page = json.loads(ask(address).body)
        yield from page["results"]
        following = page["next"]
        address = f"{following}&format=json" if following and "format=" not in following else following


def standing(rows: Iterable[dict[str, Any]]) -> set[str]:
    """Ids that stand in public after these changes; what is moved, with the record above it, may be withdrawn."""
    found: set[str] = set()
    for row in rows:
        if row["verb"] in ("withdraw", "merge"):
            found.discard(row["id"])
        elif row["verb"] != "rename":
            found.add(row["id"])
    return found
