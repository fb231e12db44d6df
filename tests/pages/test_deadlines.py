"""The list of commitments by deadline, by who says they were taken up, and by topic with what is narrower."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import icalendar
import pytest
import yaml
from django.test import Client

from dialogues.models import Topic
from meetings.models import Commitment, Meeting
from registry import verbs
from tests.makers import commitment, country, dialogue, done_at, meeting, published, takes_up

pytestmark = pytest.mark.django_db
HERE = "/commitments/?dialogue=xx-dialogue"


@pytest.fixture
def held(db: Any) -> Meeting:
    made: Meeting = published(meeting(published(dialogue()), start="2020-03-04"))
    return made


def due(held: Meeting, *deadlines: str) -> dict[str, Commitment]:
    made = {
        deadline: commitment(held, f"To do it by {deadline}.", deadline=deadline) for deadline in deadlines
    }
    published(*made.values())
    return made


def deadlines(reader: Client, query: str, at: datetime) -> list[str]:
    with done_at(at):
        answer = reader.get(f"{HERE}&format=json&page=all&{query}")
        assert answer.status_code == 200
        rows = answer.getvalue() if answer.streaming else answer.content
    return re.findall(r'"deadline": "([0-9-]+)"', rows.decode())


def page(reader: Client, query: str, at: datetime) -> str:
    with done_at(at):
        answer = reader.get(f"{HERE}&{query}")
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), ["2025-11", "2025-12-30"]),
        (datetime(2026, 1, 1, tzinfo=UTC), ["2025", "2025-11", "2025-12", "2025-12-30", "2025-12-31"]),
        (
            datetime(2026, 1, 2, tzinfo=UTC),
            ["2025", "2025-11", "2025-12", "2025-12-30", "2025-12-31", "2026-01-01"],
        ),
        (
            datetime(2026, 2, 1, tzinfo=UTC),
            ["2025", "2025-11", "2025-12", "2025-12-30", "2025-12-31", "2026-01", "2026-01-01"],
        ),
    ],
)
def test_a_deadline_has_passed_when_every_day_it_may_mean_has(
    reader: Client, held: Meeting, now: datetime, past: list[str]
) -> None:
    due(
        held,
        "2025",
        "2025-11",
        "2025-12",
        "2025-12-30",
        "2025-12-31",
        "2026",
        "2026-01",
        "2026-01-01",
        "2027-05",
    )
    assert deadlines(reader, "due=overdue", now) == past


def test_years_are_those_of_the_day_in_utc(reader: Client, held: Meeting) -> None:
    due(held, "2024-12-31", "2025", "2025-01-01", "2025-12-31", "2026", "2026-12", "2027-01-01")
    old, new = datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    assert deadlines(reader, "due=this_year", old) == ["2025", "2025-01-01", "2025-12-31"]
    assert deadlines(reader, "due=next_year", old) == ["2026", "2026-12"]
    assert deadlines(reader, "due=this_year", new) == ["2026", "2026-12"]
    assert deadlines(reader, "due=next_year", new) == ["2027-01-01"]
    for now in (old, new):
        assert deadlines(reader, "due=2024", now) == ["2024-12-31"]
        assert deadlines(reader, "due=2031", now) == []
        assert deadlines(reader, "due=any", now) == [
            "2024-12-31", "2025", "2025-01-01", "2025-12-31", "2026", "2026-12", "2027-01-01",
        ]  # fmt: skip


def test_a_page_of_yesterday_is_not_shown_today(reader: Client, held: Meeting) -> None:
    due(held, "2025")
    before, after = datetime(2025, 12, 31, 23, 59, tzinfo=UTC), datetime(2026, 1, 1, 0, 1, tzinfo=UTC)
    assert "0 past their deadline, no report recorded 1 due this year, 2025" in page(
        reader, "due=any", before
    )
    with done_at(before):
        tag = reader.get(f"{HERE}&due=any")["ETag"]
    with done_at(after):
        again = reader.get(f"{HERE}&due=any", headers={"if-none-match": tag})
    assert (again.status_code, again["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")
    assert "1 past their deadline, no report recorded 0 due this year, 2026" in page(reader, "due=any", after)


def test_a_report_is_a_public_commitment_that_implements_or_reports_on_it(
    reader: Client, held: Meeting
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = due(held, "2021", "2022", "2023", "2024")
    later = published(meeting(held.track.dialogue, 2, "2025-03-04"))
    for deadline, relation in (("2021", "implements"), ("2022", "reports_on"), ("2023", "repeats")):
        said = commitment(later, f"Of {deadline}.")
        takes_up(said, made[deadline], relation)
        if relation == "implements":
            takes_up(said, made[deadline], "reports_on")
        published(said)
    takes_up(commitment(later, "Not public."), made["2024"], "implements")
    assert deadlines(reader, "due=overdue", now) == ["2023", "2024"]
    rows = reader.get(f"{HERE}&due=any&format=json").json()["results"]
    assert [(row["deadline"], row["reports"]) for row in rows] == [
        ("2021", 1),
        ("2022", 1),
        ("2023", 0),
        ("2024", 0),
    ]
    shown = page(reader, "due=any", now)
    assert re.findall(r"(\d{4}) (1 report recorded|past, no report recorded)", shown) == [
        ("2021", "1 report recorded"),
        ("2022", "1 report recorded"),
        ("2023", "past, no report recorded"),
        ("2024", "past, no report recorded"),
    ]
    verbs.withdraw(
        Commitment.objects.get(summary="Of 2022."), by=None, reason="entered_in_error", note="Wrong."
    )
    assert deadlines(reader, "due=overdue", now) == ["2022", "2023", "2024"]


def test_the_page_of_a_commitment_says_that_its_deadline_has_passed(reader: Client, held: Meeting) -> None:
    one = due(held, "2025")["2025"]
    said = commitment(held, "It goes on.")
    takes_up(said, one)
    published(said)
    for day, is_said in (
        (datetime(2025, 12, 31, tzinfo=UTC), False),
        (datetime(2026, 1, 1, tzinfo=UTC), True),
    ):
        with done_at(day):
            html = reader.get(one.get_absolute_url()).content.decode()
        assert ("2025: past, no report recorded" in html) is is_said


def test_it_is_never_said_that_a_commitment_was_not_kept(reader: Client, held: Meeting) -> None:
    due(held, "2021")
    shown = page(reader, "due=overdue", datetime(2026, 1, 1, tzinfo=UTC))
    assert "Deadline: past, no report recorded" in shown
    assert "not that it was not kept" in shown
    assert shown.count("not kept") == 1


@pytest.mark.parametrize(
    "query",
    ["", "nature=commitment", "country=xa", "verb=agreed&due=2023", "due=overdue", "topic=roads&page=1"],
)
def test_the_panel_counts_what_its_links_show(reader: Client, held: Meeting, query: str) -> None:
    """Under whatever other filters are set, and they are kept."""
    with done_at(datetime(2023, 6, 1, tzinfo=UTC)):
        land = published(country())
        roads = published(Topic.objects.draft(slug="roads", name="Roads"))
        made = due(held, "2021", "2022", "2023", "2023-05", "2023-08-09", "2024", "2025-01")
        for deadline in ("2021", "2023", "2024"):
            made[deadline].actors.set([land])
            made[deadline].topics.set([roads])
            verbs.publish(made[deadline], by=None, note="By whom, on what.")
        html = reader.get(f"{HERE}&{query}").content.decode()
        panel = html.split('<section class="due"')[1].split("</section>")[0]
        links = re.findall(r'<a href="([^"]+)"[^>]*><b>(\d+)</b>', panel)
        links += re.findall(r'<a href="([^"]+)"[^>]*>\d{4}</a> \((\d+)\)', panel)
        assert len(links) + panel.count("<b>0</b>") >= 5
        for address, count in links:
            data = reader.get(unescape(address) + "&format=json").json()
            assert data["count"] == int(count) > 0, address
            assert "dialogue=xx-dialogue" in address
            assert "page=" not in address


def test_a_column_for_the_deadline_stands_where_it_is_asked_for(reader: Client) -> None:
    heading = re.compile(r'<th scope="col"[^>]*>\s*<a[^>]*>Deadline')
    assert not heading.search(reader.get("/commitments/?dialogue=ca-jad").content.decode())
    html = reader.get("/commitments/?dialogue=ca-jad&due=any").content.decode()
    assert heading.search(html)
    dates = ["31 March 2011", "2012", "5 June 2017"]
    assert re.findall(r'data-label="Deadline">([^<]+)<', html) == dates
    assert "the soonest deadline first" in html
    assert (
        '<option value="2031" selected>2031</option>' in reader.get("/commitments/?due=2031").content.decode()
    )


def test_the_calendar_holds_the_deadlines_that_are_shown(reader: Client, held: Meeting) -> None:
    due(held, "2024-02-29", "2025", "2025-06-07")
    calendar = icalendar.Calendar.from_ical(reader.get(f"{HERE}&due=2025&format=ics").content)
    (event,) = calendar.subcomponents
    assert event["DTSTART"].dt.isoformat() == "2025-06-07"
    assert calendar["DESCRIPTION"] == "1 is left out whose day is not known."
    assert "Deadline: 2025" in calendar["X-WR-CALNAME"]
    feed = reader.get(f"{HERE}&due=2025&format=feed").json()
    assert len(feed["items"]) == 2
    assert feed["home_page_url"].endswith("/commitments/?dialogue=xx-dialogue&due=2025")


@pytest.mark.parametrize(
    "query",
    [
        "due=never", "due=0", "due=-1", "due=20255", "due=1899", "due=2200", "due=٢٠٢٥", "due=２０２５", "due=2025-01",
        "due=%00", "due=OVERDUE", "due=2025%20", "asserted=me", "asserted=%00", "asserted=sources",
    ],
)  # fmt: skip
def test_a_value_that_is_not_understood_is_a_400_that_names_it(reader: Client, query: str) -> None:
    for form in ("", "&format=json", "&format=csv", "&format=ics"):
        answer = reader.get(f"/commitments/?{query}{form}")
        assert answer.status_code == 400, form
    if "%00" in query:  # Refused before any filter sees it.
        return
    problem = reader.get(f"/commitments/?{query}&format=json").json()
    assert [error["field"] for error in problem["errors"]] == [query.split("=")[0]]
    if query.startswith("due") and "%" not in query:
        assert "overdue, this_year, next_year, any, or a year from 1900 to 2199" in problem["detail"]


def test_an_empty_value_is_no_filter(reader: Client) -> None:
    assert reader.get("/commitments/?due=&asserted=&format=json").json()["count"] == 724


def test_a_topic_shows_what_is_said_on_narrower_ones_once(reader: Client, held: Meeting) -> None:
    top = Topic.objects.draft(slug="ways", name="Ways")
    roads = Topic.objects.draft(slug="roads", name="Roads", broader=top)
    lanes = Topic.objects.draft(slug="lanes", name="Lanes", broader=roads)
    draft = Topic.objects.draft(slug="paths", name="Paths", broader=top)
    published(top, roads, lanes)
    made = [commitment(held, f"Point {number}.") for number in range(4)]
    for one, topics in zip(made, ([top, roads, lanes], [lanes], [roads], [draft]), strict=True):
        one.topics.set(topics)
    published(*made)
    for slug, shown in (("ways", made[:3]), ("roads", made[:3]), ("lanes", made[:2])):
        rows = reader.get(f"/commitments/?topic={slug}&format=json").json()["results"]
        assert [row["id"] for row in rows] == [one.pk for one in shown], slug
        assert reader.get(f"/meetings/?topic={slug}&format=json").json()["count"] == 1


def test_what_later_commitments_take_up_can_be_listed(reader: Client) -> None:
    """Every link of the starting data is the archive’s: fixtures/dialogues name none of a source."""
    counts = {
        asserted: reader.get(f"/commitments/?asserted={asserted}&format=json").json()["count"]
        for asserted in ("source", "archive", "any")
    }
    assert counts["source"] == 0
    assert counts["archive"] == counts["any"] == len(targets())


def targets() -> set[str]:
    """Keys that the YAML names as taken up, read without the site’s code."""
    found: set[str] = set()
    for path in (Path(__file__).resolve().parents[2] / "fixtures" / "dialogues").glob("*.yaml"):
        for held in yaml.safe_load(path.read_text(encoding="utf-8"))["meetings"]:
            for outcome in held.get("outcomes", ()):
                found |= {link["target"] for link in outcome.get("links_out", ())}
    return found


def test_a_list_by_deadline_says_that_it_is_sorted_so_and_sorts_otherwise(
    reader: Client, held: Meeting
) -> None:
    due(held, "2031", "2030-05")
    html = reader.get(f"{HERE}&due=any").content.decode()
    assert re.findall(r'aria-sort="(\w+)"[^>]*>\s*<a[^>]*>(\w+)', html) == [("ascending", "Deadline")]
    assert "Sorted by <strong>Deadline, earliest first</strong>" in " ".join(html.split())
    rows = reader.get(f"{HERE}&due=any&sort=-deadline&format=json").json()["results"]
    assert [row["deadline"] for row in rows] == ["2031", "2030-05"]
    by_words = reader.get(f"{HERE}&due=any&sort=-title&format=json").json()["results"]
    assert [row["deadline"] for row in by_words] == ["2031", "2030-05"]
