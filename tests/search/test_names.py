"""Whoever is called by a recorded name, in whatever script, is found as by the name in Latin letters."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from dialogues.models import MinisterName
from tests import makers
from tests.research.archive_in_yaml import standing

pytestmark = pytest.mark.django_db


def asked(reader: Client, q: str, **more: str) -> dict[str, Any]:
    data: dict[str, Any] = reader.get("/search/", {"q": q, "format": "json", **more}).json()
    return data


def hits(reader: Client, q: str) -> set[str]:
    """The permanent addresses of all that is found."""
    answer: Any = reader.get("/search/", {"q": q, "format": "json", "page": "all"})
    results = b"".join(answer.streaming_content) if answer.streaming else answer.content
    data: Any = json.loads(results)
    return {hit["permanent"] for hit in data["results"]}


def direct(reader: Client, q: str) -> list[str]:
    return [hit["title"] for hit in asked(reader, q)["direct"]]


@pytest.mark.parametrize(
    ("typed", "romanised", "title"),
    [
        ("林芳正", "Hayashi", "HAYASHI Yoshimasa"),
        ("林", "Hayashi", "HAYASHI Yoshimasa"),
        ("林 芳正", "Hayashi", "HAYASHI Yoshimasa"),
        ("林外相", "Hayashi", "HAYASHI Yoshimasa"),
        ("林 外務大臣", "Hayashi", "HAYASHI Yoshimasa"),
        ("岸田", "Kishida", "KISHIDA Fumio"),
        ("岸田総理", "Kishida", "KISHIDA Fumio"),
        ("岸田文雄総理大臣閣下", "Kishida", "KISHIDA Fumio"),
        ("上川", "Kamikawa", "KAMIKAWA Yoko"),
        ("トカエフ", "Tokayev", "TOKAYEV Kassym-Jomart"),
        ("ﾄｶｴﾌ大統領", "Tokayev", "TOKAYEV Kassym-Jomart"),
        ("カシム=ジョマルト・トカエフ", "Tokayev", "TOKAYEV Kassym-Jomart"),
        ("Тоқаев", "Tokayev", "TOKAYEV Kassym-Jomart"),
        ("Касым-Жомарт Токаев", "Kassym-Jomart Tokayev", "TOKAYEV Kassym-Jomart"),
        ("Эльёр Ганиев", "Elyor Ganiev", "GANIEV Elyor"),
        ("Komilov", "Kamilov", "KAMILOV Abdulaziz"),
        ("Нұртілеу", "Nurtleu", "NURTLEU Murat"),
        ("王毅", "Wang", "WANG Yi"),
        ("逢沢", "Aisawa", "AISAWA Ichiro"),
        ("Андрій Сибіга", "Sybiha", "SYBIHA Andrii"),
        ("قيس سعيد", "Saïed", "SAÏED Kaïs"),
        ("أحمد أبو الغيط", "Aboul Gheit", "ABOUL GHEIT Ahmed"),
        ("박진", "Park Jin", "PARK Jin"),
        ("カザフスタン", "Kazakhstan", "Kazakhstan"),
    ],
)
def test_a_name_finds_what_it_finds_in_latin_letters(
    reader: Client, typed: str, romanised: str, title: str
) -> None:
    assert hits(reader, typed) == hits(reader, romanised) != set()
    assert direct(reader, typed)[0] == title


def test_every_recorded_name_in_another_script_names_its_minister_first(reader: Client) -> None:
    for minister in standing("ministers").values():
        for name in minister.get("names", []):
            if name["kind"] != "spelling":
                answer = asked(reader, name["text"])
                assert minister["pid"] in [hit["id"] for hit in answer["direct"]][:1], name["text"]
                family = minister["sort_name"].partition(" ")[0]
                whole = {asked(reader, family)["count"], asked(reader, minister["western_name"])["count"]}
                assert answer["count"] in whole, name["text"]


def test_of_two_of_one_family_name_each_is_found_by_their_own(reader: Client) -> None:
    assert hits(reader, "河野太郎") == hits(reader, "Kono Taro") < hits(reader, "Kono")
    assert hits(reader, "河野") == hits(reader, "Kono")
    assert asked(reader, "by:河野太郎")["count"] == asked(reader, 'by:"Kono Taro"')["count"] > 0


def test_a_field_knows_the_same_names(reader: Client) -> None:
    meant = asked(reader, "by:hayashi")["count"]
    assert meant > 0
    for typed in ("by:林", "by:林芳正", "by:林外相", "by:Хаяси"):
        assert asked(reader, typed)["count"] == meant


def test_a_name_that_is_recorded_today_is_known_today(reader: Client) -> None:
    land = makers.published(makers.country("xq", "Quokkaland"))
    person = makers.minister("LOWELL Richard", of=land)
    held = makers.meeting(makers.published(makers.dialogue()))
    makers.published(person, held, makers.commitment(held, "Lowell will protect the quokkas."))
    assert hits(reader, "ローウェルさん") == set()
    MinisterName.objects.create(
        minister=person, kind="rendering", language="ja", text="リチャード・ローウェル"
    )
    makers.corrected(person)
    assert hits(reader, "ローウェルさん") == hits(reader, "Lowell")
    assert len(hits(reader, "Lowell")) == 2
    assert direct(reader, "ローウェル") == ["LOWELL Richard"]


@pytest.mark.parametrize("typed", ["name", "sources", "上", "外務大臣", "リチ", "アジア"])
def test_what_is_no_name_names_nobody(reader: Client, typed: str) -> None:
    """“Name” and “sources” stand in a remark on a recorded name; 上 begins 上川陽子 and 上月豊久."""
    assert {hit["type"] for hit in asked(reader, typed)["direct"]} <= {"dialogue", "topic"}
    assert not any(hit["title"].startswith(("ASLOV", "KAMIKAWA")) for hit in asked(reader, typed)["direct"])


@pytest.mark.parametrize("typed", ["of the", "the", "OF THE", "in", "to", "и", '"of the"', "of (the)"])
def test_function_words_alone_name_nothing(reader: Client, typed: str) -> None:
    answer = asked(reader, typed)
    assert answer["direct"] == []
    assert answer["count"] > 0


def test_what_is_called_as_a_function_word_is_named_by_capitals_and_in_a_field(reader: Client) -> None:
    assert direct(reader, "IN") == ["India"]
    assert direct(reader, "Gambia, the") == direct(reader, "Gambia") == ["Gambia"]
    assert asked(reader, "by:in")["count"] == asked(reader, "by:india")["count"] > 0
    for typed in ("by:the", 'by:"of the"'):
        assert [fault["message"][:17] for fault in asked(reader, typed)["faults"]] == ["Nothing is called"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("第九回", "9th"),
        ("第9回", "9th"),
        ("第９回", "9th"),
        ("第十一回", "11th"),
        ("第二十六回", "26th"),
        ("第九回会合", "9th meeting"),
        ("第9回会議", "9th meeting"),
    ],
)
def test_numbers_of_meetings_are_read_in_characters(reader: Client, typed: str, read: str) -> None:
    assert hits(reader, typed) == hits(reader, read) != set()
    meeting = read if "meeting" in read else f"{read} meeting"
    assert direct(reader, typed) == direct(reader, meeting) != []


def test_a_number_in_characters_stands_before_what_is_numbered(reader: Client) -> None:
    assert hits(reader, "第九回外相会合") == hits(reader, "第9回外相会合") != set()
    assert hits(reader, "TICAD 第九回") == hits(reader, "TICAD 9th") != set()
    for typed in ("第十十回", "第〇回", "第回"):
        assert hits(reader, typed) == set()
