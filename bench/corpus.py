"""An archive of any size for the search to be measured on: generated statements, the same for every database.

Words follow Zipf's law beneath forty that are in three of four paragraphs; one statement in twenty is Japanese, one
in twenty Russian. A statement's entries are drawn from data shaped as an edition's, by `archive.search.entries`, and
stored by `archive.search.writer`. Editions are left out: searching never reads them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, product
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive.search import writer
from archive.search.entries import DRAW, Context, Drawn
from registry.models import Path, Pid, State

Data = dict[str, Any]
COMMON = (
    "the of and to in for on with as by that their this its from at will all which other have been also more these"
    " between through including has are is was it be not can would should both under"
).split()
"""Each is one word in seventy, and so in three of four paragraphs of a hundred words."""
SHARE_OF_COMMON = 0.56
VOCABULARY = 100_000
COUNTRIES = (
    "Japan Kazakhstan Kyrgyzstan Tajikistan Turkmenistan Uzbekistan India China Korea Germany France Italy Spain"
    " Poland Sweden Norway Finland Denmark Austria Belgium Greece Portugal Ireland Hungary Romania Bulgaria Georgia"
    " Armenia Azerbaijan Mongolia Vietnam Thailand Malaysia Indonesia Australia Canada Mexico Brazil Chile Peru"
).split()
PARTICLES = "のをにとはが"
DIALOGUES, MINISTERS_OF_A_COUNTRY, TOPICS = 60, 8, 60
FIRST_YEAR, YEARS = 2001, 25
BATCH = 2_000
LATIN = [a + b for a, b in product("bdfgklmnprstvz", "aiou")]
CYRILLIC = [a + b for a, b in product("бвгдзклмнпрстф", "аиоу")]
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 600)]


def vocabulary(syllables: Sequence[str], size: int, chance: random.Random) -> list[str]:
    """Made-up words of four syllables, each once."""
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(chance.choices(syllables, k=4))] = None
    return list(found)


class Language:
    """Words with how often each is used; the first ones are common alike, the others follow Zipf's law."""

    def __init__(self, common: Sequence[str], words: list[str], between: str = " ") -> None:
        self.words, self.between = [*common, *words], between
        rest = [1 / (place + 10) for place in range(len(words))]
        share = SHARE_OF_COMMON if common else 0
        scale = (1 - share) / sum(rest)
        alike = [share / len(common)] * len(common) if common else []
        self.weights = list(accumulate([*alike, *(scale * one for one in rest)]))

    def text(self, length: int, chance: random.Random) -> str:
        return self.between.join(chance.choices(self.words, cum_weights=self.weights, k=length))


class Corpus:
    """Everything that is generated, from one seed."""

    def __init__(self) -> None:
        chance = random.Random(1)
        english = vocabulary(LATIN, VOCABULARY, chance)
        russian = vocabulary(CYRILLIC, 20_000, chance)
        pairs = dict.fromkeys("".join(chance.choices(CHARACTERS, k=2)) for _one in range(3_000))
        joined = [f"{pair}{chance.choice(PARTICLES)}" for pair in pairs]
        self.english, self.russian, self.japanese = english, russian, list(pairs)
        self.languages = {
            "en": Language(COMMON, english),
            "ru": Language("и в на с о по для".split(), russian),
            "ja": Language([], joined, ""),
        }
        self.names = vocabulary(LATIN, 1_000, chance)
        self.dialogues = [self.dialogue(number) for number in range(DIALOGUES)]
        self.topics = [self.topic(number) for number in range(TOPICS)]
        self.countries = [self.country(number) for number in range(len(COUNTRIES))]
        self.ministers = [
            self.minister(number, number // MINISTERS_OF_A_COUNTRY)
            for number in range(len(COUNTRIES) * MINISTERS_OF_A_COUNTRY)
        ]
        broader = {one["id"]: self.topics[number % 10]["id"] for number, one in enumerate(self.topics[10:])}
        self.context = Context({}, broader)

    def name(self, number: int) -> str:
        return self.names[number].capitalize()

    def dialogue(self, number: int) -> Data:
        code, title = (
            f"{self.names[number][:4]}-{number}",
            f"{self.name(number)} {self.name(number + 100)} Dialogue",
        )
        return {
            "type": "dialogue", "id": f"d{number:07}", "path": code, "code": code, "abbreviation": code.upper(),
            "title": title, "name": title, "names": [], "notes": [], "members": [],
        }  # fmt: skip

    def topic(self, number: int) -> Data:
        title = f"{self.name(200 + number)} {self.name(300 + number)}"
        return {
            "type": "topic", "id": f"t{number:07}", "path": f"topics/topic-{number}", "title": title, "definition": "",
        }  # fmt: skip

    def country(self, number: int) -> Data:
        code = COUNTRIES[number][:3].lower() + str(number)
        return {
            "type": "country", "id": f"c{number:07}", "path": f"countries/{code}", "code": code, "iso_alpha2": None,
            "iso_alpha3": None, "title": COUNTRIES[number], "names": [{"text": COUNTRIES[number]}],
        }  # fmt: skip

    def minister(self, number: int, country: int) -> Data:
        name = f"{self.name(400 + number)} {self.name(999 - number // 2)}"
        return {
            "type": "minister", "id": f"m{number:07}", "path": f"ministers/m{number:07}", "title": name, "names": [],
            "western_name": name, "tenures": [{"office": "Minister for Foreign Affairs"}],
            "country": {"id": f"c{country:07}"},
        }  # fmt: skip

    def standing(self) -> list[Data]:
        return [*self.dialogues, *self.topics, *self.countries, *self.ministers]

    def meeting(self, number: int, chance: random.Random) -> Data:
        """A meeting with its delegations; three statements are made at each."""
        year, month, day = chance.randrange(YEARS), chance.randrange(1, 13), chance.randrange(1, 29)
        dialogue = self.dialogues[min(int(chance.expovariate(0.06)), DIALOGUES - 1)]
        several = {
            min(int(chance.expovariate(0.09)), len(COUNTRIES) - 1) for _one in range(chance.randrange(2, 9))
        }
        return {
            "id": f"n{number:07}",
            "title": f"{ordinal(1 + number % 30)} {dialogue['title']}",
            "dialogue": dialogue,
            "track": {"code": chance.choice(("fm", "fm", "summit", "som"))},
            "start": f"{FIRST_YEAR + year}-{month:02}-{day:02}",
            "delegations": [self.delegation(country, year) for country in sorted(several)],
        }  # fmt: skip

    def delegation(self, country: int, year: int) -> Data:
        minister = country * MINISTERS_OF_A_COUNTRY + year * MINISTERS_OF_A_COUNTRY // YEARS
        delegates = [{"minister": self.ministers[minister]["id"], "is_absent": False}]
        return {"presence": "attended", "country": self.countries[country], "delegates": delegates}

    def statement(self, number: int, meeting: Data, chance: random.Random) -> Data:
        code = chance.choices(("en", "ja", "ru"), (18, 1, 1))[0]
        title = f"Joint Statement of the {meeting['title']} on {self.languages['en'].text(3, chance)}"
        paragraphs = [self.paragraph(place, code, chance) for place in range(1, chance.randrange(3, 5))]
        return {
            "type": "statement", "id": f"s{number:07}", "title": title, "titles": [], "kind": "joint_statement",
            "dialogue": meeting["dialogue"], "issuers": [], "authority": "collective",
            "meetings": [meeting], "date": meeting["start"],
            "contents_printed": "", "certainty": "confirmed",
            "path": f"{meeting['dialogue']['path']}/{meeting['start'][:4]}/statement-{number}",
            "texts": [{"language": code, "segment": code, "certainty": "confirmed", "paragraphs": paragraphs}],
        }  # fmt: skip

    def paragraph(self, place: int, code: str, chance: random.Random) -> Data:
        topics = [
            self.topics[min(int(chance.expovariate(0.05)), TOPICS - 1)] for _one in range(chance.randrange(4))
        ]
        return {
            "key": f"p{place}", "number": place, "number_printed": None, "topics": topics,
            "text": self.languages[code].text(chance.randrange(70, 131), chance).capitalize() + ".",
        }  # fmt: skip

    def statements(self, size: int) -> Iterator[Data]:
        """Three a meeting, meetings in no order of time; each is made from its own number."""
        meeting: Data = {}
        for number in range(size):
            chance = random.Random(number)
            if number % 3 == 0:
                meeting = self.meeting(number // 3, chance)
            yield self.statement(number, meeting, chance)


def ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 < number < 20 else endings.get(number % 10, 'th')}"


def fill(size: int, said: Callable[[str], None]) -> None:
    """Store the records that stand, and this many statements with their paragraphs."""
    corpus = Corpus()
    with transaction.atomic():
        writer.clear()
    standing = corpus.standing()
    store(standing, corpus.context)
    Path.objects.bulk_create(Path(path=one["path"], pid_id=one["id"]) for one in standing)
    batch: list[Data] = []
    for number, one in enumerate(corpus.statements(size), 1):
        batch.append(one)
        if len(batch) == BATCH or number == size:
            store(batch, corpus.context)
            batch = []
            if number % (10 * BATCH) == 0:
                said(f"{number} of {size} statements")
    said("Indexing")
    with transaction.atomic():
        writer.index_stored()
    said("Choosing what says most")
    with transaction.atomic():
        writer.settle()


@transaction.atomic
def store(records: Sequence[Data], context: Context) -> None:
    """Public pids, and the entries of each as its first edition has them."""
    now = timezone.now()
    Pid.objects.bulk_create(
        Pid(value=one["id"], kind=one["type"], state=State.PUBLIC, path=one["path"], title=one["title"],
            edition_number=1, published_at=now)
        for one in records
    )  # fmt: skip
    found = [(entry, 1) for one in records for entry in drawn_of(one, context)]
    writer.add(found, is_indexed=False)


def drawn_of(one: Data, context: Context) -> Iterator[Drawn]:
    held = {meeting["id"]: meeting for meeting in one.get("meetings", ())}
    return DRAW[one["type"]](one["id"], one, Context(held, context.broader))
