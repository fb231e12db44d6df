"""The ledger replayed: every address ever published is asked for, and what breaks the promise is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from archive.models import Replay
from archive.pages import records
from archive.promises.addresses import addresses, every_address
from archive.promises.ask import Answer, in_process
from archive.promises.replay import Judge, replay, sample
from dialogues.models import Topic
from meetings.models import Meeting, Paragraph, Text
from registry import verbs
from registry.models import Pid
from tests.exchange.test_round_trip import a_busy_life
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db


def of(pid: Pid) -> list[str]:
    return list(addresses(Pid.objects.prefetch_related("paths", "editions").get(pk=pid.pk)))


def some(*pids: Pid) -> Any:
    return [(pid, of(pid)) for pid in pids]


def asked(*pids: Pid) -> tuple[int, list[str]]:
    with in_process() as ask:
        outcome = replay(ask, some(*pids))
    return outcome.asked, outcome.failures


def test_a_topic_renamed_once_has_these_addresses() -> None:
    energy = Topic.objects.get(slug="energy")
    verbs.rename(energy, by=None, path="topics/power", note="Shorter.")
    pages = {address for address in of(energy.pid) if "format=" not in address}
    pid = energy.pk
    assert pages == {
        "/topics/energy/", "/topics/energy@1/", "/topics/energy/history/",
        "/topics/power/", "/topics/power@1/", "/topics/power/history/",
        f"/id/{pid}", f"/id/{pid}@1", f"/embed/{pid}/", f"/embed/{pid}@1/",
    }  # fmt: skip
    assert "/topics/energy@1/?format=json" in of(energy.pid)


def a_statement() -> Any:
    at = meeting(dialogue())
    made = statement(at, "First.", "Second.")
    published(at.track.dialogue, at, made)
    return made


def test_texts_and_paragraphs_of_every_edition_are_asked_for() -> None:
    made = a_statement()
    path = made.pid.path
    for address in (
        f"/{path}/en/",
        f"/{path}@1/en/~p2/",
        f"/{path}/en/~p1/?format=akn",
        f"/id/{made.pk}@1~p2",
        f"/id/{made.pk}~p1?format=json",
        f"/embed/{made.pk}@1~p2/",
    ):
        assert address in of(made.pid), address


def test_every_public_record_is_asked_for_and_no_draft() -> None:
    draft = Topic.objects.draft(slug="idea", name="An idea")
    found = {pid.pk for pid, _addresses in every_address()}
    assert found == set(Pid.objects.exclude(published_at=None).values_list("pk", flat=True))
    assert draft.pk not in found


def test_after_every_act_every_address_of_those_records_answers() -> None:
    a_busy_life()
    touched = Pid.objects.filter(changes__verb__in=["correct", "rename", "merge", "withdraw"]).distinct()
    count, failures = asked(*touched)
    assert failures == []
    assert count > 50


def test_a_paragraph_and_a_text_that_are_gone_answer_in_every_form(reader: Client) -> None:
    made = a_statement()
    Text.objects.create(statement=made, language="ja", kind="official")
    Paragraph.objects.create(text=made.texts.get(language="ja"), number=1, key="p1", words="一。")
    verbs.publish(made, by=None, note="The Japanese text was found.")
    made.texts.get(language="en").paragraphs.get(key="p2").delete()
    made.texts.get(language="ja").paragraphs.all().delete()
    made.texts.get(language="ja").delete()
    verbs.publish(made, by=None, note="It was another statement’s.")
    assert asked(made.pid)[1] == []
    page = reader.get(f"/{made.pid.path}/ja/").content.decode()
    assert "This text stands no more" in page
    assert f'href="/{made.pid.path}@2/ja/"' in page
    gone = reader.get(f"/{made.pid.path}/ja/~p1/?format=json").json()
    assert gone == {"gone": True, "stood_until_edition": 2, "url": f"/{made.pid.path}@2/ja/~p1/"}


def test_a_paragraph_of_a_merged_statement_stands_where_it_was_said(reader: Client) -> None:
    kept = a_statement()
    elsewhere = meeting(kept.dialogue, ordinal=2)
    made = statement(elsewhere, "Said twice.", title="The same again", language="ja")
    published(elsewhere, made)
    path = made.pid.path
    verbs.merge(made, into=kept, by=None, note="The same.")
    made.pid.refresh_from_db()
    assert asked(made.pid, kept.pid)[1] == []
    answer = reader.get(f"/{path}/ja/~p1/")
    assert (answer.status_code, answer["Location"]) == (301, f"/{path}@1/ja/~p1/")
    assert "Said twice." in reader.get(answer["Location"]).content.decode()
    assert reader.get(f"/id/{made.pk}~p1")["Location"] == f"/{path}@1/ja/~p1/"


def test_a_tombstone_answers_in_every_form_it_once_came_in(reader: Client) -> None:
    made = a_statement()
    verbs.withdraw(made, by=None, reason="legal", note="An order.")
    assert asked(made.pid)[1] == []
    answer = reader.get(f"/{made.pid.path}/?format=akn")
    assert (answer.status_code, answer.json()["reason"]) == (410, "legal")
    assert reader.get(f"/{made.pid.path}/?format=nothing").status_code == 410


def answers(**known: tuple[int, str | None]) -> Any:
    return lambda address: Answer(*known.get(address.strip("/"), (404, None)), b"")


@pytest.mark.parametrize(
    ("known", "fault"),
    [
        ({"a": (200, None)}, None),
        ({"a": (410, None)}, None),
        ({"a": (301, "/b/"), "b": (200, None)}, None),
        ({"a": (303, "/b/"), "b": (410, None)}, None),
        ({"a": (404, None)}, "/a/: 404"),
        ({"a": (500, None)}, "/a/: 500"),
        ({"a": (302, "/b/"), "b": (200, None)}, "/a/: 302"),
        ({"a": (301, None)}, "/a/: 301 without an address"),
        ({"a": (301, "/b/"), "b": (404, None)}, "/a/: 301 to /b/, which answers 404"),
        ({"a": (301, "/b/"), "b": (301, "/c/"), "c": (200, None)}, "/a/: 301 to /b/, which answers 301"),
        ({"a": (301, "https://else.where/")}, "/a/: 301 to https://else.where/, which answers elsewhere"),
    ],
)
def test_an_answer_is_judged(known: dict[str, Any], fault: str | None) -> None:
    assert Judge(answers(**known)).fault("/a/") == fault


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    groups = [(None, [f"/{n}/" for n in range(100)])]
    first = sample(groups, 10, 5)
    assert first == sample(groups, 10, 5)
    assert len({address for address, _one in first}) == 10
    assert first != sample(groups, 10, 6)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Topic:
    """A ledger of one record, so that a whole replay is quick."""
    energy = Topic.objects.get(slug="energy")
    chosen = Pid.objects.filter(pk=energy.pk).prefetch_related("paths", "editions")
    monkeypatch.setattr(type(Pid.objects), "ever_published", lambda _self: chosen.iterator(chunk_size=5))
    return energy


def test_the_command_prints_n_of_n_and_the_page_shows_it(
    reader: Client, small: Topic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "has not been replayed yet" in reader.get("/promises/").content.decode()
    before = reader.get("/about/")["ETag"]
    call_command("replay_ledger")
    number = len(set(of(small.pid)))
    assert capsys.readouterr().out == f"{number} of {number} public addresses answer.\n"
    page = reader.get("/promises/").content.decode()
    assert f"<b>{number} of {number}</b>" in page
    data = reader.get("/promises/?format=json").json()
    assert (data["count"], data["results"][0]["asked"], data["results"][0]["kept"]) == (1, number, number)
    foot = reader.get("/about/", headers={"if-none-match": before})
    assert foot.status_code == 200
    assert f"{number} of {number} on " in foot.content.decode()


def test_the_command_fails_and_names_what_broke(
    reader: Client, small: Topic, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(records.PAGES, "topic", lambda *_args: 1 / 0)
    with pytest.raises(CommandError, match="that do not are named above"):
        call_command("replay_ledger")
    assert "/topics/energy/: 500\n" in capsys.readouterr().err
    replayed = Replay.objects.get()
    assert replayed.kept < replayed.asked
    assert "/topics/energy/: 500" in replayed.failures
    monkeypatch.undo()
    page = reader.get("/promises/").content.decode()
    assert "do not keep the promise" in page
    assert "/topics/energy/: 500" in page


def test_a_sample_is_told_and_not_kept(small: Topic, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("replay_ledger", sample=4, seed=7)
    assert capsys.readouterr().out == "A sample, seed 7.\n4 of 4 public addresses answer.\n"
    assert not Replay.objects.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sample": 0}, "1 or more"),
        ({"seed": 5}, "goes with --sample"),
        ({"url": "ftp://x"}, "not the address of a server"),
        ({"url": "http://127.0.0.1:9"}, "Is the server up"),
    ],
)
def test_wrong_options_are_told(small: Topic, options: dict[str, Any], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("replay_ledger", **options)


def test_a_running_server_is_asked_over_http(served_archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("replay_ledger", url=served_archive, sample=150, seed=3)
    assert "150 of 150 public addresses answer." in capsys.readouterr().out


def test_a_replay_is_never_altered(small: Topic) -> None:
    call_command("replay_ledger", verbosity=0)
    for act in ("UPDATE archive_replay SET kept = 0", "DELETE FROM archive_replay"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    assert Replay.objects.get().kept == Replay.objects.get().asked


def test_in_process_asking_leaves_limits_as_they_were(settings: Any) -> None:
    settings.RATE_LIMIT = 1
    with in_process() as ask:
        assert [ask("/about/").status for _time in range(3)] == [200, 200, 200]
        assert json.loads(ask("/about/?format=json").body)["counts"]["dialogues"] == 24
    assert (settings.RATE_LIMIT, settings.PAGE_CACHE) == (1, "default")
    assert Meeting.objects.exists()
