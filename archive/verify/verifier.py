"""Holding passages against every wording of the public record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from archive.models import Wording
from archive.verify.found import FOUND, MOST_PLACES, Beside, Verdict, best_first, is_standing
from archive.verify.issued import Issued
from archive.verify.kinds import VerdictKind
from registry.kit import matching
from registry.kit.locators import locator
from registry.kit.passages import LONGEST, blocks, passages, pieces
from registry.kit.tokens import Tokens, certain_shingles, every_shingle, is_character, is_enough, tokens
from registry.models import Edition, State

LONGEST_TEXT = 200_000
MOST_PASSAGES = 200
MOST_EXACT, MOST_NEAR = 50, 8
LEAST_COVERED = 0.7
DEEPEST = 5
Data = dict[str, Any]


class Run(NamedTuple):
    """Tokens of a passage, from `start` to `end`, that stand in a wording from its token `at` on."""

    start: int
    end: int
    wording: Wording
    at: int


def verify(text: str) -> Data:
    """What is said of every passage quoted in the text, as plain data."""
    verifier = Verifier()
    found = list(verifier.verdicts(text))
    checked = found[:MOST_PASSAGES]
    shown = list(shown_of(checked))
    issued = Issued(wording.pid for wording in shown)
    beside = Beside(verifier.standing_now(checked), issued, locators_of(shown))
    counts = Counter(verdict.verdict for verdict in checked)
    return {
        "counts": {name: counts[name] for name in VerdictKind.values},
        "unchecked": max(len(candidates(text)) - MOST_PASSAGES, 0),
        "passages": [verdict.as_data(beside) for verdict in checked],
    }


def shown_of(verdicts: Iterable[Verdict]) -> Iterator[Wording]:
    """The wordings at the places that are told of these, and of their parts."""
    for verdict in verdicts:
        yield from verdict.wordings[:MOST_PLACES]
        yield from shown_of(verdict.parts)


def locators_of(wordings: list[Wording]) -> dict[int, str]:
    """The number of each paragraph among these that is shown, in the last edition with these words; one query."""
    wanted = [one for one in wordings if one.key and one.pid.state != State.WITHDRAWN]
    editions = Edition.objects.among((one.pid_id, one.until) for one in wanted)
    found: dict[tuple[Any, ...], str] = {}
    for (pid, number), edition in editions.items():
        for text in edition.data.get("texts", ()):
            for one in text["paragraphs"]:
                found[pid, number, text["segment"], one["key"]] = locator(one)
    places = {one.pk: (one.pid_id, one.until, one.segment, one.key) for one in wanted}
    return {pk: found[place] for pk, place in places.items() if place in found}


def sha256_of(text: str) -> str:
    """Of the text as UTF-8, with the line ends of Unix, whatever a browser made of them."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")).hexdigest()


def candidates(text: str) -> list[str]:
    """The passages to check: what is quoted, else everything, block by block."""
    quoted = [piece for passage in passages(text) for piece in pieces(passage)]
    if any(is_enough(tokens(piece).content) for piece in quoted):
        return quoted
    return [piece for block in blocks(text) for piece in pieces(block)]


def is_all(chosen: list[str], whole: str) -> bool:
    """Whether the text is one passage and nothing else but marks around it."""
    return len(chosen) == 1 and tokens(chosen[0]).content == tokens(whole).content


class Verifier:
    """Checks passages one after another, remembering the tokens of wordings it has read."""

    def __init__(self) -> None:
        self.read: dict[int, Tokens] = {}

    def verdicts(self, text: str) -> Iterator[Verdict]:
        """One for every passage; a single paragraph is looked for as it is before what it quotes."""
        chosen = candidates(text)[:MOST_PASSAGES]
        whole = text.strip()
        if len(whole) <= LONGEST and len(blocks(whole)) == 1 and not is_all(chosen, whole):
            verdict = self.check(whole)
            quoted = sum(map(len, chosen))
            if verdict.is_found:
                yield verdict
                return
            if verdict.verdict in ("differs", "joined") and 2 * quoted < len(whole):
                yield verdict
        for passage in chosen:
            yield self.check(passage)

    def tokens_of(self, wording: Wording) -> Tokens:
        if wording.pk not in self.read:
            self.read[wording.pk] = tokens(wording.words)
        return self.read[wording.pk]

    def check(self, passage: str) -> Verdict:
        """`exact`, `same`, `differs`, `joined`, `not_found`, `withdrawn` or `too_short`."""
        cut = tokens(passage)
        if not is_enough(cut.content):
            return Verdict(passage, "too_short")
        verdict = self.found(passage, cut)
        if verdict:
            return verdict
        parts = matching.without_omissions(passage)
        if len(parts) > 1:
            return self.check_parts(passage, parts)
        return self.near(passage, cut)

    def found(self, passage: str, cut: Tokens) -> Verdict | None:
        """Where the passage stands as it is; a wording that holds it has all of its shingles."""
        numbers = certain_shingles(cut.content)
        by_kind: dict[str, list[Wording]] = {kind: [] for kind in FOUND}
        sharing = Wording.objects.sharing(numbers, MOST_EXACT + 1)
        for wording, count in sharing:
            kind = matching.same_words(cut, self.tokens_of(wording)) if count >= len(numbers) else None
            if kind:
                by_kind[kind].append(wording)
        for kind in FOUND:
            public = [one for one in by_kind[kind] if one.pid.state != State.WITHDRAWN]
            if public:
                is_more = len(by_kind[kind]) > MOST_EXACT
                return Verdict(passage, kind, best_first(public)[:MOST_EXACT], is_more)
        withdrawn = list({one.pid_id: one for kind in FOUND for one in by_kind[kind]}.values())
        return Verdict(passage, "withdrawn", withdrawn) if withdrawn else None

    def check_parts(self, passage: str, parts: list[str]) -> Verdict:
        """A passage with marks of omission: its parts one by one, short ones where their neighbours stand."""
        checked = [self.check(part) for part in parts]
        beside = [wording for part in checked if part.is_found for wording in part.wordings]
        for place, part in enumerate(checked):
            if part.verdict == "too_short":
                checked[place] = self.beside(part, beside)
        if all(part.is_found for part in checked):
            return Verdict(passage, "joined", parts=checked, omission_marked=True)
        if any(part.verdict not in ("not_found", "too_short") for part in checked):
            return Verdict(passage, "differs", parts=checked, omission_marked=True)
        return Verdict(passage, "not_found", omission_marked=True)

    def beside(self, part: Verdict, wordings: list[Wording]) -> Verdict:
        cut = tokens(part.passage)
        for wording in wordings:
            kind = matching.same_words(cut, self.tokens_of(wording))
            if kind:
                return Verdict(part.passage, kind, [wording])
        return part

    def near(self, passage: str, cut: Tokens) -> Verdict:
        """A passage that stands nowhere as it is: what it differs from, or what it is joined from."""
        runs = self.runs(cut, 0, len(cut), [], 0)
        groups = grouped(runs)
        if not groups:
            return Verdict(passage, "not_found")
        parts = [self.part(cut, group) for group in groups]
        covered = sum(run.end - run.start for run in runs) / len(cut)
        if len(groups) > 1 and covered >= LEAST_COVERED:
            return Verdict(passage, "joined", parts=parts)
        closest = max(groups, key=lambda group: sum(run.end - run.start for run in group))[0].wording
        verdict = self.differs(passage, cut, closest)
        return verdict or Verdict(passage, "not_found", parts=parts)

    def differs(self, passage: str, cut: Tokens, wording: Wording) -> Verdict | None:
        """The passage beside the stretch of the wording it is nearest to, if they have enough in common."""
        record = self.tokens_of(wording)
        near = matching.nearest(cut, record)
        if near is None or min(near.shared, near.likeness) < matching.LEAST_SHARED:
            return None
        words, changes = matching.difference(cut.text, record.cut(near.start, near.end))
        return Verdict(passage, "differs", [wording], words=words, changes=changes, likeness=near.likeness)

    def part(self, cut: Tokens, group: list[Run]) -> Verdict:
        """What is said of one of several parts, found in one wording."""
        start, end, wording = group[0].start, group[-1].end, group[0].wording
        while end - start > 1 and cut.even[end - 1] in matching.END_MARKS:
            end -= 1
        while end - start > 1 and cut.even[start] in matching.END_MARKS:
            start += 1
        piece = tokens(cut.cut(start, end))
        kind = matching.same_words(piece, self.tokens_of(wording))
        if kind:
            return Verdict(piece.text, kind, [wording])
        return self.differs(piece.text, piece, wording) or Verdict(piece.text, "differs", [wording])

    def runs(self, cut: Tokens, start: int, end: int, known: list[Wording], depth: int) -> list[Run]:
        """The longest run of these tokens that stands somewhere, and the longest before and after it, and so on."""
        if depth > DEEPEST or not matching.is_run(cut, start, end):
            return []
        best = self.longest(cut, start, end, known)
        if best is None or best.end - best.start < 0.8 * (end - start):
            content = [token for token in cut.even[start:end] if token[-1].isalnum()]
            sharing = Wording.objects.sharing(every_shingle(content), MOST_NEAR)
            others = [wording for wording, _count in sharing if wording.pid.state != State.WITHDRAWN]
            best = self.longest(cut, start, end, [*known, *best_first(others)])
        if best is None or not matching.is_run(cut, best.start, best.end):
            return []
        nearby = [best.wording, *(one for one in known if one.pk != best.wording.pk)]
        before = self.runs(cut, start, best.start, nearby, depth + 1)
        return [*before, best, *self.runs(cut, best.end, end, nearby, depth + 1)]

    def longest(self, cut: Tokens, start: int, end: int, wordings: list[Wording]) -> Run | None:
        best: Run | None = None
        matcher = SequenceMatcher(None, "", cut.even, autojunk=False)
        for wording in wordings:
            record = self.tokens_of(wording)
            matcher.set_seq1(record.even)
            block = matcher.find_longest_match(0, len(record), start, end)
            if block.size and (best is None or block.size > best.end - best.start):
                best = Run(block.b, block.b + block.size, wording, block.a)
        return best

    def standing_now(self, verdicts: list[Verdict]) -> dict[Any, Wording]:
        """What stands today where older wordings stood; one query, or none."""
        every = [one for verdict in verdicts for one in (verdict, *verdict.parts)]
        older = [wording for one in every for wording in one.wordings if not is_standing(wording)]
        return Wording.objects.standing_now(older) if older else {}


def grouped(runs: list[Run]) -> list[list[Run]]:
    """Runs that follow one another in the same wording together; where much is passed over is another place."""
    groups: list[list[Run]] = []
    for run in runs:
        last = groups[-1][-1] if groups else None
        if last and last.wording.pk == run.wording.pk:
            passed_over = run.at - last.at - (last.end - last.start)
            put_in = run.start - last.end
            if 0 <= passed_over < put_in + left_out(run):
                groups[-1].append(run)
                continue
        groups.append([run])
    return groups


def left_out(run: Run) -> int:
    """From how many tokens on something was left out, rather than changed."""
    scale = 3 if is_character(run.wording.words[:1]) else 1
    return matching.LEFT_OUT * scale
