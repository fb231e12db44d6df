"""Within a page no id stands twice, and whatever points at a part of the page has it: labels, names, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from lxml import html

from dialogues.models import Minister
from registry import verbs
from tests.contracts.test_queries import commitment_path
from tests.makers import corrected

pytestmark = pytest.mark.django_db

FM9 = "/ca-jad/2022/fm-9"
PAGES = [
    *("/", "/about/", "/data/", "/data/codebook/", "/api/", "/promises/", "/styleguide/", "/changes/"),
    *("/dialogues/", "/meetings/", "/meetings/?dialogue=ca-jad&year=2022", "/meetings/?year=1950", "/statements/"),
    *("/commitments/", "/commitments/?due=overdue", "/ministers/", "/countries/", "/topics/"),
    *("/years/", "/years/2022/", "/years/2010s/", "/on-this-day/08-28/"),
    *("/search/", "/search/?q=energy", "/search/?q=enrgy", "/search/?q=%22", "/phrases/", "/phrases/?q=Central+Asia"),
    *("/ca-jad/", "/ca-jad/2022/", "/ca-jad/undated/", "/ca-jad/2022/statements/", "/ca-jad/fm/"),
    *(f"{FM9}/", f"{FM9}@1/", f"{FM9}/history/", f"{FM9}/joint-statement/"),
    *(f"{FM9}/joint-statement/en-x-summary/", f"{FM9}/joint-statement/en-x-summary/~p2/"),
    *("/{commitment}/", "/{commitment}/chain/", "/{commitment}/history/"),
    *("/{minister}/", "/{minister}/attendance/", "/countries/kz/", "/countries/kz/attendance/", "/offices/"),
    *("/topics/energy/", "/topics/energy/language/", "/topics/energy/language/?dialogue=ca-jad", "/lexicon/"),
    *("/ca-jad/attendance/", "/ca-jad/fm/attendance/", "/ca-jad/fm/attendance/?country=jp&rank=minister"),
    *("/compare/", f"/compare/?a={FM9[1:]}@1&b=ca-jad/2004/fm-1@1", "/compare/?a=x"),
    f"/compare/?a={FM9[1:]}/joint-statement&b=ca-jad/2004/fm-1/joint-statement",
    *("/pictures/", "/pictures/wall/", "/pictures/series/", "/pictures/series/ca-jad/fm/", "/pictures/topics/"),
    *("/pictures/topics/?dialogue=ca-jad", "/pictures/hosts/", "/pictures/hosts/?dialogue=ca-jad"),
    *("/pictures/meets/", "/pictures/meets/jp/", "/pictures/meets/jp/kz/"),
    *("/verify/", "/verify/?text=the+ministers+met+in+the+spring", "/verify/citations/"),
    *("/shelf/", "/shelf/?items=25hxwjjb@1~p2,117rv14b", "/embed/25hxwjjb~p2/", "/nothing/"),
]  # fmt: skip
POINTING = ("for", "list", "form", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
TOP = {"#", "#top"}


def elements(reader: Client, path: str) -> list[html.HtmlElement]:
    answer = reader.get(path)
    assert answer.status_code in (200, 404, 400, 410), path
    assert answer["Content-Type"].startswith("text/html"), path
    return [
        one for one in html.document_fromstring(answer.content.decode()).iter() if isinstance(one.tag, str)
    ]


def pointed_at(page: list[html.HtmlElement]) -> Iterator[tuple[str, str]]:
    """Each id that the page names, and how."""
    for one in page:
        for name in POINTING:
            yield from ((name, each) for each in one.get(name, "").split())
        link = one.get("href", "")
        if link.startswith("#") and link not in TOP and not link.startswith("#:~:"):
            yield "href", link.removeprefix("#")


def faults(reader: Client, path: str) -> list[str]:
    page = elements(reader, path)
    found = Counter(one.get("id") for one in page if one.get("id") is not None)
    twice = [f"{name} stands {count} times" for name, count in found.items() if count > 1]
    return twice + [f"{how} {name} leads nowhere" for how, name in pointed_at(page) if name not in found]


@pytest.mark.parametrize("pattern", PAGES)
def test_each_id_stands_once_and_what_is_pointed_at_is_there(reader: Client, pattern: str) -> None:
    person = Minister.objects.get(slug="hayashi-yoshimasa").pid.path
    assert faults(reader, pattern.format(commitment=commitment_path(), minister=person)) == []


def test_pages_of_other_times_have_their_ids_once(reader: Client) -> None:
    """A history of several editions, an edition that is not the newest, a tombstone."""
    person = Minister.objects.get(slug="hayashi-yoshimasa")
    corrected(person, honorific="H.E. Mr.")
    path = f"/{person.pid.path}"
    assert [faults(reader, one) for one in (f"{path}/history/", f"{path}@1/", f"{path}/")] == [[], [], []]
    verbs.withdraw(person, by=None, reason="legal", note="A court.")
    assert faults(reader, f"{path}/") == []
