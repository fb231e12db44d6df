"""Addresses that are pasted into the box of search."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from archive.search.state import State
from registry import verbs
from tests import makers

pytestmark = pytest.mark.django_db

HERE = "http://127.0.0.1:8000"
OURS = "This is an address of this archive"


def found(reader: Client, q: str) -> dict[str, Any]:
    data: dict[str, Any] = reader.get("/search/", {"q": q, "format": "json"}).json()
    return data


def messages(data: dict[str, Any]) -> list[str]:
    return [fault["message"] for fault in data["faults"]]


@pytest.mark.parametrize(
    "address",
    ["/ca-jad/2022/fm-9/", "/ca-jad/2022/fm-9", "/ca-jad/2022/fm-9@1/", "/ca-jad/2022/fm-9/history/?page=1"],
)
def test_the_address_of_a_record_gives_it_and_nothing_is_wrong_with_it(reader: Client, address: str) -> None:
    data = found(reader, f"{HERE}{address}")
    assert data["direct"][0]["url"] == f"{HERE}/ca-jad/2022/fm-9/"
    assert data["cited"]["type"] == "meeting"
    assert (data["faults"], data["understood"], data["count"]) == ([], [], 0)


def test_words_beside_the_address_of_a_record_are_searched(reader: Client) -> None:
    data = found(reader, f"water (see {HERE}/ca-jad/2022/fm-9/), law")
    assert data["cited"]["type"] == "meeting"
    assert data["understood"] == ["water", "(see)", "law"]
    assert data["searched_instead"] is None


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/", "the first page"),
        ("/meetings/?country=jp", "a list of meetings"),
        ("/meetings", "a list of meetings"),
        ("/search/?q=law", "a search"),
        ("/years/2022/", "the meetings of a year"),
        ("/years/2010s/", "the meetings of some years"),
        ("/on-this-day/11-25/", "what happened on a day"),
        ("/pictures/series/ca-jad/fm/", "a picture"),
        ("/pictures/meets/jp/", "a picture"),
        ("/pictures/meets/jp/kz/", "a picture"),
        ("/ca-jad/2022/", "a page beneath “Central Asia plus Japan”"),
        ("/ca-jad/2022/statements/", "a page beneath “Central Asia plus Japan”"),
        ("/ca-jad/undated/", "a page beneath “Central Asia plus Japan”"),
        ("/ca-jad/fm/", "a page beneath “Central Asia plus Japan”"),
        ("/ca-jad/fm/attendance/", "a page beneath “Central Asia plus Japan”"),
        ("/admin/", "a page that is no record"),
    ],
)
def test_the_address_of_another_page_is_told_and_leads_there(reader: Client, address: str, page: str) -> None:
    data = found(reader, f"{HERE}{address}")
    assert messages(data) == [f"{OURS}, of {page}; it was not searched."]
    assert (data["count"], data["cited"]) == (0, None)
    path, _mark, query = address.partition("?")
    leads_to = f"{path.rstrip('/')}/{'?' if query else ''}{query}"
    html = unescape(reader.get(State(f"{HERE}{address}").address).content.decode())
    assert f'<a href="{leads_to}">Open the page</a>' in html
    if path != "/admin/":
        assert reader.get(leads_to).status_code == 200


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/ca-jad/1850/", ". Nothing stands at “/ca-jad/1850/” in this archive."),
        ("/years/1850/", ". Nothing stands at “/years/1850/” in this archive."),
        ("/years/1850s/", ". Nothing stands at “/years/1850s/” in this archive."),
        ("/on-this-day/02-30/", ". Nothing stands at “/on-this-day/02-30/” in this archive."),
        ("/data/releases/99/", ". Nothing stands at “/data/releases/99/” in this archive."),
        ("/pictures/series/ca-jad/xx/", ". Nothing stands at “/pictures/series/ca-jad/xx/” in this archive."),
        ("/pictures/meets/jp/jp/", ". Nothing stands at “/pictures/meets/jp/jp/” in this archive."),
        ("/pictures/meets/jp/zz/", ". Nothing stands at “/pictures/meets/jp/zz/” in this archive."),
        ("/ca-jad/xx/attendance/", ". Nothing stands at “/ca-jad/xx/attendance/” in this archive."),
        ("/nothing/at/all", ". Nothing stands at “/nothing/at/all/” in this archive."),
        ("/ca-jad/2022/fm-9@7/", ". “9th Foreign Ministers’ Meeting” has 1 editions so far, no edition 7."),
        ("//example.org/", ", but no page is there."),
    ],
)
def test_an_address_at_which_nothing_stands_is_told(reader: Client, address: str, said: str) -> None:
    assert messages(found(reader, f"{HERE}{address}")) == [f"{OURS}{said}"]
    assert "Open the page" not in reader.get(State(f"{HERE}{address}").address).content.decode()


def test_the_address_of_a_year_beneath_a_former_path_is_told(reader: Client) -> None:
    renamed = makers.published(makers.dialogue("harbour", "Harbour Dialogue"))
    verbs.rename(renamed, by=None, path="port", note="Its name of today.")
    for first in ("port", "harbour"):
        [said] = messages(found(reader, f"{HERE}/{first}/2022/"))
        assert said == f"{OURS}, of a page beneath “Harbour Dialogue”; it was not searched."


@pytest.mark.parametrize("address", ["/ca-jad/2022/", "/years/2022/", "/pictures/meets/jp/kz/"])
def test_no_page_is_made_to_learn_that_one_stands_there(
    reader: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*_args: Any, **_named: Any) -> None:
        raise AssertionError("a page was made")

    for module in ("dialogues", "years", "pictures"):
        monkeypatch.setattr(f"archive.pages.{module}.respond", made)
    [said] = messages(found(reader, f"{HERE}{address}"))
    assert said.endswith("it was not searched.")


def test_the_address_of_what_was_withdrawn_says_so(reader: Client) -> None:
    held = makers.published(makers.meeting(makers.published(makers.dialogue())))
    verbs.withdraw(held, by=None, reason="legal", note="Asked to.")
    [said] = messages(found(reader, f"{HERE}/id/{held.pk}"))
    assert "was withdrawn on" in said
    assert "Asked to." in said


@pytest.mark.parametrize("address", ["https://www.mofa.go.jp/region/x.html", "https://[", "HTTP://[::1/x"])
def test_an_address_of_others_is_told(reader: Client, address: str) -> None:
    host = address.partition("//")[2].partition("/")[0]
    data = found(reader, f"water {address}")
    assert messages(data) == [f"This is an address of {host}, not of this archive; it was not searched."]
    assert data["count"] == found(reader, "water")["count"] > 0


def test_only_the_first_address_is_looked_up(reader: Client) -> None:
    data = found(reader, f"{HERE}/ca-jad/2022/fm-9/ {HERE}/meetings/ https://example.org/")
    assert data["cited"]["type"] == "meeting"
    assert messages(data) == ["Only the first address of a search is looked up."] * 2
