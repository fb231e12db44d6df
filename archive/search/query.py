"""What somebody typed, understood: words, "phrases", AND OR NOT -, (groups), beginnings*, fields by:japan.

Nothing is refused: what is not understood is told with its place, and the rest is searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from archive.search.analyser import is_character, lexemes
from archive.search.clauses import Clause, How
from archive.search.expression import (
    NOTHING,
    Expression,
    Not,
    Word,
    all_of,
    any_of,
    in_order,
)
from archive.search.fields import GROUPS
from archive.search.numerals import month_of, written
from archive.search.pasted import Told
from archive.search.pieces import END, JOINING, Fault, Piece, cut, is_edge, is_looked_for, joining_in, plainly

LONGEST = 500
MOST_TERMS = 40
MOST_BEGINNINGS = 5
YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
DEEPEST = 20


class Unknown(Exception):
    """A field or its value is not known; the message says what is.

    `instead` are values of the same field that may be meant, `groups` those of whose values it should be one.
    """

    def __init__(self, message: str, instead: Iterable[str] = (), groups: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.instead, self.groups = tuple(instead), tuple(groups)


class NoField(Unknown):
    """There is no such field; its words are searched."""


class ReadAs(Unknown):
    """A value was not written as it should be, and is searched as the message says; `text` is how to write it."""

    def __init__(self, message: str, expression: Expression, text: str) -> None:
        super().__init__(message)
        self.expression, self.text = expression, text


@dataclass(frozen=True)
class Understood:
    """The whole query: its parts, all of which must hold, and what was not understood."""

    text: str
    parts: list[Clause]
    faults: list[Fault]
    joining: list[Clause] = field(default_factory=list)
    """Function words that are not looked for."""

    @property
    def expression(self) -> Expression:
        """Everything where nothing is asked, nothing where nothing of it could be read."""
        if self.text and not self.parts:
            return NOTHING
        return all_of(*(part.expression for part in self.parts))

    @property
    def typed(self) -> list[Clause]:
        """The parts with the function words among them, in order."""
        return sorted([*self.parts, *self.joining], key=lambda part: part.start)

    @property
    def between(self) -> list[Clause]:
        """The function words that stand within none of the parts."""
        return [one for one in self.joining if not any(part.has(one) for part in self.parts)]

    @property
    def ranked(self) -> Expression:
        """What the best hits have: the words in the order in which they were typed, function words too."""
        return all_of(*(part.expression for part in self.typed))

    def without(self, part: Clause) -> str:
        """The query as it would be typed without this part or alternative, and without what joined it to others."""
        for one in self.parts:
            if one is not part and part in one.alternatives:
                return " OR ".join(other.text for other in one.alternatives if other is not part)
        rest = [one for one in self.parts if one is not part]
        kept = sorted([*rest, *self.between], key=lambda one: one.start) if rest else []
        return " ".join(" ".join(one.text for one in kept).split())


Resolve = Callable[[str, str], Expression]
"""What a field and its value ask for; raises Unknown."""
Begin = Callable[[str], Expression]
"""What the beginning of a word asks for."""
Hear = Callable[[Iterable[str]], Mapping[str, list[Expression]]]
"""What else to look for beside words: names that sound like them, or that they are written for."""
Lead = Callable[[str], Told | None]
"""What is said of an address that names no record."""


def understand(
    text: str, resolve: Resolve, begin: Begin, hear: Hear, lead: Lead, fields: Collection[str]
) -> Understood:
    """Read a query of at most `LONGEST` characters."""
    faults = []
    text = unicodedata.normalize("NFKC", text)
    if len(text) > LONGEST:
        said = _("Only the first %(n)s characters are searched.") % {"n": LONGEST}
        faults.append(Fault(LONGEST, len(text), said))
        text = text[:LONGEST]
    reader = Reader(text, resolve, begin, hear, lead, fields, faults)
    return Understood(text, reader.parts(), sorted(faults), reader.passed)


@dataclass
class Reader:
    """Reads pieces from the left: OR binds least, then AND, which needs no word, then NOT and the minus."""

    text: str
    resolve: Resolve
    begin: Begin
    hear: Hear
    lead: Lead
    fields: Collection[str]
    faults: list[Fault]
    place: int = 0
    terms: int = 0
    begun: int = 0
    pieces: list[Piece] = field(default_factory=list)
    passed: list[Clause] = field(default_factory=list)
    heard: Mapping[str, list[Expression]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pieces = [self.settled(piece) for piece in cut(self.text, self.faults)]
        joining = joining_in(self.pieces, self.text)
        self.pieces = [piece for piece in self.pieces if piece not in joining]
        self.passed = [Clause(one.text, one.start, one.end, searched(lexemes(one.text))) for one in joining]
        words = [piece.text for piece in self.pieces[:MOST_TERMS] if is_looked_for(piece)]
        self.heard = self.hear(words)

    def settled(self, piece: Piece) -> Piece:
        """A field with a space after it as a field, where there is one of that name; else as a word."""
        if piece.kind != "spaced":
            return piece
        return piece._replace(kind="field" if piece.text.lower() in self.fields else "word")

    @property
    def piece(self) -> Piece | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def parts(self) -> list[Clause]:
        """Each condition by itself; one where the whole is joined by OR."""
        if any(piece.kind == "word" and piece.text == "OR" for piece in self.outermost()):
            found = self.any(0)
            if found is None:
                return []
            return list(found.parts) if found.how == How.AND else [found]
        parts = []
        while self.piece is not None:
            if self.is_word("AND"):
                self.joining(self.piece)
            elif (one := self.term(0)) is not None:
                parts.append(one)
        return parts

    def outermost(self) -> list[Piece]:
        depth, found = 0, []
        for piece in self.pieces:
            depth += (piece.kind == "open") - (piece.kind == "close" and depth > 0)
            if not depth:
                found.append(piece)
        return found

    def any(self, depth: int) -> Clause | None:
        found = [self.all(depth)]
        while (piece := self.piece) is not None and self.is_word("OR"):
            self.joining(piece)
            found.append(self.all(depth))
        return self.joined(How.OR, [one for one in found if one is not None])

    def all(self, depth: int) -> Clause | None:
        found = []
        while (piece := self.piece) is not None and not self.is_word("OR"):
            if piece.kind == "close" and depth:
                break
            if self.is_word("AND"):
                self.joining(piece)
            elif (one := self.term(depth)) is not None:
                found.append(one)
        return self.joined(How.AND, found)

    def joined(self, how: How, found: list[Clause]) -> Clause | None:
        """Several clauses as one; the only one as it is, nothing where there is none."""
        if len(found) < 2:
            return found[0] if found else None
        start, end = found[0].start, found[-1].end
        asked = [one.expression for one in found]
        if how == How.OR:
            return Clause(
                " OR ".join(one.text for one in found), start, end, any_of(*asked), how, tuple(found)
            )
        between = [one for one in self.passed if start <= one.start and one.end <= end]
        between = [one for one in between if not any(other.has(one) for other in found)]
        typed = sorted([*found, *between], key=lambda one: one.start)
        return Clause(" ".join(one.text for one in typed), start, end, all_of(*asked), how, tuple(found))

    def joining(self, piece: Piece) -> None:
        """Step over AND or OR, which must stand between two conditions."""
        before = self.pieces[self.place - 1] if self.place else None
        after = self.pieces[self.place + 1] if self.place + 1 < len(self.pieces) else None
        self.place += 1
        if is_edge(before, "open") or is_edge(after, "close", JOINING):
            said = _("“%(word)s” needs something on both sides; it was passed over.") % {"word": piece.text}
            self.faults.append(Fault(piece.start, piece.end, said))

    def is_word(self, *words: str) -> bool:
        return self.piece is not None and self.piece.kind == "word" and self.piece.text in words

    def term(self, depth: int) -> Clause | None:
        """One condition; nothing where none could be read."""
        piece = self.pieces[self.place]
        self.place += 1
        if piece.kind == "minus" or (piece.kind == "word" and piece.text == "NOT"):
            return self.negated(piece, depth)
        if piece.kind == "open":
            return self.group(piece, depth)
        if piece.kind == "close":
            said = _("This bracket was not opened; it was passed over.")
            self.faults.append(Fault(piece.start, piece.end, said))
            return None
        if piece.kind == "address":
            self.address(piece)
            return None
        self.terms += 1
        if self.terms > MOST_TERMS:
            if self.terms == MOST_TERMS + 1:
                said = _("Only %(n)s words are searched.") % {"n": MOST_TERMS}
                self.faults.append(Fault(piece.start, len(self.text), said))
            return None
        if piece.kind == "field":
            return self.fielded(piece)
        return self.plain(piece)

    def negated(self, piece: Piece, depth: int) -> Clause | None:
        following = self.piece
        if following is None or following.kind == "close" or self.is_word("OR", "AND"):
            said = _("“%(word)s” needs something after it; it was passed over.") % {"word": piece.text}
            self.faults.append(Fault(piece.start, piece.end, said))
            return None
        if depth >= DEEPEST:
            self.too_deep(piece)
            return None
        one = self.term(depth + 1) if following.kind != "open" else self.term(depth)
        if one is None:
            return None
        text = f"{piece.text}{one.text}" if piece.kind == "minus" else f"{piece.text} {one.text}"
        return Clause(text, piece.start, one.end, Not(one.expression), How.NOT, (one,))

    def group(self, piece: Piece, depth: int) -> Clause | None:
        if depth >= DEEPEST:
            self.too_deep(piece)
            return None
        found = self.any(depth + 1)
        closing = self.piece
        if closing is not None and closing.kind == "close":
            self.place += 1
        else:
            said = _("This bracket is not closed; it was closed at the end.")
            self.faults.append(Fault(piece.start, piece.end, said))
        if found is None:
            return None
        end = self.pieces[self.place - 1].end
        return Clause(f"({found.text})", piece.start, end, found.expression, How.GROUP, (found,))

    def too_deep(self, piece: Piece) -> None:
        said = _("Brackets stand within brackets too deep here; this was passed over.")
        self.faults.append(Fault(piece.start, piece.end, said))

    def address(self, piece: Piece) -> None:
        """An address, which is looked up beside the search; of any but a record’s it is told what it is."""
        if any(one.kind == "address" for one in self.pieces[: self.pieces.index(piece)]):
            told: Told | None = Told(_("Only the first address of a search is looked up."))
        else:
            told = self.lead(piece.text.rstrip(END))
        if told:
            self.faults.append(Fault(piece.start, piece.end, told.message, path=told.path))

    def fielded(self, piece: Piece) -> Clause | None:
        value = self.piece
        is_value = value is not None and value.kind in ("word", "phrase", "minus")
        if value is None or not is_value or self.is_word("AND", "OR", "NOT"):
            said = _("“%(field)s:” needs a value right after it, as in by:japan; it was passed over.")
            said %= {"field": piece.text}
            self.faults.append(Fault(piece.start, piece.end, said))
            return None
        self.place += 1
        if value.start > piece.end:
            said = _("A space stands after “%(field)s:”; it was read as “%(field)s:%(value)s”.")
            wrote = {"field": piece.text, "value": value.text}
            self.faults.append(Fault(piece.start, value.end, said % wrote))
        end, text = value.end, value.text
        if value.kind == "minus" and self.piece is not None:
            end, text = self.piece.end, f"-{self.piece.text}"
            self.place += 1
        name = piece.text.lower()
        typed = f'{piece.text}:"{text}"' if value.kind == "phrase" else f"{piece.text}:{text}"
        try:
            return Clause(typed, piece.start, end, self.resolve(name, text), How.FIELD, field=name)
        except NoField as unknown:
            instead = tuple(filter(None, [f'"{text}"' if value.kind == "phrase" else plainly(text)]))
            self.faults.append(Fault(piece.start, end, str(unknown), instead))
            one = self.plain(Piece("phrase", f"{piece.text} {text}", piece.start, end))
            return one and replace(one, field=name)
        except ReadAs as other:
            self.faults.append(Fault(piece.start, end, str(other)))
            return Clause(
                f"{piece.text}:{other.text}", piece.start, end, other.expression, How.FIELD, field=name
            )
        except Unknown as unknown:
            instead = (*(f"{piece.text}:{one}" for one in unknown.instead), plainly(text))
            self.faults.append(
                Fault(piece.start, end, str(unknown), tuple(filter(None, instead)), unknown.groups)
            )
            return None

    def plain(self, piece: Piece) -> Clause | None:
        if piece.kind == "word" and "*" in piece.text.strip("*"):
            return self.starred(piece)
        if piece.kind == "word" and piece.text.startswith("*") and piece.text.strip("*"):
            return self.starred(piece)
        if piece.kind == "word" and piece.text.endswith("*") and len(piece.text) > 1:
            return self.beginning(piece, piece.text.rstrip("*"))
        found = lexemes(piece.text)
        if not found:
            if piece.kind == "phrase" or piece.text.strip("*"):
                said = _("“%(text)s” holds no letter or digit; it was passed over.") % {"text": piece.text}
                self.faults.append(Fault(piece.start, piece.end, said))
            return None
        if len(found) == 1 and is_character(found[0]):
            return self.beginning(piece, found[0])
        if piece.kind == "phrase":
            return Clause(f'"{piece.text}"', piece.start, piece.end, searched(found), How.PHRASE)
        if len(found) == 1 and YEAR.fullmatch(found[0]):
            asked = any_of(Word(found[0]), Word(GROUPS["year"].mark(found[0])))
            return Clause(piece.text, piece.start, piece.end, asked, How.YEAR)
        return Clause(piece.text, piece.start, piece.end, self.however_written(piece))

    def starred(self, piece: Piece) -> Clause | None:
        """A word with a star before its end: what stands before the star is its beginning."""
        start, star, _rest = piece.text.lstrip("*").partition("*")
        said = _("A star stands at the end of a word alone; “%(typed)s” was read as “%(read)s”.")
        said %= {"typed": piece.text, "read": f"{start}{star}"}
        self.faults.append(Fault(piece.start, piece.end, said))
        return self.plain(Piece("word", f"{start}{star}", piece.start, piece.end))

    def however_written(self, piece: Piece) -> Expression:
        """A word in each way in which its number is written, or its name by its sound."""
        before = [one.text for one in self.pieces if one.end < piece.start and one.kind == "word"]
        has_number = any(one.kind == "word" and one.text[:1].isdigit() for one in self.pieces)
        month = month_of(piece.text) if has_number else ""
        ways = [lexemes(way) for way in [*written(piece.text, before[-1] if before else ""), month] if way]
        return any_of(*map(searched, ways), *self.heard.get(piece.text, ()))

    def beginning(self, piece: Piece, text: str) -> Clause | None:
        """Words that begin so, for the first few of a query."""
        self.begun += 1
        if self.begun > MOST_BEGINNINGS:
            said = _("Only %(n)s beginnings of words are searched.") % {"n": MOST_BEGINNINGS}
            self.faults.append(Fault(piece.start, piece.end, said))
            return None
        also = self.heard.get(piece.text, ()) if is_character(text) else ()
        begun = any_of(self.begin(text), *also)
        return Clause(piece.text, piece.start, piece.end, begun, How.BEGINNING)


def searched(found: list[str]) -> Expression:
    """Lexemes of one word or phrase in order."""
    return in_order(opened(found))


def opened(found: list[str]) -> list[str]:
    """Without a last character alone, which is left open for what follows it."""
    return found[:-1] if len(found) > 1 and is_character(found[-1]) else found
