"""What was said on a topic from meeting to meeting and across dialogues, marked by a lexicon that can be edited."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from archive.models import LexiconEdition, LexiconVerb, VerbFamily, VerbForms
from dialogues.models import Dialogue, Topic
from meetings.language import GAPS
from meetings.models import CommitmentLink, Meeting, Statement
from registry import verbs
from tests.makers import commitment, corrected, dialogue, meeting, published, statement

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db
FIVE = "country=kz&country=kg&country=tj&country=tm&country=uz"


def answer(reader: Client, address: str) -> dict[str, Any]:
    response = reader.get(f"{address}{'&' if '?' in address else '?'}format=json")
    assert response.status_code == 200, response.content
    return dict(response.json())


def rows_of_csv(reader: Client, address: str) -> list[dict[str, str]]:
    response = reader.get(f"{address}{'&' if '?' in address else '?'}format=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]


@pytest.fixture
def fish(db: Any) -> Topic:
    """A topic with a narrower one, and a dialogue that spoke of them, at its first, second and fifth meeting.

    1st: agreed. 2nd: linked to the first, noted. 3rd: nothing is held. 4th: another outcome. 5th: pledged, in almost
    the words of the 2nd. The sixth was cancelled.
    """
    food = Topic.objects.draft(slug="food", name="Food of the sea")
    fish = Topic.objects.draft(slug="fish", name="Fish", broader=food)
    framework = dialogue("harbour", "Harbour Dialogue")
    held = [meeting(framework, number, f"200{number}-05-01") for number in range(1, 7)]
    held[5].status = "cancelled"
    held[5].save()
    first = said(held[0], "To lower tariffs.", "agreed", "agrees", food)
    second = said(held[1], "To lower tariffs on fish by half.", "noted", "notes", fish)
    CommitmentLink.objects.create(commitment=second, target=first, relation="repeats")
    other = said(held[3], "To meet every year.", "agreed", "agrees")
    fifth = said(held[4], "To lower tariffs on salted fish by half.", "pledged", "pledges", fish)
    published(food, fish, framework, *held, first, second, other, fifth)
    return food


def said(at: Meeting, summary: str, verb: str, strength: str, *topics: Topic, **facts: Any) -> Any:
    made = commitment(at, summary, **facts)
    made.verb, made.strength = verb, strength
    made.save()
    made.topics.set(topics)
    return made


def marks(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(row["date"][:4], row["mark"], row["summary"]) for row in found["results"]]


def test_a_series_is_told_from_its_first_to_its_last_meeting(reader: Client, fish: Topic) -> None:
    found = answer(reader, "/topics/food/language/?dialogue=harbour")
    assert marks(found) == [
        ("2001", "new", "To lower tariffs."),
        ("2002", "softened", "To lower tariffs on fish by half."),
        ("2003", "no_text", ""),
        ("2004", "nothing", ""),
        ("2004", "dropped", "To lower tariffs on fish by half."),
        ("2005", "strengthened", "To lower tariffs on salted fish by half."),
    ]
    assert found["counts"] == {
        "new": 1, "same": 0, "strengthened": 1, "softened": 1, "dropped": 1, "undated": 0, "nothing": 1, "no_text": 1,
    }  # fmt: skip
    assert [topic["slug"] for topic in found["topics"]] == ["food", "fish"]


def test_an_outcome_answers_to_what_it_is_linked_to_else_to_the_most_alike(
    reader: Client, fish: Topic
) -> None:
    by_year = {
        row["date"][:4]: row for row in answer(reader, "/topics/food/language/?dialogue=harbour")["results"]
    }
    linked, alike = by_year["2002"], by_year["2005"]
    assert (linked["matched_by"], linked["relation"], linked["asserted_by"]) == ("link", "repeats", "archive")
    assert (linked["earlier"], linked["earlier_verb"], linked["likeness"]) == (
        by_year["2001"]["id"],
        "agrees",
        None,
    )
    # Seven words of 7 and 8 in common: 2 × 7 / 15.
    assert (alike["matched_by"], alike["relation"], alike["likeness"]) == ("likeness", "", 0.93)
    assert (alike["earlier"], alike["earlier_verb"]) == (linked["id"], "notes")


def test_the_changed_words_are_marked_and_the_reckoning_is_said(reader: Client, fish: Topic) -> None:
    html = reader.get("/topics/food/language/?dialogue=harbour").content.decode()
    assert "To lower tariffs on <ins>salted </ins>fish by half." in html
    assert "likeness 0.93" in html
    assert "the archive’s reckoning" in html
    assert "no text held" in html
    assert "nothing on this topic is recorded" in html
    assert "Narrower topics are included" in html


def test_a_narrower_topic_alone_leaves_out_what_is_on_the_broader(reader: Client, fish: Topic) -> None:
    found = answer(reader, "/topics/fish/language/?dialogue=harbour")
    assert [mark for _year, mark, _summary in marks(found)] == [
        "nothing", "new", "no_text", "nothing", "dropped", "strengthened",
    ]  # fmt: skip


def test_what_takes_it_up_under_another_topic_is_shown_and_nothing_was_dropped(
    reader: Client, fish: Topic
) -> None:
    fourth = Meeting.objects.get(track__dialogue__code="harbour", ordinal=4)
    second = Meeting.objects.get(track__dialogue__code="harbour", ordinal=2).outcomes.get()
    trade = Topic.objects.get(slug="trade-investment")
    again = said(fourth, "Customs duties will fall.", "noted", "notes", trade)
    CommitmentLink.objects.create(commitment=again, target=second, relation="builds_on")
    published(again)
    rows = [
        row
        for row in answer(reader, "/topics/food/language/?dialogue=harbour")["results"]
        if row["date"][:4] == "2004"
    ]
    assert [(row["mark"], row["on_topic"], row["relation"]) for row in rows] == [("same", "no", "builds_on")]


LINK = re.compile(
    r'href="(/topics/[a-z0-9-]+/language/\?dialogue=[a-z0-9-]+)"[^>]*>[^<]*</a> <span[^>]*>(\d+)<'
)


def figures(reader: Client, dialogue: str) -> dict[str, int]:
    """The links of a dialogue’s page to its language, each with the figure beside it."""
    return {link: int(n) for link, n in LINK.findall(reader.get(f"/{dialogue}/").content.decode())}


def test_a_dialogue_counts_beside_a_topic_what_the_page_of_its_language_lists(
    reader: Client, fish: Topic
) -> None:
    """On fish are the 2nd and the 5th, on food the 1st too; another takes the 2nd up, background does not count."""
    trade = Topic.objects.get(slug="trade-investment")
    fourth = Meeting.objects.get(track__dialogue__code="harbour", ordinal=4)
    second = Meeting.objects.get(track__dialogue__code="harbour", ordinal=2).outcomes.get()
    again = said(fourth, "Customs duties will fall.", "noted", "notes", trade)
    known = said(fourth, "Fish swim.", "noted", "notes", fish, nature="background")
    for one in (again, known):
        CommitmentLink.objects.create(commitment=one, target=second, relation="builds_on")
    published(again, known)
    assert list(figures(reader, "harbour").items()) == [
        ("/topics/food/language/?dialogue=harbour", 4),
        ("/topics/fish/language/?dialogue=harbour", 3),
        ("/topics/trade-investment/language/?dialogue=harbour", 1),
    ]
    html = reader.get("/topics/food/language/?dialogue=harbour").content.decode()
    assert "4 outcomes, and what became of them" in html
    assert "1 of them is recorded under other topics and takes up one on this." in html


@pytest.mark.parametrize(("dialogue", "links"), [("ca-jad", 12), ("ticad", 11)])
def test_the_figure_beside_each_link_is_that_of_the_page_it_leads_to(
    reader: Client, dialogue: str, links: int
) -> None:
    found = figures(reader, dialogue)
    assert len(found) == links
    for link, figure in found.items():
        page = answer(reader, link)
        assert figure == page["outcomes"] == len({row["id"] for row in page["results"] if row["id"]})
        assert figure == sum(n for mark, n in page["counts"].items() if mark not in {"dropped", *GAPS})
        assert f"{figure} outcome" in reader.get(link).content.decode()


def test_all_series_stand_in_one_order_of_time(reader: Client, fish: Topic) -> None:
    """Officials met between the 1st and the 2nd, and on the day of the 5th; what they said is their own series."""
    framework = Dialogue.objects.get(code="harbour")
    track = framework.tracks.create(
        code="som", name="Officials’ Meetings", meeting_name="Officials’ Meeting", level="officials", number=2
    )
    held = [
        Meeting.objects.draft(track=track, ordinal=number, start=start)
        for number, start in enumerate(("2001-09", "2005-05-01", None), 1)
    ]
    made = [said(one, f"To count fish {one.ordinal}.", "agreed", "agrees", fish) for one in held]
    alone = Statement.objects.draft(
        dialogue=framework, kind="joint_statement", title_printed="On fish", date="2003-01-01"
    )
    adrift = said(held[0], "To mend nets.", "agreed", "agrees", fish)
    adrift.meeting, adrift.statement = None, alone
    adrift.save()
    published(*held, *made, alone, adrift)
    rows = answer(reader, "/topics/food/language/?dialogue=harbour")["results"]
    assert [(row["date"], row["series"], row["mark"]) for row in rows] == [
        ("2001-05-01", "fm", "new"), ("2001-09", "som", "new"), ("2002-05-01", "fm", "softened"),
        ("2003-01-01", "statements", "new"),
        ("2003-05-01", "fm", "no_text"), ("2004-05-01", "fm", "nothing"), ("2004-05-01", "fm", "dropped"),
        ("2005-05-01", "fm", "strengthened"), ("2005-05-01", "som", "same"), (None, "som", "undated"),
    ]  # fmt: skip
    html = reader.get("/topics/food/language/?dialogue=harbour").content.decode()
    places = [html.index(row["meeting_url"].removeprefix("http://127.0.0.1:8000")) for row in rows]
    assert places == sorted(places)
    assert html.count("· Officials’ Meetings") == 3


def test_an_outcome_without_a_date_is_not_compared(reader: Client, fish: Topic) -> None:
    framework = Dialogue.objects.get(code="harbour")
    undated = meeting(framework, 9, None)
    published(undated, said(undated, "To lower tariffs on fish by half.", "pledged", "pledges", fish))
    last = answer(reader, "/topics/food/language/?dialogue=harbour")["results"][-1]
    assert (last["date"], last["mark"], last["earlier"]) == (None, "undated", "")


def test_drafts_and_what_was_withdrawn_are_left_out(reader: Client, fish: Topic) -> None:
    fifth = Meeting.objects.get(track__dialogue__code="harbour", ordinal=5)
    said(fifth, "A secret.", "pledged", "pledges", fish)
    verbs.withdraw(fifth.outcomes.get(number=1), by=None, reason="legal", note="Asked to.")
    found = answer(reader, "/topics/food/language/?dialogue=harbour")
    assert marks(found)[-1] == ("2005", "no_text", "")
    assert "secret" not in reader.get("/topics/food/language/?dialogue=harbour").content.decode()


def test_the_words_are_those_of_the_current_edition(reader: Client, fish: Topic) -> None:
    first = Meeting.objects.get(track__dialogue__code="harbour", ordinal=1).outcomes.get()
    first.summary = "Never published."
    first.save()
    assert marks(answer(reader, "/topics/food/language/?dialogue=harbour"))[0][2] == "To lower tariffs."
    corrected(first, summary="To lower all tariffs.")
    assert marks(answer(reader, "/topics/food/language/?dialogue=harbour"))[0][2] == "To lower all tariffs."


def test_north_korea_in_central_asia_plus_japan(reader: Client) -> None:
    """Worked out from fixtures/dialogues/ca-jad.yaml: two outcomes of 2017 are tagged dprk, one of 2022 repeats one."""
    found = answer(reader, "/topics/dprk/language/?dialogue=ca-jad")
    rows = [row for row in found["results"] if row["series"] == "fm"]
    assert [(row["date"][:4], row["mark"], row["verb"]) for row in rows] == [
        ("2004", "nothing", None), ("2006", "nothing", None), ("2010", "nothing", None), ("2012", "nothing", None),
        ("2014", "nothing", None), ("2017", "new", "adopted"), ("2017", "new", "affirmed"), ("2019", "nothing", None),
        ("2019", "dropped", "adopted"), ("2019", "dropped", "affirmed"), ("2020", "nothing", None),
        ("2022", "nothing", None), ("2022", "strengthened", "reaffirmed"),
    ]  # fmt: skip


@pytest.mark.parametrize("address", [
    "/topics/security/language/?dialogue=ca-jad", "/topics/energy/language/", f"/topics/energy/language/?{FIVE}",
    "/topics/sanctions/language/", "/lexicon/",
])  # fmt: skip
def test_page_json_and_csv_show_the_same(reader: Client, address: str) -> None:
    found = answer(reader, address)
    html = reader.get(address).content.decode()
    assert rows_of_csv(reader, address) == as_csv(found["results"])
    assert found["count"] == len(found["results"]) > 0
    for row in found["results"]:
        name = row.get("url") or row.get("meeting_url") or f"#v-{row['verb']}"
        assert name.replace("http://127.0.0.1:8000", "").removeprefix("#") in html
    if "dialogue=" in address:
        tally = {mark: sum(row["mark"] == mark for row in found["results"]) for mark in found["counts"]}
        assert tally == found["counts"]
        assert html.count('class="gap"') == found["counts"]["nothing"] + found["counts"]["no_text"]


def test_across_dialogues_the_strongest_verb_of_each_year(reader: Client, fish: Topic) -> None:
    found = answer(reader, "/topics/food/language/")
    assert [(one["dialogue"], one["year"], one["verb"], one["count"]) for one in found["strongest"]] == [
        ("harbour", 2005, "pledged", 1), ("harbour", 2002, "noted", 1), ("harbour", 2001, "agreed", 1),
    ]  # fmt: skip
    fifth = Meeting.objects.get(track__dialogue__code="harbour", ordinal=5)
    published(said(fifth, "Fish were spoken of.", "discussed", "discussed", fish))
    strongest = answer(reader, "/topics/food/language/")["strongest"][0]
    assert (strongest["year"], strongest["verb"], strongest["count"]) == (2005, "pledged", 2)


def test_countries_narrow_to_dialogues_of_which_all_are_members(reader: Client) -> None:
    found = answer(reader, f"/topics/energy/language/?{FIVE}")
    assert {row["dialogue_code"] for row in found["results"]} == {
        "ca-jad", "c5-plus-1", "eu-central-asia", "china-central-asia", "korea-central-asia", "india-central-asia",
        "gcc-central-asia", "germany-central-asia", "italy-central-asia",
    }  # fmt: skip
    with_japan = answer(reader, f"/topics/energy/language/?{FIVE}&country=jp")
    assert {row["dialogue_code"] for row in with_japan["results"]} == {"ca-jad"}
    nobody = answer(reader, "/topics/energy/language/?country=kz&country=us&country=jp&country=kr")
    assert nobody["results"] == []
    assert FIVE.replace("&", "&amp;") in reader.get("/topics/energy/language/").content.decode()


@pytest.mark.parametrize(("query", "field"), [
    ("dialogue=nowhere", "dialogue"), ("dialogue=quad&dialogue=g7", "dialogue"), ("country=zz", "country"),
    ("year=2022", "year"),
])  # fmt: skip
def test_a_question_that_is_not_understood_is_answered_400(reader: Client, query: str, field: str) -> None:
    response = reader.get(f"/topics/energy/language/?{query}&format=json")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == field
    assert reader.get(f"/topics/energy/language/?{query}").status_code == 400


def test_a_dialogue_to_which_not_all_of_the_countries_belong_is_404(reader: Client) -> None:
    assert answer(reader, "/topics/energy/language/?dialogue=ca-jad&country=kz&country=jp")["count"] > 0
    assert reader.get("/topics/energy/language/?dialogue=ca-jad&country=us").status_code == 404


def test_only_topics_have_a_language_and_it_moves_with_them(reader: Client) -> None:
    assert reader.get("/ca-jad/language/").status_code == 404
    assert reader.get("/topics/nothing/language/").status_code == 404
    assert reader.get("/topics/energy/language")["Location"] == "/topics/energy/language/"
    energy, visa = Topic.objects.get(slug="energy"), Topic.objects.get(slug="visa")
    verbs.rename(energy, by=None, path="topics/power", note="Its new name.")
    assert (
        reader.get("/topics/energy/language/?dialogue=quad")["Location"]
        == "/topics/power/language/?dialogue=quad"
    )
    verbs.withdraw(visa, by=None, reason="legal", note="Asked to.")
    assert reader.get("/topics/visa/language/").status_code == 410


def test_a_dialogue_that_said_nothing_says_so(reader: Client) -> None:
    assert answer(reader, "/topics/visa/language/?dialogue=quad")["results"] == []
    assert (
        "Nothing on this topic is recorded of Quad"
        in reader.get("/topics/visa/language/?dialogue=quad").content.decode()
    )


def test_topic_dialogue_and_statement_pages_lead_there(reader: Client) -> None:
    assert "/topics/energy/language/" in reader.get("/topics/energy/").content.decode()
    assert "language/?dialogue=ca-jad" in reader.get("/ca-jad/").content.decode()
    before = Meeting.objects.get(pid__path="ca-jad/2019/fm-7").statements.get(kind="joint_statement")
    after = Meeting.objects.get(pid__path="ca-jad/2022/fm-9").statements.get(kind="joint_statement")
    html = reader.get("/ca-jad/2022/fm-9/joint-statement/").content.decode()
    assert f"/compare/?a={before.pk}&amp;b={after.pk}" in html


# the lexicon


def test_the_lexicon_is_a_ladder_of_families_with_forms(reader: Client) -> None:
    rows = {row["verb"]: row for row in answer(reader, "/lexicon/")["results"]}
    requests = sorted(
        (row for row in rows.values() if row["family"] == "requesting"), key=lambda row: -row["rank"]
    )
    names = [row["name"] for row in requests]
    assert names.index("calls on") < names.index("urges") < names.index("encourages")
    assert "再確認した" in rows["reaffirmed"]["forms_ja"]
    assert "подтвердили" in rows["reaffirmed"]["forms_ru"]
    assert {"reaffirm", "reaffirmed"} <= set(rows["reaffirmed"]["forms_en"].split("; "))


def test_it_counts_what_the_list_behind_each_figure_shows(reader: Client) -> None:
    found = answer(reader, "/lexicon/")
    for row in found["results"]:
        if row["outcomes"]:
            listed = reader.get(f"/commitments/?verb={row['verb']}&format=json").json()["count"]
            assert row["outcomes"] == listed, row["verb"]
    for one in found["scale"]:
        listed = reader.get(f"/commitments/?strength={one['strength']}&format=json").json()["count"]
        assert one["outcomes"] == listed


@pytest.fixture
def change_rank(editor: Client) -> Callable[[str, int], None]:
    def change(key: str, rank: int) -> None:
        verb = LexiconVerb.objects.get(key=key)
        forms = list(verb.forms.order_by("language"))
        posted = {
            "family": verb.family_id, "key": verb.key, "name": verb.name, "rank": rank, "strength": verb.strength,
            "note": "", "forms-TOTAL_FORMS": len(forms), "forms-INITIAL_FORMS": len(forms),
            **{f"forms-{n}-id": one.pk for n, one in enumerate(forms)},
            **{f"forms-{n}-verb": verb.pk for n, one in enumerate(forms)},
            **{f"forms-{n}-language": one.language for n, one in enumerate(forms)},
            **{f"forms-{n}-forms": one.forms for n, one in enumerate(forms)},
        }  # fmt: skip
        response = editor.post(f"/admin/archive/lexiconverb/{verb.pk}/change/", posted)
        assert response.status_code == 302, response.content.decode()[:2000]

    return change


def test_changing_the_lexicon_in_the_admin_changes_the_marks_and_no_page_is_stale(
    reader: Client, change_rank: Callable[[str, int], None]
) -> None:
    address = "/topics/dprk/language/?dialogue=ca-jad"
    before = reader.get(address)
    assert '<li class="strengthened">' in before.content.decode()
    change_rank("affirmed", 4)
    after = reader.get(address, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert '<li class="strengthened">' not in after.content.decode()
    assert answer(reader, address)["counts"]["same"] == 1
    change_rank("affirmed", 9)
    assert answer(reader, address)["counts"]["softened"] == 1
    assert reader.get(address).content != before.content


def test_saving_it_unchanged_makes_no_new_edition(change_rank: Callable[[str, int], None]) -> None:
    change_rank("affirmed", 3)
    assert LexiconEdition.objects.count() == 1


def test_a_verb_is_deleted_with_its_forms(reader: Client, editor: Client) -> None:
    verb = LexiconVerb.objects.get(key="deplored")
    editor.post(f"/admin/archive/lexiconverb/{verb.pk}/delete/", {"post": "yes"})
    assert "deplored" not in {row["verb"] for row in answer(reader, "/lexicon/")["results"]}


def test_without_a_lexicon_the_scale_of_strength_decides(reader: Client, fish: Topic) -> None:
    for model in (VerbForms, LexiconVerb, VerbFamily, LexiconEdition):
        model._default_manager.all().delete()
    found = answer(reader, "/topics/food/language/?dialogue=harbour")
    assert [mark for _year, mark, _summary in marks(found)] == [
        "new", "softened", "no_text", "nothing", "dropped", "strengthened",
    ]  # fmt: skip
    assert "No lexicon is loaded" in reader.get("/lexicon/").content.decode()
    assert answer(reader, "/lexicon/")["results"] == []


def test_a_verb_as_printed_is_found_by_its_forms(reader: Client, fish: Topic) -> None:
    fifth = Meeting.objects.get(track__dialogue__code="harbour", ordinal=5)
    published(
        said(
            fifth,
            "Others are to lower theirs.",
            "called_on",
            "affirms",
            fish,
            verb_printed="настоятельно призвали",
        )
    )
    names = {row["verb_name"] for row in answer(reader, "/topics/food/language/?dialogue=harbour")["results"]}
    assert "urges" in names


def exported(folder: Path) -> Any:
    call_command("export_archive", str(folder), verbosity=0)
    return yaml.safe_load((folder / "lexicon.yaml").read_text(encoding="utf-8"))


def test_the_lexicon_travels_with_the_archive_and_is_left_where_editors_changed_it(
    tmp_path: Path, reader: Client
) -> None:
    source = ROOT / "fixtures" / "lexicon.yaml"
    assert exported(tmp_path / "one") == yaml.safe_load(source.read_text(encoding="utf-8"))
    LexiconVerb.objects.filter(key="urged").update(rank=9)
    only = tmp_path / "lexicon"
    only.mkdir()
    (only / "lexicon.yaml").write_bytes(source.read_bytes())
    call_command("import_archive", str(only), verbosity=0)
    assert LexiconVerb.objects.get(key="urged").rank == 9
    call_command("import_archive", str(only), overwrite=True, verbosity=0)
    assert LexiconVerb.objects.get(key="urged").rank == 4


def test_a_lexicon_that_breaks_its_rules_is_refused_whole(tmp_path: Path) -> None:
    family = {
        "key": "new",
        "name": "New",
        "verbs": [{"key": "x", "name": "x", "rank": 0, "strength": "notes"}],
    }
    (tmp_path / "lexicon.yaml").write_text(yaml.safe_dump({"lexicon": [family]}), encoding="utf-8")
    with pytest.raises(CommandError, match="rank from 1 on"):
        call_command("import_archive", str(tmp_path), overwrite=True, verbosity=0)


def test_statements_of_the_same_series_only_are_offered_for_comparison(reader: Client) -> None:
    framework = dialogue("harbour", "Harbour Dialogue")
    one, two = meeting(framework, 1, "2001-05-01"), meeting(framework, 2, "2002-05-01")
    first, second = statement(one, "We met."), statement(two, "We met again.")
    published(framework, one, two, first, second)
    link = f"/compare/?a={first.pk}&amp;b={second.pk}"
    assert link in reader.get(f"/{second.pid.path}/").content.decode()
    assert "The one before it" not in reader.get(f"/{first.pid.path}/").content.decode()
