"""The ladder of a commitment: who took it up, in which words, as whom says, and where it was not spoken of."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from jsonschema import Draft202012Validator

from archive.api.schemas import components
from dialogues.models import Topic, Track
from meetings import chains
from meetings.models import Commitment, Meeting
from registry import verbs
from registry.models import Source
from tests.makers import commitment, corrected, dialogue, meeting, published, statement, takes_up

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def chain_path(one: Commitment) -> str:
    one.pid.refresh_from_db()
    return f"{one.get_absolute_url()}chain/"


def of_key(key: str) -> Commitment:
    return Commitment.objects.get(key=key)


def data_of(reader: Client, one: Commitment) -> dict[str, Any]:
    answer = reader.get(f"{chain_path(one)}?format=json")
    assert answer.status_code == 200
    data: dict[str, Any] = answer.json()
    return data


def page_of(reader: Client, one: Commitment) -> str:
    answer = reader.get(chain_path(one))
    assert answer.status_code == 200
    return str(answer.content.decode())


def words(html: str) -> str:
    """The words of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def series(count: int = 3) -> list[Meeting]:
    """Meetings of one series in 2021, 2022 …, public."""
    of = published(dialogue())
    held = [meeting(of, number, f"{2020 + number}-03-04") for number in range(1, count + 1)]
    published(*held)
    return held


# Real chains, worked out from fixtures/


def test_what_was_said_of_afghanistan_from_2012_to_2022(reader: Client) -> None:
    """fixtures/dialogues/ca-jad.yaml: fm-4, fm-6, fm-8 and fm-9 speak of it, each taking up the one before; fm-5, fm-7
    and the special meeting of 2020 were held in between, and outcomes of all three are recorded."""
    data = data_of(reader, of_key("ca-jad-fm-09-c08"))
    assert [
        (row["heard"], row["step"], row["date"], row["relation"], row["target"]) for row in data["results"]
    ] == [
        ("said", 1, "2012-11-10", None, None),
        ("not_mentioned", None, "2014-07-16", None, None),
        ("said", 2, "2017-05-01", "repeats", of_key("ca-jad-fm-04-c04").pk),
        ("not_mentioned", None, "2019-05-18", None, None),
        ("not_mentioned", None, "2020-08-11", None, None),
        ("said", 3, "2022-04-15", "repeats", of_key("ca-jad-fm-06-c09").pk),
        ("said", 4, "2022-12-24", "repeats", of_key("ca-jad-fm-08-c03").pk),
    ]
    assert (data["commitments"], data["meetings"], data["not_mentioned"], data["no_text"]) == (4, 4, 3, 0)
    assert data["last_said"]["date"] == "2022-12-24"
    assert {row["asserted_by"] for row in data["results"]} == {None, "archive"}


def test_its_page_says_the_gaps_and_when_it_was_last_said(reader: Client) -> None:
    said = words(page_of(reader, of_key("ca-jad-fm-04-c04")))
    places = [
        "last said on 24 December 2022, at the 9th Foreign Ministers’ Meeting",
        "Not mentioned at 3 meetings of the same series held in between.",
        "1 4th Foreign Ministers’ Meeting 10 November 2012, Tokyo",
        "not mentioned at the 5th Foreign Ministers’ Meeting , 2014",
        "2 6th Foreign Ministers’ Meeting 1 May 2017, Ashgabat",
        "not mentioned at the 7th Foreign Ministers’ Meeting , 2019",
        "not mentioned at the Special Foreign Ministers’ Meeting, 11 August 2020",
        "3 8th Foreign Ministers’ Meeting 15 April 2022",
        "4 9th Foreign Ministers’ Meeting 24 December 2022, Tokyo",
        "“respect the rights of all Afghans, including women and minorities”",
    ]
    found = [said.index(place) for place in places]
    assert found == sorted(found)
    assert "no text held of the" not in said


def test_a_chain_through_several_series_tells_not_mentioned_from_not_held(reader: Client) -> None:
    """Transport, 2014 to 2025, at ministers’, senior officials’, scholars’ meetings and a summit. Of these series were
    held in between, with outcomes in the YAML: SOM 10, 13, 14, 16, FM 7, special, 8, Tokyo Dialogue 13; without:
    SOM 11 and, undated between 14 and 16, 15; Tokyo Dialogue 7, 9, 10 and, undated between 10 and 12, 11. The summit
    of 2024 was postponed; expert, energy and business meetings are of other series."""
    rows = data_of(reader, of_key("ca-jad-som-09-c04"))["results"]
    silent = {
        heard: [row["meeting_url"].removeprefix(SITE) for row in rows if row["heard"] == heard]
        for heard in ("not_mentioned", "no_text")
    }
    assert silent["not_mentioned"] == [
        "/ca-jad/2015/som-10/",
        "/ca-jad/2018/som-13/",
        "/ca-jad/2019/fm-7/",
        "/ca-jad/2020/fm-special/",
        "/ca-jad/2021/som-14/",
        "/ca-jad/2022/fm-8/",
        "/ca-jad/2024/som-16/",
        "/ca-jad/2025/tokyo-dialogue-13/",
    ]
    assert silent["no_text"] == [
        "/ca-jad/2015/tokyo-dialogue-7/",
        "/ca-jad/2016/som-11/",
        "/ca-jad/2016/tokyo-dialogue-9/",
        "/ca-jad/2017/tokyo-dialogue-10/",
        "/ca-jad/undated/tokyo-dialogue-11/",
        "/ca-jad/undated/som-15/",
    ]
    steps = {row["meeting_url"].rsplit("/", 2)[1]: row["step"] for row in rows if row["step"]}
    assert list(steps) == [
        "fm-5", "som-9", "tokyo-dialogue-8", "fm-6", "som-12", "fm-9", "tokyo-dialogue-12", "summit-1",
    ]  # fmt: skip
    assert list(steps.values()) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_commitment_of_2022_takes_up_two(reader: Client) -> None:
    """fm-9’s first point builds on a remark at fm-8 and repeats a point of fm-6, against which words are marked."""
    said = of_key("ca-jad-fm-09-c01")
    rows = [row for row in data_of(reader, said)["results"] if row["id"] == said.pk]
    assert [(row["relation"], row["target"]) for row in rows] == [
        ("builds_on", of_key("ca-jad-fm-08-r01").pk),
        ("repeats", of_key("ca-jad-fm-06-c04").pk),
    ]
    page = page_of(reader, said)
    assert page.count(f'id="c-{said.pk}"') == 1
    body = words(page.split(f'id="c-{said.pk}"')[1].split("</div></li>")[0])
    assert "↳" not in body  # It is drawn by the style sheet; the words stand without it.
    assert (
        "builds on “Hayashi said a free and open Central Asia has …” (4 · 8th Foreign Ministers’ Meeting, 2022)"
        in body
    )
    assert (
        "repeats “The importance of settling disputes peacefully under international law, …” (2 · 6th" in body
    )
    assert body.count("□ this archive says so") == 2


def test_a_meeting_known_by_its_number_alone_stands_in_its_place(reader: Client) -> None:
    """korea-central-asia: the 3rd Forum is undated; the 1st was held in 2007, the 2nd is not recorded, and after it
    came nine, of which no words of the 7th are held."""
    data = data_of(reader, of_key("kr-forum-01-c03"))
    rows = data["results"]
    assert [(row["step"], row["date"]) for row in rows[:2]] == [(1, "2007-11-15"), (2, None)]
    assert (data["not_mentioned"], data["no_text"], data["since"]) == (0, 0, 9)
    after = [(row["heard"], row["date"]) for row in rows[2:]]
    assert after[:3] == [
        ("no_text", "2013-10-04"),
        ("not_mentioned", "2015-10-05"),
        ("not_mentioned", "2016"),
    ]
    assert [heard for heard, _date in after].count("not_mentioned") == 8
    page = page_of(reader, of_key("kr-forum-01-c03"))
    assert 'aria-label="Since then"' in page
    assert "last said at the 3rd Cooperation Forum, whose date is not known" in page


@pytest.mark.parametrize("key", ["ca-jad-fm-02-c07", "eu-min-18-c04", "c5-summit-01-c04", "cn-fm-03-c01"])
def test_page_json_and_csv_say_the_same(reader: Client, key: str) -> None:
    one = of_key(key)
    rows = data_of(reader, one)["results"]
    answer = reader.get(f"{chain_path(one)}?format=csv")
    written = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert written == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    lines = reader.get(f"{chain_path(one)}?format=jsonl").getvalue().decode().splitlines()
    assert [json.loads(line) for line in lines] == rows
    for html in (page_of(reader, one), reader.get(one.get_absolute_url()).content.decode()):
        ladder = html.split('<ol class="ladder">')[1]
        assert re.findall(r'id="c-(\w{8})"', ladder) == list(
            dict.fromkeys(row["id"] for row in rows if row["id"])
        )
        assert len(re.findall(r'<strong class="relation">', ladder)) == sum(
            1 for row in rows if row["relation"]
        )
        for heard, word in (("not_mentioned", "not mentioned at the"), ("no_text", "no text held of the")):
            assert ladder.count(word) == sum(1 for row in rows if row["heard"] == heard)


def test_the_data_are_as_the_schema_says(reader: Client) -> None:
    described = reader.get("/api/openapi.json").json()["paths"]["/commitments/{id}/{slug}/chain/"]["get"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    check = Draft202012Validator({**schema, "components": {"schemas": components()}})
    for key in ("ca-jad-fm-09-c01", "kr-forum-03-c02", "ca-jad-summit-2024-b03", "ca-jad-fm-03-c12"):
        check.validate(data_of(reader, of_key(key)))


# Words


def test_changed_words_are_marked_against_what_is_taken_up(reader: Client) -> None:
    first, second, third = series()
    one = commitment(first, "To hold one meeting of ministers a year.")
    two = commitment(second, "To hold two meetings of ministers a year.")
    three = commitment(third, "To hold two meetings of ministers a year.")
    takes_up(two, one, "broadens")
    takes_up(three, two, "repeats")
    published(one, two, three)
    rows = data_of(reader, three)["results"]
    assert [(row["change"], row["compared"], row["removed"], row["added"]) for row in rows] == [
        (None, None, None, None),
        ("changed", "archive", "one meeting", "two meetings"),
        ("same", "archive", "", ""),
    ]
    page = page_of(reader, one)
    assert "To hold <del>one meeting</del><ins>two meetings</ins> of ministers a year." in page
    assert "Changed words (of our summaries)" in words(page)
    assert "In the same words" in page
    assert f'href="/compare/?a={one.pk}@1&amp;b={two.pk}@1"' in page


def test_wholly_other_words_are_not_marked_word_by_word(reader: Client) -> None:
    first, second = series(2)
    one = commitment(first, "To hold one meeting of ministers a year.")
    two = commitment(second, "Parties shall convene regularly.")
    takes_up(two, one)
    published(one, two)
    row = data_of(reader, two)["results"][1]
    assert (row["change"], row["removed"], row["added"]) == ("other", "", "")
    page = page_of(reader, two)
    assert "Other words throughout" in page
    assert "<del>one" not in page


def test_a_quotation_is_never_held_against_a_summary(reader: Client) -> None:
    first, second, third = series()
    one = commitment(first, "They will open the road.", quote="we shall open the road this year")
    two = commitment(second, "They will open the long road.")
    three = commitment(third, "They will open it.", quote="we shall open the long road this year")
    takes_up(two, one)
    takes_up(three, one)
    published(one, two, three)
    rows = {row["id"]: row for row in data_of(reader, one)["results"]}
    assert (rows[two.pk]["compared"], rows[two.pk]["added"]) == ("archive", "long")
    assert (rows[three.pk]["compared"], rows[three.pk]["added"]) == ("source", "long")
    assert (rows[one.pk]["words"], rows[one.pk]["words_by"]) == ("we shall open the road this year", "source")
    assert (rows[two.pk]["words"], rows[two.pk]["words_by"]) == ("They will open the long road.", "archive")


def test_words_come_from_current_editions(reader: Client) -> None:
    first, second = series(2)
    one, two = commitment(first, "To build a bridge."), commitment(second, "To build a bridge.")
    takes_up(two, one)
    published(one, two)
    corrected(one, summary="To build a long bridge.")
    assert "To build a <del>long </del>bridge." in page_of(reader, two)
    one.summary = "Not published."
    one.save()
    assert "Not published." not in page_of(reader, two)


# Who says so


def test_a_source_and_the_archive_are_told_apart_by_word_and_mark(reader: Client) -> None:
    first, second, third = series()
    one, two, three = (commitment(at, "To build a bridge.") for at in (first, second, third))
    source = Source.objects.create(
        key="minutes", publisher="Ministry of Bridges", title="Minutes", url="https://example.org/minutes"
    )
    takes_up(two, one, "implements", asserted_by="source").sources.add(source)
    takes_up(three, two, "reports_on", asserted_by="archive")
    published(one, two, three)
    rows = data_of(reader, one)["results"]
    assert [(row["asserted_by"], row["asserted_in"]) for row in rows] == [
        (None, None),
        ("source", "https://example.org/minutes"),
        ("archive", ""),
    ]
    for page in (page_of(reader, one), reader.get(one.get_absolute_url()).content.decode()):
        assert 'class="asserted source">■ a source says so: <a href="https://example.org/minutes"' in page
        assert "Ministry of Bridges" in page
        assert 'class="asserted archive">□ this archive says so<' in page
    for asserted, shown in (("source", [one]), ("archive", [two]), ("any", [one, two])):
        listed = reader.get(f"/commitments/?format=json&dialogue=xx-dialogue&asserted={asserted}").json()
        assert {row["id"] for row in listed["results"]} == {one.pk for one in shown}


# Branches


def test_threads_that_part_and_join_are_drawn_in_their_lanes(reader: Client) -> None:
    first, second, third = series()
    one, other = commitment(first, "To build a bridge."), commitment(first, "To dig a well.")
    joined = commitment(third, "To build a bridge and to dig a well.")
    aside = commitment(second, "To build a small bridge.")
    takes_up(joined, one, "builds_on")
    takes_up(joined, other, "builds_on")
    takes_up(aside, one, "narrows")
    published(one, other, joined, aside)
    data = data_of(reader, one)
    assert (data["commitments"], data["meetings"], data["count"]) == (4, 3, 5)
    page = page_of(reader, joined)
    assert "Taken up 2 times" in words(page.split(f'id="c-{one.pk}"')[1].split("</div></li>")[0])
    lanes = {
        step: re.findall(r'<span class="lane">((?:<i class="\w+"></i>)*)</span>', rest.split("<div")[0])
        for step, rest in re.findall(r'id="c-(\w{8})"(.*?)</li>', page, re.S)
    }
    drawn = {
        step: [" ".join(re.findall(r'"(\w+)"', lane)) for lane in found] for step, found in lanes.items()
    }
    assert drawn == {
        one.pk: ["down node", "", ""],
        other.pk: ["up down", "down node", ""],
        aside.pk: ["up down right", "up down left right", "left node"],
        joined.pk: ["up right node", "up left", ""],
    }


def test_what_takes_up_another_of_its_own_meeting_stands_after_it(reader: Client) -> None:
    (first,) = series(1)
    one, two = commitment(first, "To build a bridge."), commitment(first, "There will be a bridge.")
    takes_up(one, two)
    published(one, two)
    assert [row["id"] for row in data_of(reader, one)["results"]] == [two.pk, one.pk]
    assert data_of(reader, one)["meetings"] == 1


def test_a_circle_of_links_ends(reader: Client) -> None:
    first, second = series(2)
    one, two = commitment(first, "To build a bridge."), commitment(second, "To build a bridge.")
    takes_up(two, one)
    takes_up(one, two, "builds_on")
    published(one, two)
    assert [row["id"] for row in data_of(reader, two)["results"]] == [one.pk, two.pk]
    assert page_of(reader, one)


def test_more_threads_than_fit_beside_each_other_have_one_rail(reader: Client) -> None:
    first, second = series(2)
    many = [commitment(first, f"Point {number}.") for number in range(8)]
    all_of_it = commitment(second, "All of it.")
    for one in many:
        takes_up(all_of_it, one)
    published(*many, all_of_it)
    page = page_of(reader, all_of_it)
    assert data_of(reader, many[0])["count"] == 16
    assert page.count('class="rails"') == page.count('class="lane"')


def test_a_chain_too_long_to_show_says_so(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    held = series(4)
    said = [commitment(at, "To build a bridge.") for at in held]
    for later, earlier in zip(said[1:], said, strict=False):
        takes_up(later, earlier)
    published(*said)
    assert (data_of(reader, said[0])["commitments"], data_of(reader, said[0])["is_whole"]) == (4, True)
    monkeypatch.setattr(chains, "MOST", 3)
    reader.get("/")
    answer = reader.get(f"{chain_path(said[0])}?format=json&before=1").json()
    assert (answer["commitments"], answer["is_whole"]) == (3, False)
    assert "Only 3 commitments of this chain are shown." in words(
        reader.get(f"{chain_path(said[0])}?before=1").content.decode()
    )


# Silence


def test_meetings_that_were_not_held_are_no_gaps(reader: Client) -> None:
    of = published(dialogue())
    held = [
        meeting(of, number, f"{2020 + number}-03-04", status=status)
        for number, status in ((1, "held"), (2, "postponed"), (3, "cancelled"), (4, "held"), (5, "announced"))
    ]
    published(*held)
    one, two = commitment(held[0], "To build a bridge."), commitment(held[3], "To build a bridge.")
    takes_up(two, one)
    planned = commitment(held[4], "To build a bridge.")
    takes_up(planned, two)
    published(one, two, planned)
    data = data_of(reader, one)
    assert [row["heard"] for row in data["results"]] == ["said", "said", "said"]
    assert data["last_said"]["date"] == "2024-03-04"
    assert "◷ announced" in words(page_of(reader, one))


def test_no_text_is_held_where_only_a_title_is(reader: Client) -> None:
    held = series(5)
    one, last = commitment(held[0], "To build a bridge."), commitment(held[4], "To build a bridge.")
    takes_up(last, one)
    titled, read = statement(held[1]), statement(held[2], "They met.")
    draft = statement(held[3], "They met in secret.")
    published(one, last, titled, read)
    assert draft.pid.state == "draft"
    heard = [(row["date"][:4], row["heard"]) for row in data_of(reader, one)["results"]]
    assert heard == [
        ("2021", "said"), ("2022", "no_text"), ("2023", "not_mentioned"), ("2024", "no_text"), ("2025", "said"),
    ]  # fmt: skip


def test_only_what_certainly_lies_between_is_a_gap(reader: Client) -> None:
    """A month in which the last was held may lie after it; a number between theirs says that it does not."""
    of = published(dialogue())
    other = Track.objects.create(
        dialogue=of,
        code="som",
        name="SOM",
        meeting_name="Senior Officials’ Meeting",
        level="senior_officials",
    )
    first, last = meeting(of, 1, "2021-03-04"), meeting(of, 4, "2023-05-20")
    between = [meeting(of, 2, None), meeting(of, 3, "2023")]
    vague = Meeting.objects.draft(track=other, ordinal=7, start="2023-05")
    early = Meeting.objects.draft(track=other, ordinal=6, start="2022")
    unplaced = Meeting.objects.draft(track=other, ordinal=None, start=None)
    published(first, last, *between, vague, early, unplaced)
    one, two = commitment(first, "To build a bridge."), commitment(last, "To build a bridge.")
    aside = commitment(early, "To build a bridge.")
    takes_up(two, one)
    takes_up(aside, one)
    published(one, two, aside)
    rows = data_of(reader, one)["results"]
    assert [(row["heard"], row["meeting"]) for row in rows] == [
        ("said", "1st Foreign Ministers’ Meeting"),
        ("no_text", "2nd Foreign Ministers’ Meeting"),
        ("said", "6th Senior Officials’ Meeting"),
        ("no_text", "3rd Foreign Ministers’ Meeting"),
        ("said", "4th Foreign Ministers’ Meeting"),
    ]


def test_a_statement_of_no_meeting_is_a_step(reader: Client) -> None:
    (first,) = series(1)
    one = commitment(first, "To build a bridge.")
    text = statement(first, "We built a bridge.", title="Letter of the Ministers")
    text.meeting_links.all().delete()
    text.date = "2022-05-06"
    text.save()
    two = Commitment.objects.draft(
        key="letter-c1", statement=text, summary="A bridge was built.", verb="reported", strength="notes"
    )
    takes_up(two, one, "reports_on")
    published(one, text, two)
    data = data_of(reader, one)
    assert [(row["meeting"], row["date"], row["dialogue"]) for row in data["results"]] == [
        ("1st Foreign Ministers’ Meeting", "2021-03-04", "Example Dialogue"),
        ("Letter of the Ministers", "2022-05-06", None),
    ]
    assert data["last_said"]["title"] == "Letter of the Ministers"
    assert "reports on “To build a bridge”" in words(page_of(reader, two))


def test_a_commitment_that_stands_alone_says_so(reader: Client) -> None:
    one = of_key("ca-jad-fm-03-c12")
    assert data_of(reader, one)["count"] == 1
    assert "No earlier or later commitment is linked with this one." in page_of(reader, one)
    assert "No earlier or later commitment" in reader.get(one.get_absolute_url()).content.decode()


# What was taken away, and what is not public yet


def test_a_step_that_was_withdrawn_is_named_without_its_words(reader: Client) -> None:
    first, second, third = series()
    one, two, three = (commitment(at, f"To build bridge {at.ordinal}.") for at in (first, second, third))
    takes_up(two, one)
    takes_up(three, two)
    published(one, two, three)
    assert data_of(reader, one)["commitments"] == 3
    verbs.withdraw(two, by=None, reason="entered_in_error", note="It was never said.")
    assert [row["id"] for row in data_of(reader, one)["results"]] == [one.pk]
    data = data_of(reader, three)
    assert [
        (row["relation"], row["target"], row["target_state"], row["change"]) for row in data["results"]
    ] == [("repeats", two.pk, "withdrawn", None)]
    page = page_of(reader, three)
    assert "a commitment that was withdrawn since" in page
    assert f'href="/{two.pid.path}/"' in page
    assert "bridge 2" not in words(page)
    printed = reader.get(third.get_absolute_url()).content.decode()
    assert '">↳ repeats: a commitment that was withdrawn</a>' in printed
    [link] = reader.get(f"{third.get_absolute_url()}?format=json").json()["outcomes"][0]["links"]
    assert link == {
        "relation": "repeats",
        "target": {"id": two.pk, "state": "withdrawn"},
        "asserted_by": "archive",
    }
    assert reader.get(chain_path(two)).status_code == 410
    verbs.restore(two, by=None, note="It was said after all.")
    assert data_of(reader, one)["commitments"] == 3


def test_a_merged_step_is_its_survivor(reader: Client) -> None:
    first, second = series(2)
    one, same = commitment(first, "To build a bridge."), commitment(first, "A bridge is to be built.")
    two = commitment(second, "To build a bridge.")
    takes_up(two, same)
    published(one, same, two)
    verbs.merge(same, into=one, by=None, note="The same point.")
    assert [row["id"] for row in data_of(reader, two)["results"]] == [one.pk, two.pk]
    moved = reader.get(f"/commitments/{same.pk}/a-bridge-is-to-be-built/chain/?format=json")
    assert (moved.status_code, moved["Location"]) == (301, f"{chain_path(one)}?format=json")


def test_drafts_and_links_that_are_not_published_do_not_show(reader: Client) -> None:
    first, second, third = series()
    one, two, three = (commitment(at, f"To build bridge {at.ordinal}.") for at in (first, second, third))
    published(one, three)
    takes_up(two, one)
    takes_up(three, two)
    assert data_of(reader, one)["commitments"] == data_of(reader, three)["commitments"] == 1
    takes_up(three, one)
    assert data_of(reader, one)["commitments"] == 1
    verbs.publish(three, by=None, note="It takes up the first.")
    data = data_of(reader, one)
    assert [row["id"] for row in data["results"] if row["id"]] == [one.pk, three.pk]
    assert "bridge 2" not in words(page_of(reader, one))


# Addresses


def test_the_chain_stands_beneath_its_commitment_alone(reader: Client) -> None:
    one = of_key("ca-jad-fm-09-c08")
    path = chain_path(one)
    assert f'href="{path}"' in reader.get(one.get_absolute_url()).content.decode()
    pinned = f"{one.get_absolute_url()[:-1]}@1/chain/"
    for asked in (path.rstrip("/"), path.upper(), f"/commitments/{one.pk}/wrong/chain/", pinned):
        answer = reader.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, path), asked
    for missing in ("/topics/energy/chain/", "/ca-jad/2022/fm-9/chain/", "/commitments/chain/"):
        assert reader.get(missing).status_code == 404, missing
    assert reader.get(f"/timegate{path}").status_code == 404
    topic = published(Topic.objects.draft(slug="link", name="Links"))
    with pytest.raises(ValidationError):
        verbs.rename(topic, by=None, path="topics/link/chain", note="x")


def test_forms_that_are_not_offered_are_refused(reader: Client) -> None:
    path = chain_path(of_key("ca-jad-fm-09-c08"))
    for form in ("xml", "bib", "", "csv%00"):
        assert reader.get(f"{path}?format={form}").status_code == 400, form
    assert reader.get(path, headers={"accept": "text/csv"})["Content-Type"].startswith("text/csv")
    links = reader.get(path)["Link"]
    for form in ("json", "csv", "jsonl", "atom", "feed", "ics"):
        assert f'<{path}?format={form}>; rel="alternate"' in links


def test_a_chain_can_be_followed(reader: Client) -> None:
    first, second = series(2)
    one = commitment(first, "To build a bridge.", deadline="2032-02-29")
    two = commitment(second, "To build a bridge.")
    takes_up(two, one)
    published(one, two)
    feed = reader.get(f"{chain_path(one)}?format=feed").json()
    assert {item["_dialogues"]["id"] for item in feed["items"]} == {one.pk, two.pk}
    calendar = reader.get(f"{chain_path(two)}?format=ics").content.decode()
    assert "DTSTART;VALUE=DATE:20320229" in calendar
    verbs.withdraw(two, by=None, reason="entered_in_error", note="It was never said.")
    feed = reader.get(f"{chain_path(one)}?format=feed").json()
    assert [
        item["_dialogues"]["is_withdrawn"] for item in feed["items"] if item["_dialogues"]["id"] == two.pk
    ] == [True]


def test_the_ladder_is_a_list_without_style_or_script(reader: Client) -> None:
    page = page_of(reader, of_key("ca-jad-fm-09-c01"))
    assert '<ol class="ladder">' in page
    assert page.count('aria-current="true"') == 1
    for forbidden in ("<script", " style=", "<style"):
        assert forbidden not in page
