"""The forms in which our addresses are written, each judged and put right in its own form."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import Statement
from registry import verbs
from tests.verify.asked import SITE, corrected, examined, opinion, reissued

pytestmark = pytest.mark.django_db
HOST = SITE.removeprefix("http://")
PATH = "harbour/2021/fm-1/joint-statement"
Planted = dict[str, Statement]


def put_right(reader: Client, text: str) -> str:
    return str(examined(reader, text)["updated"])


@pytest.mark.parametrize("host", [HOST, f"www.{HOST}", f"//{HOST}", f"https://www.{HOST}", HOST.upper()])
def test_without_a_scheme_an_address_is_judged_and_stays_without(
    reader: Client, planted: Planted, host: str
) -> None:
    pid = reissued(planted["harbour"]).pk
    for old, new in (
        (f"{host}/id/{pid}@1~p2", f"{host}/id/{pid}@2~p2"),
        (f"{host}/ark:/99999/{pid}@1~p2", f"{host}/ark:/99999/{pid}@2~p2"),
        (f"{host}/{PATH}@1/en/~p2/", f"{host}/{PATH}@2/en/~p2/"),
    ):
        text = f"1. Joint Statement (2021), {old}, para. 2."
        found = examined(reader, text)
        (one,) = found["references"]
        assert (one["written"], one["judgement"], one["updated"]) == (old, "superseded", new)
        assert found["updated"] == text.replace(old, new)


def test_without_a_scheme_what_leads_nowhere_is_said(reader: Client, planted: Planted) -> None:
    one = opinion(reader, f"{HOST}/harbour/2021/som-7/")
    assert (one["written"], one["judgement"]) == (f"{HOST}/harbour/2021/som-7/", "unknown")
    one = opinion(reader, f"共同声明は{HOST}/harbour/2021/fm-1/、参照")
    assert (one["written"], one["judgement"]) == (f"{HOST}/harbour/2021/fm-1/", "current")
    text = (
        f"{HOST}; {HOST}/; www.{HOST}/data/; {HOST}/meetings/?year=2022; ada@{HOST}/id/25hxwjjb@9; "
        f"https://web.archive.org/web/2022/{HOST}/id/25hxwjjb@9; {HOST}/robots.txt; {SITE}/oai?verb=Identify; "
        f"{HOST}1/id/25hxwjjb@9"
    )
    assert examined(reader, text)["references"] == []


def test_a_box_takes_an_address_without_a_scheme(reader: Client, planted: Planted) -> None:
    pid = planted["harbour"].pk
    sides = {"a": f"{HOST}/{PATH}", "b": f"www.{HOST}/id/{pid}@1", "format": "json"}
    found = reader.get("/compare/", sides).json()
    assert (found["a"]["reference"], found["b"]["reference"]) == (f"{pid}@1/en", f"{pid}@1/en")
    assert (
        reader.get("/search/", {"q": f"{HOST}/id/{pid}@1~p2", "format": "json"}).json()["direct"][0]["id"]
        == pid
    )


def test_in_capitals_an_address_leads_to_the_record_and_is_put_right_in_lower_case(
    reader: Client, planted: Planted
) -> None:
    pid = reissued(planted["harbour"]).pk
    for old, new in (
        (f"{SITE}/ID/{pid.upper()}@1~P2", f"{SITE}/id/{pid}@2~p2"),
        (f"/ID/{pid}@1~p2", f"/id/{pid}@2~p2"),
        (f"ARK:/99999/{pid}@1", f"ark:/99999/{pid}@2"),
        (f"{SITE}/EMBED/{pid}@1~p2/", f"{SITE}/embed/{pid}@2~p2/"),
        (f"{SITE}/{PATH.upper()}@1/EN/~P2/", f"{SITE}/{PATH}@2/en/~p2/"),
    ):
        assert opinion(reader, old)["updated"] == new
        assert put_right(reader, new) == new
        path = "/" + new.removeprefix(SITE).lstrip("/")
        assert reader.get(path).status_code in (200, 303)
    assert reader.get(f"/ID/{pid.upper()}@2~P2?format=json")["Location"] == f"/id/{pid}@2~p2?format=json"
    for text in ("/Meetings/", "/MEETINGS"):
        assert reader.get(text)["Location"] == "/meetings/"


def test_the_ark_of_another_archive_is_left_alone(reader: Client, planted: Planted) -> None:
    pid = planted["harbour"].pk
    text = f"ark:12345/{pid}; ark:/12345/{pid}@1~p2; /ark:12345/{pid}; https://n2t.net/ark:12345/{pid}"
    assert examined(reader, text)["references"] == []
    here = opinion(reader, f"{SITE}/ark:12345/{pid}")
    assert (here["judgement"], here["record"]) == ("unknown", None)
    assert reader.get(f"/ark:12345/{pid}").status_code == 404
    sides = {"a": f"ark:12345/{pid}@1", "b": f"ark:99999/{pid}@1", "format": "json"}
    refused = reader.get("/compare/", sides)
    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {"field": "a", "detail": f"A: “ark:12345/{pid}@1” is no address of this archive."}
    ]


@pytest.mark.parametrize(
    "tilde",
    [
        "%7E",
        "%7e",
        r"\%7E",
        r"{\%}7E",
        r"{\textasciitilde}",
        r"{\textasciitilde{}}",
        r"\textasciitilde{}",
        r"\textasciitilde ",
        r"\~{}",
        r"{\~{}}",
        r"\string~",
        r"{$\sim$}",
    ],
)
def test_a_tilde_as_bibtex_has_it_leads_to_the_paragraph_and_is_kept(
    reader: Client, planted: Planted, tilde: str
) -> None:
    pid = reissued(planted["harbour"]).pk
    for old in (
        f"{SITE}/id/{pid}@1{tilde}p2",
        f"/id/{pid}@1{tilde}p2",
        f"{pid}@1{tilde}p2",
        f"{HOST}/{PATH}@1/en/{tilde}p2",
    ):
        new = old.replace("@1", "@2")
        found = examined(reader, f"  url = {{{old}}},\n  year = {{2021}},")
        (one,) = found["references"]
        assert (one["written"], one["record"]["paragraph"], one["updated"]) == (old, "p2", new)
        assert found["updated"] == f"  url = {{{new}}},\n  year = {{2021}},"


def test_a_whole_entry_as_we_write_it_is_put_right(reader: Client, planted: Planted) -> None:
    pid = planted["harbour"].pk
    entry = reader.get(f"/{PATH}@1/en/~p2/?format=bib").content.decode()
    reissued(planted["harbour"])
    found = examined(reader, entry)
    cited = [one["record"]["paragraph"] for one in found["references"] if "/" in one["written"]]
    assert cited == ["p2", "p2"]
    assert f"url = {{{SITE}/id/{pid}@2%7Ep2}}," in found["updated"]
    assert rf"Always current: {SITE}/id/{pid}/en/\%7Ep2" in found["updated"]


def test_both_sides_of_a_comparison_are_judged_each_in_its_place(reader: Client, planted: Planted) -> None:
    harbour, gavan = planted["harbour"], planted["gavan"]
    reissued(harbour)
    verbs.withdraw(gavan, by=None, reason="legal", note="A court asked for it.")
    for address in (
        f"{SITE}/compare/?a={harbour.pk}@1~p2&b={gavan.pk}@1",
        f"{HOST}/compare/?a={harbour.pk}%401%7Ep2&amp;b=/id/{gavan.pk}",
        f"/compare/?b={gavan.pk}@1&a={harbour.pk}@1/en/~p2&show=changed",
        rf"{SITE}/compare/?a=http%3A%2F%2F127.0.0.1%3A8000%2Fid%2F{harbour.pk}%401\%7Ep2\&b={gavan.pk}",
    ):
        found = examined(reader, f"Compared at {address}.")
        said = {one["judgement"]: one for one in found["references"]}
        assert set(said) == {"superseded", "withdrawn"}, address
        old = said["superseded"]["written"]
        assert said["superseded"]["updated"] == old.replace("@1", "@2").replace("%401", "%402")
        assert found["updated"] == f"Compared at {address}.".replace(old, said["superseded"]["updated"])
    turned = f"{SITE}/compare/?b={harbour.pk}@1&a={planted['minato'].pk}@1 and {harbour.pk}@1"
    reissued(planted["minato"])
    assert put_right(reader, turned) == turned.replace("@1", "@2")
    nothing = f"{SITE}/compare/; {SITE}/compare/?a=&b=; {SITE}/compare/?show=changed"
    assert examined(reader, nothing)["references"] == []
    assert opinion(reader, f"{SITE}/compare/?a=nothing-at-all")["judgement"] == "unknown"


def test_two_editions_compared_stay_the_two_editions(reader: Client, planted: Planted) -> None:
    pid = reissued(planted["harbour"]).pk
    text = f"{SITE}/compare/?a={pid}@1&b={pid}@2"
    found = examined(reader, text)
    assert [one["judgement"] for one in found["references"]] == ["superseded", "current"]
    assert found["updated"] == text
    assert "Editions of one record" in found["references"][0]["detail"]


def test_what_lies_on_a_shelf_is_judged(reader: Client, planted: Planted) -> None:
    harbour, gavan = reissued(planted["harbour"]).pk, planted["gavan"].pk
    text = f"{SITE}/shelf/?items={gavan},{harbour}@1~p2&title=Ports"
    found = examined(reader, text)
    assert [one["judgement"] for one in found["references"]] == ["current", "superseded"]
    assert found["updated"] == text.replace("@1", "@2")
    encoded = text.replace(",", "%2C").replace("~", "%7E")
    assert put_right(reader, encoded) == encoded.replace("@1", "@2")


def test_cards_and_embeds_are_judged_by_their_record(reader: Client, planted: Planted) -> None:
    pid = reissued(planted["harbour"]).pk
    for old, new in (
        (f"{SITE}/embed/{pid}@1~p2/", f"{SITE}/embed/{pid}@2~p2/"),
        (f"{HOST}/embed/{pid}@1/en", f"{HOST}/embed/{pid}@2/en"),
        (f"{SITE}/card/{pid}@1~p2.png", f"{SITE}/card/{pid}@2~p2.png"),
        (f"/card/{pid}@1.png", f"/card/{pid}@2.png"),
    ):
        one = opinion(reader, f"See {old}.")
        assert (one["written"], one["judgement"], one["updated"]) == (old, "superseded", new)
        path = new[new.index("/embed/" if "embed" in new else "/card/") :]
        assert reader.get(path, follow=True).status_code == 200
    frame = f'<iframe src="{SITE}/embed/{pid}@1~p2/" width="600"></iframe>'
    assert put_right(reader, frame) == frame.replace("@1", "@2")
    assert opinion(reader, f"{SITE}/embed/{pid}@7/")["judgement"] == "unknown"
    assert opinion(reader, f"{SITE}/card/{pid}")["judgement"] == "unknown"


def test_timegates_and_timemaps_are_judged_by_their_record(reader: Client, planted: Planted) -> None:
    said = planted["harbour"]
    verbs.rename(said, by=None, path="harbour/2021/fm-1/declaration", note="Its name.")
    for room in ("timegate", "timemap"):
        for before in ("", f"{SITE}/"):
            old = f"{SITE}/{room}/{before}{PATH}/en/~p2/"
            new = f"{SITE}/{room}/{before}harbour/2021/fm-1/declaration/en/~p2/"
            one = opinion(reader, f"<{old}>")
            assert (one["written"], one["judgement"], one["updated"]) == (old, "moved", new)
            assert reader.get(new.removeprefix(SITE)).status_code in (200, 302)
        assert opinion(reader, f"{HOST}/{room}/id/{said.pk}~p2")["judgement"] == "current"
        gone = opinion(reader, f"{SITE}/{room}/id/{said.pk}~p77")
        assert (gone["judgement"], gone["updated"]) == ("unknown", None)


def test_a_timegate_gets_no_edition(reader: Client, planted: Planted) -> None:
    pid = corrected(planted["harbour"]).pk
    gone = opinion(reader, f"{SITE}/timegate/id/{pid}~p7")
    assert (gone["judgement"], gone["updated"]) == ("paragraph_gone", None)
    pinned = opinion(reader, f"{SITE}/timegate/id/{pid}@1~p3")
    assert pinned["updated"] == f"{SITE}/timegate/id/{pid}~p3"
    assert reader.get(f"/timegate/id/{pid}~p3").status_code == 302
