"""Records at another time: TimeGates, TimeMaps and `?at=` (RFC 7089), against a brute-force oracle and a client."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.http import http_date
from memento_client import MementoClient

from dialogues.models import Topic
from meetings.models import Paragraph, Text
from registry import verbs
from registry.models import Edition
from tests.makers import corrected, country, dialogue, done_at, meeting, minister, published, statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
FIRST, SECOND, THIRD, FOURTH = (datetime(2021 + n, 3, 1, 12, 0, 0, 400_000, UTC) for n in range(4))
SEED = 20240501


def topic_of_three() -> Topic:
    """A topic with editions of 1 March 2021, 2022 and 2023, noon."""
    made = Topic.objects.draft(slug="ferries", name="Ferries")
    with done_at(FIRST):
        published(made)
    with done_at(SECOND):
        corrected(made, definition="Ships that cross.")
    with done_at(THIRD):
        corrected(made, definition="Ships that cross and return.")
    return made


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 1),
        ("Mon, 01 Mar 2021 11:59:59 GMT", 1),
        ("Mon, 01 Mar 2021 12:00:00 GMT", 1),
        ("Tue, 01 Mar 2022 11:59:59 GMT", 1),
        ("Tue, 01 Mar 2022 12:00:00 GMT", 2),
        ("Wed, 01 Mar 2023 12:00:00 GMT", 3),
        ("Fri, 31 Dec 9999 23:59:58 GMT", 3),
    ],
)
def test_the_timegate_leads_to_the_edition_current_then(reader: Client, asked: str, number: int) -> None:
    made = topic_of_three()
    for address in (
        "/timegate/topics/ferries/",
        f"/timegate/id/{made.pk}",
        "/topics/ferries/",
        f"/id/{made.pk}",
    ):
        answer = reader.get(address, headers={"accept-datetime": asked})
        assert (answer.status_code, answer["Location"]) == (302, f"{SITE}/topics/ferries@{number}/"), address
        assert "Accept-Datetime" in answer["Vary"]
        assert "Memento-Datetime" not in answer


def test_the_timegate_names_the_mementos_around(reader: Client) -> None:
    topic_of_three()
    answer = reader.get(
        "/timegate/topics/ferries/", headers={"accept-datetime": "Tue, 01 Mar 2022 12:00:00 GMT"}
    )
    assert answer["Link"].split(", <") == [
        f'<{SITE}/topics/ferries/>; rel="original"',
        f'{SITE}/timegate/topics/ferries/>; rel="timegate"',
        f'{SITE}/timemap/topics/ferries/>; rel="timemap"; type="application/link-format"',
        f'{SITE}/topics/ferries@1/>; rel="first prev memento"; datetime="Mon, 01 Mar 2021 12:00:00 GMT"',
        f'{SITE}/topics/ferries@2/>; rel="memento"; datetime="Tue, 01 Mar 2022 12:00:00 GMT"',
        f'{SITE}/topics/ferries@3/>; rel="next last memento"; datetime="Wed, 01 Mar 2023 12:00:00 GMT"',
    ]


@pytest.mark.parametrize(
    "asked",
    ["", "2024-05-01", "Wed, 1 May 2024 00:00:00 GMT", "Wed, 31 Feb 2024 00:00:00 GMT", "Wed, 01 May 2024 00:00:00 CET",
     "Sunday, 06-Nov-94 08:49:37 GMT", "Wed, 01 May 0000 00:00:00 GMT", "Wed, 01 May 2024 25:00:00 GMT"],
)  # fmt: skip
def test_a_bad_accept_datetime_is_400(reader: Client, asked: str) -> None:
    topic_of_three()
    for address in ("/timegate/topics/ferries/", "/topics/ferries/"):
        answer = reader.get(address, headers={"accept-datetime": asked})
        assert answer.status_code == 400, address
        assert "Accept-Datetime" in answer["Vary"]


def test_editions_and_no_other_pages_say_when_they_stood(reader: Client) -> None:
    topic_of_three()
    now, then = reader.get("/topics/ferries/"), reader.get("/topics/ferries@2/")
    assert "Memento-Datetime" not in now
    assert then["Memento-Datetime"] == "Tue, 01 Mar 2022 12:00:00 GMT"
    for page in (now, then):
        assert f'<{SITE}/topics/ferries/>; rel="original"' in page["Link"]
        assert f'<{SITE}/timegate/topics/ferries/>; rel="timegate"' in page["Link"]
        assert (
            f'<{SITE}/timemap/topics/ferries/>; rel="timemap"; type="application/link-format"' in page["Link"]
        )
    assert f'<{SITE}/topics/ferries@1/>; rel="first memento"' in now["Link"]
    assert f'<{SITE}/topics/ferries@2/>; rel="prev memento"' in now["Link"]
    assert f'<{SITE}/topics/ferries@3/>; rel="last memento"' in now["Link"]
    assert reader.get("/topics/ferries@2/?format=json")["Memento-Datetime"] == "Tue, 01 Mar 2022 12:00:00 GMT"


def test_a_question_about_another_time_never_gets_the_stored_page(reader: Client) -> None:
    topic_of_three()
    stored = reader.get("/topics/ferries/")
    asked = {"accept-datetime": "Tue, 01 Mar 2022 12:00:00 GMT", "if-none-match": stored["ETag"]}
    assert reader.get("/topics/ferries/", headers=asked)["Location"] == f"{SITE}/topics/ferries@2/"
    again = reader.get("/topics/ferries/")
    assert (again.status_code, again.content) == (200, stored.content)


def test_head_of_the_page_tells_of_its_timegate(reader: Client) -> None:
    topic_of_three()
    answer = reader.head("/topics/ferries/", headers={"accept-datetime": "Tue, 01 Mar 2022 12:00:00 GMT"})
    assert answer.status_code == 200
    assert 'rel="timegate"' in answer["Link"]


def test_the_form_asked_for_is_kept(reader: Client) -> None:
    topic_of_three()
    header = {"accept-datetime": "Tue, 01 Mar 2022 12:00:00 GMT"}
    for address in ("/timegate/topics/ferries/?format=json", "/topics/ferries/?format=json"):
        assert reader.get(address, headers=header)["Location"] == f"{SITE}/topics/ferries@2/?format=json"
    answer = reader.get("/topics/ferries/?format=json&at=2022-03-01")
    assert (answer.status_code, answer["Location"]) == (303, "/topics/ferries@2/?format=json")


def test_the_timemap_lists_every_edition(reader: Client) -> None:
    made = topic_of_three()
    answer = reader.get("/timemap/topics/ferries/")
    assert answer["Content-Type"] == "application/link-format; charset=utf-8"
    assert answer.content.decode() == (
        f'<{SITE}/topics/ferries/>; rel="original",\n'
        f'<{SITE}/timemap/topics/ferries/>; rel="self"; type="application/link-format"; '
        'from="Mon, 01 Mar 2021 12:00:00 GMT"; until="Wed, 01 Mar 2023 12:00:00 GMT",\n'
        f'<{SITE}/timegate/topics/ferries/>; rel="timegate",\n'
        f'<{SITE}/topics/ferries@1/>; rel="first memento"; datetime="Mon, 01 Mar 2021 12:00:00 GMT",\n'
        f'<{SITE}/topics/ferries@2/>; rel="memento"; datetime="Tue, 01 Mar 2022 12:00:00 GMT",\n'
        f'<{SITE}/topics/ferries@3/>; rel="last memento"; datetime="Wed, 01 Mar 2023 12:00:00 GMT"\n'
    )
    data = reader.get(f"/timemap/id/{made.pk}?format=json").json()
    assert data["original_uri"] == f"{SITE}/id/{made.pk}"
    assert data["mementos"]["first"] == {
        "datetime": "2021-03-01T12:00:00Z",
        "uri": f"{SITE}/topics/ferries@1/",
    }
    assert [one["uri"][-2] for one in data["mementos"]["list"]] == ["1", "2", "3"]
    assert reader.get("/timemap/topics/ferries/?format=csv").status_code == 400


def test_a_paragraphs_timemap_has_the_editions_in_which_it_stands(reader: Client) -> None:
    held = meeting(published(dialogue()))
    text = statement(held, "We met.", "We agreed.")
    published(held, text)
    Paragraph.objects.filter(text__statement=text, key="p2").delete()
    verbs.publish(text, by=None, note="The second paragraph was another document’s.")
    path = f"/{text.pid.path}"
    kept, gone = (reader.get(f"/timemap{path}/en/~{key}/?format=json").json() for key in ("p1", "p2"))
    listed = [one["uri"] for one in kept["mementos"]["list"]]
    assert listed == [f"{SITE}{path}@{number}/en/~p1/" for number in (1, 2)]
    assert [one["uri"] for one in gone["mementos"]["list"]] == [f"{SITE}{path}@1/en/~p2/"]
    assert reader.get(f"/timemap{path}/en/~p9/").status_code == 404
    assert reader.get(f"/{text.pid.path}@1/en/~p2/")["Memento-Datetime"]
    early = reader.get(
        f"/timegate{path}/en/~p2/", headers={"accept-datetime": "Thu, 01 Jan 1970 00:00:00 GMT"}
    )
    assert early["Location"] == f"{SITE}{path}@1/en/~p2/"
    assert (
        reader.get(f"/timemap/id/{text.pk}~p1?format=json").json()["mementos"]["list"]
        == kept["mementos"]["list"]
    )


def statement_of_four() -> tuple[str, str]:
    """Address and id of a statement of 2021 to 2024, whose second paragraph stands in editions 2 and 4 alone."""
    held = meeting(published(dialogue()))
    made = statement(held, "We met.")
    with done_at(FIRST):
        published(held, made)
    text = made.texts.get()
    for moment, is_there in ((SECOND, True), (THIRD, False), (FOURTH, True)):
        text.paragraphs.filter(key="p2").delete()
        if is_there:
            Paragraph.objects.create(text=text, number=2, key="p2", words="We agreed.")
        with done_at(moment):
            verbs.publish(made, by=None, note="Compared with the original.")
    return f"/{made.pid.path}", made.pk


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Mar 2021 12:00:00 GMT", None),
        ("Tue, 01 Mar 2022 11:59:59 GMT", None),
        ("Tue, 01 Mar 2022 12:00:00 GMT", 2),
        ("Wed, 01 Mar 2023 12:00:00 GMT", None),
        ("Fri, 01 Mar 2024 12:00:00 GMT", 4),
    ],
)
def test_the_timegate_of_a_part_asks_the_edition_of_that_time(
    reader: Client, asked: str, number: int | None
) -> None:
    path, pid = statement_of_four()
    header = {"accept-datetime": asked}
    then = max(1, int(asked[12:16]) - 2020 - (asked == "Tue, 01 Mar 2022 11:59:59 GMT"))
    for room, original in (
        ("/timegate", f"{path}/en/~p2/"),
        ("/timegate", f"/id/{pid}~p2"),
        ("", f"{path}/en/~p2/"),
        ("", f"/id/{pid}~p2"),
    ):
        answer = reader.get(f"{room}{original}", headers=header)
        assert f'<{SITE}/timemap{original}>; rel="timemap"' in answer["Link"]
        assert "Accept-Datetime" in answer["Vary"]
        named = [link for link in answer["Link"].split(", <") if 'memento"' in link]
        if number is None:
            assert (answer.status_code, named) == (404, []), original
            words = answer.content.decode()
            assert f"Edition {then} stood then, which has it not." in words
            assert f"{SITE}/timemap{original}" in words
            continue
        assert (answer.status_code, answer["Location"]) == (302, f"{SITE}{path}@{number}/en/~p2/"), original
        assert reader.get(answer["Location"].removeprefix(SITE))["Memento-Datetime"]
        first = f'{SITE}{path}@2/en/~p2/>; rel="first %smemento"; datetime="Tue, 01 Mar 2022 12:00:00 GMT"'
        last = f'{SITE}{path}@4/en/~p2/>; rel="%slast memento"; datetime="Fri, 01 Mar 2024 12:00:00 GMT"'
        assert named == ([first % "", last % "next "] if number == 2 else [first % "prev ", last % ""])
    assert reader.get(f"/timegate/id/{pid}~p2")["Location"] == f"{SITE}{path}@4/en/~p2/"
    whole = reader.get(f"/timegate{path}/en/", headers=header)["Location"]
    assert whole == f"{SITE}{path}@{then}/en/"


def statement_first_summed_up() -> tuple[str, str]:
    """Address and id of a statement whose first edition has our summary alone, the second the issuer’s text too, and
    the third only that, by then in Russian before English."""
    held = meeting(published(dialogue()))
    made = statement(held, "They met.")
    made.texts.update(kind="summary")
    with done_at(FIRST):
        published(held, made)
    issued = Text.objects.create(statement=made, language="ru", kind="authentic")
    Paragraph.objects.create(text=issued, number=1, key="p1", words="Мы встретились.")
    with done_at(SECOND):
        verbs.publish(made, by=None, note="The issuer’s text.")
    Paragraph.objects.filter(text__kind="summary", text__statement=made).delete()
    made.texts.filter(kind="summary").delete()
    english = Text.objects.create(statement=made, language="en", kind="authentic")
    Paragraph.objects.create(text=english, number=1, key="p1", words="We met.")
    with done_at(THIRD):
        verbs.publish(made, by=None, note="The issuer’s English text.")
    return f"/{made.pid.path}", made.pk


def test_a_short_address_is_that_of_the_first_text_of_each_time(reader: Client) -> None:
    path, pid = statement_first_summed_up()
    texts = {2021: "@1/en-x-summary", 2022: "@2/ru", 2023: "@3/en"}
    for year, there in texts.items():
        header = {"accept-datetime": http_date(datetime(year, 6, 1, tzinfo=UTC).timestamp())}
        for address in (f"/timegate/id/{pid}~p1", f"/id/{pid}~p1"):
            assert reader.get(address, headers=header)["Location"] == f"{SITE}{path}{there}/~p1/"
        assert reader.get(f"/id/{pid}~p1?at={year}-06-01")["Location"] == f"{path}{there}/~p1/"
    listed = reader.get(f"/timemap/id/{pid}~p1?format=json").json()["mementos"]["list"]
    assert [one["uri"] for one in listed] == [f"{SITE}{path}{there}/~p1/" for there in texts.values()]


def test_the_lasting_address_of_a_paragraph_names_its_text(reader: Client) -> None:
    """`~p1` alone leads to whichever text comes first by then."""
    path, pid = statement_first_summed_up()
    at, lasting = f"{path}@2/ru/~p1/", f"{pid}/ru/~p1"
    assert reader.get(f"/id/{pid}~p1")["Location"] == f"{path}/en/~p1/"
    assert reader.get(f"/id/{lasting}")["Location"] == f"{path}/ru/~p1/"
    (item,) = reader.get(f"{at}?format=csl").json()
    assert item["note"].endswith(f"Always current: {SITE}/id/{lasting}")
    part = reader.get(f"{at}?format=jsonld").json()["hasPart"]
    assert part["exampleOfWork"]["@id"] == f"{SITE}/id/{lasting}"
    related = reader.get(f"{at}?format=datacitejson").json()["relatedIdentifiers"]
    assert related[0]["relatedIdentifier"] == f"{SITE}/id/{lasting}"
    assert f"dcterms:isVersionOf <{SITE}/id/{lasting}>" in reader.get(f"{at}?format=ttl").content.decode()
    assert f'<{SITE}/ark:99999/{lasting}>; rel="cite-as"' in reader.get(f"{path}/ru/~p1/")["Link"]
    assert f"/id/<wbr>{lasting}</dd>" in reader.get(at).content.decode()
    shown = reader.get("/oembed", {"url": f"{SITE}{path}/ru/~p1/"}).json()["html"]
    assert f'src="{SITE}/embed/{lasting}/"' in shown


def test_what_never_stood_has_no_timegate(reader: Client) -> None:
    path, pid = statement_of_four()
    header = {"accept-datetime": "Tue, 01 Mar 2022 12:00:00 GMT"}
    for part in ("/en/~p999/", "/ja/", "/ja/~p1/"):
        for room in ("timegate", "timemap"):
            assert reader.get(f"/{room}{path}{part}").status_code == 404, part
        assert reader.get(f"{path}{part}", headers=header).status_code == 404, part
        assert reader.get(f"{path}{part}?at=2022-03-01").status_code == 404, part
    for room in ("timegate", "timemap"):
        assert reader.get(f"/{room}/id/{pid}~p999").status_code == 404
        assert reader.get(f"/{room}/id/{pid}/ja/~p1").status_code == 404
    assert "Link" not in reader.get(f"/id/{pid}~p999")


def test_people_are_told_when_a_part_was_not_there(reader: Client) -> None:
    path, pid = statement_of_four()
    early = reader.get(f"{path}/en/~p2/?at=2021-06-01")
    words = early.content.decode()
    assert early.status_code == 404
    assert "This part was not published yet" in words
    assert "It first stood in edition 2, of 1 March 2022, 12:00:00 UTC" in words
    assert f'href="{path}@2/en/~p2/"' in words
    between = reader.get(f"/id/{pid}~p2?at=2023-06-01", follow=True)
    assert between.redirect_chain[0] == (f"{path}@3/en/~p2/", 303)
    assert "This paragraph stands no more" in between.content.decode()
    assert "Memento-Datetime" not in between
    assert reader.get(f"{path}/en/~p2/?at=2022-06-01")["Location"] == f"{path}@2/en/~p2/"


def test_the_times_of_a_paragraph_in_another_language_are_its_own(reader: Client) -> None:
    held = meeting(published(dialogue()))
    made = statement(held, "We met.")
    with done_at(FIRST):
        published(held, made)
    japanese = Text.objects.create(statement=made, language="ja", kind="official")
    Paragraph.objects.create(text=japanese, number=1, key="p1", words="我々は会談した。")
    with done_at(SECOND):
        verbs.publish(made, by=None, note="The Japanese text.")
    original, path = f"/id/{made.pk}/ja/~p1", f"/{made.pid.path}"
    for asked, status in (("Thu, 01 Jan 1970 00:00:00 GMT", 404), ("Tue, 01 Mar 2022 12:00:00 GMT", 302)):
        answer = reader.get(f"/timegate{original}", headers={"accept-datetime": asked})
        assert answer.status_code == status
    assert answer["Location"] == f"{SITE}{path}@2/ja/~p1/"
    listed = reader.get(f"/timemap{original}?format=json").json()
    assert listed["original_uri"] == f"{SITE}{original}"
    assert [one["uri"] for one in listed["mementos"]["list"]] == [f"{SITE}{path}@2/ja/~p1/"]


def test_a_part_of_a_merged_record_has_times_of_its_own(reader: Client) -> None:
    """The survivor never said those words."""
    frame = published(dialogue())
    held, other = meeting(frame), meeting(frame, ordinal=2)
    goes, stays = statement(held, "We met.", "We agreed."), statement(other, "Мы встретились.", language="ru")
    with done_at(FIRST):
        published(held, other, goes, stays)
    with done_at(SECOND):
        verbs.merge(goes, into=stays, by=None, note="One document.")
    path, after = f"/{goes.pid.path}", {"accept-datetime": "Fri, 01 Mar 2024 12:00:00 GMT"}
    for address in (f"/timegate{path}/en/~p2/", f"/timegate/id/{goes.pk}~p2", f"{path}/en/~p2/"):
        assert reader.get(address, headers=after)["Location"] == f"{SITE}{path}@1/en/~p2/", address
    for address in (f"{path}/en/~p2/", f"/id/{goes.pk}~p2"):
        assert reader.get(f"{address}?at=2024-03-01")["Location"] == f"{path}@1/en/~p2/", address


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2021-03-01", 1),
        ("2022-02-28", 1),
        ("2022-03-01", 2),
        ("2022-03-01T12:00:00Z", 2),
        ("2022-03-01T12:00:00.3Z", 1),
        ("2022-03-01T12:00:00.4Z", 2),
        ("2022-03-01T21:00:00%2B09:00", 2),
        ("2022-03-01T20:59:59+09:00", 1),
        ("2022-03-01t07:00:00-05:00", 2),
        ("9999-12-30", 3),
    ],
)
def test_people_ask_with_at(reader: Client, asked: str, number: int) -> None:
    made = topic_of_three()
    for address in ("/topics/ferries/", f"/id/{made.pk}"):
        answer = reader.get(f"{address}?at={asked}")
        assert (answer.status_code, answer["Location"]) == (303, f"/topics/ferries@{number}/"), address


@pytest.mark.parametrize(
    "asked",
    ["", "2024", "2024-13-01", "2024-02-30", "0000-01-01", "9999-12-31", "２０２４-05-01", "2024-05-01T00:00:00",
     "2024-05-01T00:00:60Z", "0001-01-01T00:00:00%2B09:00", "now", "2024-05-01&at=2024-05-02"],
)  # fmt: skip
def test_an_at_that_is_no_time_is_400(reader: Client, asked: str) -> None:
    topic_of_three()
    answer = reader.get(f"/topics/ferries/?at={asked}")
    assert answer.status_code == 400
    assert "at" in answer.content.decode()
    assert reader.get("/topics/ferries@2/?at=2022-03-01").status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/ca-jad/2022/fm-9/history/", "/meetings/", "/ministers/", "/ca-jad/fm/", "/ca-jad/2022/", "/years/2022/", "/",
     "/changes/", "/meetings/?format=csv", "/ca-jad/2022/fm-9/history/?format=json"],
)  # fmt: skip
def test_pages_without_editions_refuse_at(reader: Client, address: str) -> None:
    kept = reader.get(address)
    assert kept.status_code == 200
    answer = reader.get(f"{address}{'&' if '?' in address else '?'}at=2024-05-01")
    assert answer.status_code == 400
    assert "at" in answer.content.decode()
    assert reader.get(address).status_code == 200


def test_where_none_stood_yet_the_page_says_since_when(reader: Client) -> None:
    topic_of_three()
    page = reader.get("/topics/ferries/?at=2021-02-28")
    assert page.status_code == 404
    words = page.content.decode()
    assert "This record was not published yet" in words
    assert "1 March 2021, 12:00:00 UTC" in words
    assert 'href="/topics/ferries@1/"' in words
    told = reader.get("/topics/ferries/?at=2021-02-28", headers={"accept": "application/json"})
    assert told["Content-Type"] == "application/problem+json"


def test_a_withdrawn_record_is_gone_at_every_time(reader: Client) -> None:
    made = topic_of_three()
    verbs.withdraw(made, by=None, reason="legal", note="A court.")
    header = {"accept-datetime": "Tue, 01 Mar 2022 12:00:00 GMT"}
    for address in ("/timegate/topics/ferries/", "/timemap/topics/ferries/", f"/timegate/id/{made.pk}",
                    "/topics/ferries/", "/topics/ferries/?at=2022-03-01"):  # fmt: skip
        answer = reader.get(address, headers=header)
        assert answer.status_code == 410, address
        assert 'rel="timegate"' not in answer.get("Link", "")


def test_a_merged_record_speaks_for_itself_until_it_was_merged(reader: Client) -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    with done_at(FIRST):
        published(stays, goes)
    with done_at(THIRD):
        verbs.merge(goes, into=stays, by=None, note="One person.")
    own, other = f"/{goes.pid.path}", f"/{stays.pid.path}"
    before, after = ({"accept-datetime": f"{day} 2024 12:00:00 GMT".replace("2024", year)} for day, year in
                     (("Tue, 01 Mar", "2022"), ("Fri, 01 Mar", "2024")))  # fmt: skip
    assert reader.get(f"/timegate{own}/", headers=before)["Location"] == f"{SITE}{own}@1/"
    assert reader.get(f"{own}/", headers=before)["Location"] == f"{SITE}{own}@1/"
    for header in (after, {}):
        answer = reader.get(f"/timegate{own}/", headers=header)
        assert (answer.status_code, answer["Location"]) == (302, f"{SITE}{other}@1/")
        assert f'<{SITE}{other}/>; rel="original"' in answer["Link"]
    assert reader.get(f"{own}/", headers=after)["Location"] == f"{other}/"
    assert reader.get(f"{own}/?at=2022-03-01")["Location"] == f"{own}@1/"
    assert reader.get(f"{own}/?at=2024-03-01")["Location"] == f"{other}/?at=2024-03-01"
    assert reader.get(f"/timemap{own}/").status_code == 200
    verbs.withdraw(stays, by=None, reason="legal", note="A court.")
    assert reader.get(f"{own}@1/").status_code == 200
    assert reader.get(f"/timegate{own}/").status_code == 410
    assert reader.get(f"/timegate{own}/", headers=before)["Location"] == f"{SITE}{own}@1/"


def test_the_timemap_of_a_merged_record_links_that_of_its_survivor(reader: Client) -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    with done_at(FIRST):
        published(stays, goes)
    with done_at(SECOND):
        corrected(goes, honorific="Dr")
    with done_at(THIRD):
        verbs.merge(goes, into=stays, by=None, note="One person.")
    own, other = f"{goes.pid.path}/", f"{stays.pid.path}/"
    link = f'<{SITE}/timemap/{other}>; rel="timemap"; type="application/link-format"'
    assert reader.get(f"/timemap/{own}").content.decode() == (
        f'<{SITE}/{own}>; rel="original",\n'
        f'<{SITE}/timemap/{own}>; rel="self"; type="application/link-format"; '
        'from="Mon, 01 Mar 2021 12:00:00 GMT"; until="Tue, 01 Mar 2022 12:00:00 GMT",\n'
        f'<{SITE}/timegate/{own}>; rel="timegate",\n'
        f'<{SITE}/{own[:-1]}@1/>; rel="first memento"; datetime="Mon, 01 Mar 2021 12:00:00 GMT",\n'
        f'<{SITE}/{own[:-1]}@2/>; rel="last memento"; datetime="Tue, 01 Mar 2022 12:00:00 GMT",\n'
        f"{link}\n"
    )
    assert link.replace(other, f"id/{stays.pk}") in reader.get(f"/timemap/id/{goes.pk}").content.decode()
    timemap = f"{SITE}/timemap/{other}"
    assert reader.get(f"/timemap/{own}?format=json").json()["continued_in"] == [
        {
            "original_uri": f"{SITE}/{other}",
            "timemap_uri": {"link_format": timemap, "json_format": f"{timemap}?format=json"},
        }
    ]
    assert reader.get(f"/timemap/{other}?format=json").json()["continued_in"] == []
    verbs.withdraw(stays, by=None, reason="legal", note="A court.")
    assert reader.get(f"/timemap/{own}?format=json").json()["continued_in"] == []


def test_each_record_speaks_until_it_was_merged_in_its_turn(reader: Client) -> None:
    """The first was merged into the second on 1 March 2022, the second into the third on 1 March 2023."""
    land = published(country())
    first, second, third = (minister(name, of=land) for name in ("DOE J.", "DOE Jane", "DOE Jane M."))
    with done_at(FIRST):
        published(first, second, third)
    with done_at(SECOND):
        verbs.merge(first, into=second, by=None, note="One person.")
    with done_at(THIRD):
        verbs.merge(second, into=third, by=None, note="One person.")
    one, two, three = (f"/{each.pid.path}" for each in (first, second, third))
    for asked, stood in (
        ("Tue, 01 Mar 2022 11:59:59 GMT", f"{one}@1/"),
        ("Tue, 01 Mar 2022 12:00:00 GMT", f"{two}@1/"),
        ("Wed, 01 Mar 2023 11:59:59 GMT", f"{two}@1/"),
        ("Wed, 01 Mar 2023 12:00:00 GMT", f"{three}@1/"),
    ):
        for address in (f"/timegate{one}/", f"/timegate/id/{first.pk}"):
            answer = reader.get(address, headers={"accept-datetime": asked})
            assert (answer.status_code, answer["Location"]) == (302, f"{SITE}{stood}"), (address, asked)
    between = {"accept-datetime": "Thu, 01 Sep 2022 12:00:00 GMT"}
    for address in (f"{one}/", f"/id/{first.pk}"):
        answer = reader.get(address, headers=between)
        assert (answer.status_code, answer["Location"]) == (302, f"{SITE}{two}@1/"), address
        answer = reader.get(f"{address}?at=2022-09-01")
        assert (answer.status_code, answer["Location"]) == (303, f"{two}@1/"), address
    listed = reader.get(f"/timemap{one}/?format=json").json()["continued_in"]
    assert [each["original_uri"] for each in listed] == [f"{SITE}{two}/", f"{SITE}{three}/"]
    with done_at(FOURTH):
        verbs.restore(second, by=None, note="Two persons.")
    listed = reader.get(f"/timemap{one}/?format=json").json()["continued_in"]
    assert [each["original_uri"] for each in listed] == [f"{SITE}{two}/"]
    after = {"accept-datetime": "Sat, 01 Mar 2025 12:00:00 GMT"}
    assert reader.get(f"/timegate{one}/", headers=after)["Location"].startswith(f"{SITE}{two}@")


def test_a_moved_record_has_its_times_at_its_new_address(reader: Client) -> None:
    verbs.rename(topic_of_three(), by=None, path="topics/ferry-lines", note="To try.")
    for room in ("timegate", "timemap"):
        answer = reader.get(f"/{room}/topics/ferries/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{room}/topics/ferry-lines/")
    answer = reader.get("/topics/ferries/?at=2022-03-01")
    assert (answer.status_code, answer["Location"]) == (301, "/topics/ferry-lines/?at=2022-03-01")


def test_drafts_have_no_times(reader: Client) -> None:
    draft = Topic.objects.draft(slug="secret", name="Secret")
    for address in ("/timegate/topics/secret/", "/timemap/topics/secret/", f"/timemap/id/{draft.pk}",
                    "/topics/secret/?at=2024-05-01", f"/id/{draft.pk}?at=2024-05-01", "/timemap/nothing/",
                    "/timegate/topics/energy@1/", "/timemap/topics/energy/history/"):  # fmt: skip
        assert reader.get(address).status_code == 404, address


def test_a_timegate_takes_the_address_in_full(reader: Client) -> None:
    topic_of_three()
    for start in (f"/timegate/{SITE}", "/timegate/http:/127.0.0.1:8000"):
        answer = reader.get(
            f"{start}/topics/ferries/", headers={"accept-datetime": http_date(FIRST.timestamp())}
        )
        assert answer["Location"] == f"{SITE}/topics/ferries@1/"


def test_a_thousand_random_times_agree_with_brute_force(reader: Client) -> None:
    """A8: the last edition published by then, found by going through all of them."""
    source = random.Random(SEED)
    start = datetime(2020, 1, 1, tzinfo=UTC)
    subjects = []
    for number in range(12):
        made = Topic.objects.draft(slug=f"subject-{number}", name=f"Subject {number}")
        moments = sorted(
            start + timedelta(seconds=source.uniform(0, 10**8)) for _n in range(source.randint(1, 7))
        )
        moments[1:] = [max(one, moments[0]) for one in moments[1:]]
        for place, moment in enumerate(moments):
            with done_at(moment):
                published(made) if not place else corrected(made, definition=f"Wording {place}.")
        subjects.append(made)
    editions = {made.pk: list(Edition.objects.filter(pid=made.pk).order_by("number")) for made in subjects}
    for _pair in range(1000):
        made = source.choice(subjects)
        some = source.choice(editions[made.pk]).published_at
        moment = source.choice(
            [some, some - timedelta(seconds=1), start + timedelta(seconds=source.uniform(-1e7, 1.2e8))]
        )
        asked = moment.replace(microsecond=0)
        stood = [one.number for one in editions[made.pk] if one.published_at.replace(microsecond=0) <= asked]
        answer = reader.get(
            f"/timegate/{made.pid.path}/", headers={"accept-datetime": http_date(asked.timestamp())}
        )
        assert answer["Location"] == f"{SITE}/{made.pid.path}@{max(stood, default=1)}/", f"seed {SEED}"
        shown = reader.get(f"/{made.pid.path}/?at={asked.isoformat().replace('+00:00', 'Z')}")
        assert shown.status_code == (303 if stood else 404), f"seed {SEED}"
        assert not stood or shown["Location"] == f"/{made.pid.path}@{max(stood)}/", f"seed {SEED}"


def test_every_timegate_and_timemap_that_pages_announce_answers(reader: Client) -> None:
    for edition in Edition.objects.select_related("pid").order_by("?")[:40]:
        link = reader.get(f"/{edition.pid.path}/")["Link"]
        for part in link.split(", <"):
            if 'rel="time' in part or "memento" in part:
                address = part.strip("<").partition(">")[0].removeprefix(SITE)
                assert reader.get(address).status_code in (200, 302), address


def test_the_memento_client_finds_the_edition(served_archive: str) -> None:
    """memento-client, unmodified, from the page alone."""
    with MementoClient(timegate_uri="http://127.0.0.1:9/none/") as client:
        for path in (
            "/ca-jad/2022/fm-9/",
            "/ca-jad/2022/fm-9/joint-statement/",
            "/topics/energy/",
            "/countries/kz/",
        ):
            found = client.get_memento_info(f"{served_archive}{path}", datetime(2020, 1, 1))
            assert found["timegate_uri"] == f"{served_archive}/timegate{path}"
            closest = found["mementos"]["closest"]
            assert closest["uri"] == [f"{served_archive}{path.rstrip('/')}@1/"]
            assert closest["http_status_code"] == 200
            assert closest["datetime"] == found["mementos"]["first"]["datetime"]
