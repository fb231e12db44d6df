"""The index follows every act on the record, in the same transaction."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from archive.models import Champion, FacetSet, Lexeme, SearchEntry, SearchText, WordPosting
from archive.models.search import STAMP
from archive.search import engines, postings, writer
from archive.search.expression import ANYTHING, Word
from dialogues.models import Topic
from registry import verbs
from tests import makers
from tests.promises.world import World

pytestmark = pytest.mark.django_db
NEWEST = 100_000


def index_as_it_is() -> dict[str, Any]:
    """All that the index holds, without numbers and slots that entries happen to have; postings must agree."""
    entries = SearchEntry.objects.select_related("text", "place", "subject")
    rows = {
        (entry.pid_id, entry.text.part): (
            entry.day,
            entry.edition_number,
            entry.text.title,
            entry.text.words,
            entry.text.lexemes,
            entry.marks,
        )
        for entry in entries
    }
    lexemes = dict(Lexeme.objects.exclude(lexeme__startswith=STAMP).values_list("lexeme", "entries"))
    found = {
        lexeme: len(engines.newest(Word(lexeme), NEWEST, lexemes))
        for lexeme in sorted(lexemes)
        if lexeme.startswith(("_k_", "_c_x")) or lexeme in (ANYTHING, "agre", "协力", "協力", "not")
    }
    slots = dict(zip(*engines.hits(Word(ANYTHING), NEWEST, lexemes), strict=True))
    assert slots.keys() == {entry.pk for entry in entries}
    assert_postings({slots[entry.pk]: f"{entry.text.lexemes}{entry.marks}".split() for entry in entries})
    return {"rows": rows, "lexemes": lexemes, "found": found}


def assert_postings(streams: dict[int, list[str]]) -> None:
    """Of every mark, and of each word that has any, postings must be those of the entries that have it."""
    own: dict[str, set[int]] = {}
    for slot, lexemes in streams.items():
        for lexeme in lexemes:
            own.setdefault(lexeme, set()).add(slot)
    marked = postings.marked()
    assert set(marked.standing) == streams.keys()
    for mark in filter(postings.is_mark, {*own, *marked.slots}):
        assert set(marked.of(mark) & marked.standing) == own.get(mark, set()), mark
    for word, slots in postings.of_words(WordPosting.objects.values_list("lexeme", flat=True)).items():
        if not word.startswith("_"):
            assert set(slots & marked.standing) == own.get(word, set()), word


def hits(client: Client, **asked: str) -> list[tuple[str, str]]:
    """(type, title) of every hit of a search."""
    answer = client.get("/search/", {**asked, "format": "jsonl"})
    rows = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    return [(row["type"], row["title"]) for row in rows]


@pytest.fixture
def talks() -> Any:
    return makers.published(makers.dialogue("zz-talks", "Talks of Zedland"))


def test_a_draft_is_found_only_from_its_publication_on(reader: Client, talks: Any) -> None:
    held = makers.meeting(talks, 3)
    said = makers.statement(held, "The quokkas were protected.", "Nothing else.")
    assert hits(reader, q="quokka") == []
    makers.published(held, said)
    assert hits(reader, q="quokka") == [("paragraph", "Joint Statement")]
    assert [kind for kind, _title in hits(reader, q="in:zz-talks")] == [
        "paragraph",
        "paragraph",
        "statement",
        "meeting",
        "dialogue",
    ]


def test_a_correction_changes_what_is_found(reader: Client, talks: Any) -> None:
    held = makers.meeting(talks)
    said = makers.statement(held, "The quokkas were protected.")
    makers.published(held, said)
    paragraph = said.texts.get().paragraphs.get()
    paragraph.words = "The wombats were protected."
    paragraph.save()
    verbs.publish(said, by=None, note="An animal was named wrongly.")
    assert hits(reader, q="quokkas") == []
    assert hits(reader, q="wombats") == [("paragraph", "Joint Statement")]
    entry = SearchEntry.objects.get(pid=said.pk, text__part="en/~p1/")
    assert entry.edition_number == 2


def test_what_is_withdrawn_is_not_found_until_it_is_restored(reader: Client, talks: Any) -> None:
    held = makers.meeting(talks)
    said = makers.statement(held, "The quokkas were protected.")
    makers.published(held, said)
    verbs.withdraw(said, by=None, reason="entered_in_error", note="Not theirs.")
    assert hits(reader, q="quokkas") == []
    verbs.restore(said, by=None, note="Theirs after all.")
    assert hits(reader, q="quokkas") == [("paragraph", "Joint Statement")]


def test_a_merged_duplicate_is_not_found_until_the_merge_is_undone(reader: Client) -> None:
    land = makers.published(makers.country("xq", "Quokkaland"))
    twin = makers.published(makers.country("xr", "Kingdom of Quokkaland"))
    verbs.merge(twin, into=land, by=None, note="One country.")
    assert hits(reader, q="quokkaland") == [("country", "Quokkaland")]
    verbs.restore(twin, by=None, note="Two after all.")
    assert sorted(hits(reader, q="quokkaland")) == [
        ("country", "Kingdom of Quokkaland"),
        ("country", "Quokkaland"),
    ]


def test_statements_and_commitments_follow_who_came_to_their_meeting(reader: Client, talks: Any) -> None:
    land = makers.published(makers.country("xq", "Quokkaland"))
    person = makers.published(makers.minister("ROE Richard", of=land))
    held = makers.meeting(talks)
    said, promised = makers.statement(held, "One."), makers.commitment(held, "To protect quokkas.")
    makers.published(held, said, promised)
    assert hits(reader, minister=person.pk) == [("minister", "ROE Richard")]
    makers.attend(held, land, person, "Richard Roe")
    verbs.publish(held, by=None, note="A delegation was found.")
    assert sorted(hits(reader, minister=person.pk)) == [
        ("commitment", "To protect quokkas"),
        ("meeting", held.title()),
        ("minister", "ROE Richard"),
        ("paragraph", "Joint Statement"),
        ("statement", "Joint Statement"),
    ]
    assert ("statement", "Joint Statement") in hits(reader, country="xq")


def test_a_topic_moved_under_another_takes_along_what_is_on_it(reader: Client, talks: Any) -> None:
    animals = makers.published(Topic.objects.draft(slug="animals", name="Animals"))
    quokkas = makers.published(Topic.objects.draft(slug="quokkas", name="Quokkas"))
    held = makers.meeting(talks)
    promised = makers.commitment(held, "To protect them.")
    promised.topics.set([quokkas])
    makers.published(held, promised)
    assert hits(reader, topic="animals", type="commitment") == []
    makers.corrected(quokkas, broader=animals)
    assert hits(reader, topic="animals", type="commitment") == [("commitment", "To protect them")]


def test_an_act_that_is_rolled_back_leaves_no_trace() -> None:
    before = index_as_it_is()
    with transaction.atomic():
        makers.published(makers.country("xq", "Quokkaland"))
        transaction.set_rollback(True)
    assert index_as_it_is() == before


@pytest.mark.parametrize("seed", range(3))
def test_after_any_acts_the_index_is_as_one_made_anew(seed: int) -> None:
    world, number = World(), seed * 7919
    acts = ("publish", "correct", "correct", "rename", "merge", "withdraw", "restore")
    for step in range(40):
        number = (number * 1103515245 + 12345) % 2**31
        act = acts[number % len(acts)]
        getattr(world, act)(number // 7 % 10_000, (number // 7919 + step) % 10_000) if act != "restore" else (
            world.restore(number // 7 % 10_000)
        )
    assert sum(world.done.values()) > 20
    followed = index_as_it_is()
    assert not SearchEntry.objects.missing().exists()
    assert list(SearchEntry.objects.stale()) == []
    call_command("rebuild_index", verbosity=0)
    assert index_as_it_is() == followed


def test_what_is_lost_by_hand_is_repaired(capsys: pytest.CaptureFixture[str]) -> None:
    before = index_as_it_is()
    lost = list(
        SearchEntry.objects.filter(pid__kind="country").select_related("text", "place", "subject")[:5]
    )
    writer.remove(lost)
    SearchEntry.objects.filter(pid__kind="topic").update(edition_number=99)
    call_command("rebuild_index", missing=True)
    topics = Topic.objects.public().count()
    assert capsys.readouterr().out.startswith(f"{5 + topics} records brought up to date, ")
    assert index_as_it_is() == before


def test_rebuilding_an_index_that_is_right_changes_nothing() -> None:
    before = index_as_it_is()
    call_command("rebuild_index", missing=True, verbosity=0)
    assert index_as_it_is() == before
    call_command("rebuild_index", verbosity=0)
    assert index_as_it_is() == before


def test_a_rebuild_says_how_far_it_is_and_leaves_nothing_over() -> None:
    told: list[tuple[str, int, int]] = []
    records = writer.rebuild(lambda *step: told.append(step))
    entries = SearchEntry.objects.count()
    ends = [(what, of) for what, done, of in told if done == of]
    assert ends == [("records", records), ("entries", entries), ("entries counted", entries)]
    tables = connection.introspection.table_names()
    assert [name for name in tables if name.endswith("_anew")] == []


def test_spellings_do_not_depend_on_which_text_came_first(reader: Client) -> None:
    before = dict(Lexeme.objects.exclude(spelling="").values_list("lexeme", "spelling"))
    assert before["egypt"] == "egypt"
    call_command("rebuild_index", verbosity=0)
    assert dict(Lexeme.objects.exclude(spelling="").values_list("lexeme", "spelling")) == before
    engine = engines.engine_of(connection.vendor)
    with connection.cursor() as cursor:
        for spelt in ("", "harbours", "harbour", "", "harbor", "zarbor"):
            engine.count(cursor, [("harbzz", 1, spelt)])
    assert Lexeme.objects.values_list("entries", "spelling").get(pk="harbzz") == (6, "harbor")


def test_every_entry_has_what_belongs_to_it() -> None:
    entries = SearchEntry.objects.count()
    assert SearchText.objects.count() == entries
    assert Lexeme.objects.get(pk=ANYTHING).entries == entries
    assert len(engines.newest(Word(ANYTHING), NEWEST, {})) == entries
    used = set(SearchEntry.objects.values_list("place", flat=True))
    used |= set(SearchEntry.objects.values_list("subject", flat=True))
    assert used <= set(FacetSet.objects.values_list("pk", flat=True))
    assert Champion.objects.filter(entry__isnull=True).count() == 0
    assert connection.vendor in ("sqlite", "postgresql")
