"""What the head of a page tells Zotero, search engines and those who share it."""

from __future__ import annotations

import json
from collections import Counter
from html import unescape
from typing import Any
from urllib.parse import urlencode

import extruct
import html5lib
import pytest
from django.test import Client

from dialogues.models import Topic
from registry import verbs
from tests.formats.references import remarks
from tests.formats.test_jsonld import faults
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
FM9 = "/ca-jad/2022/fm-9/"
STATEMENT = f"{FM9}joint-statement/"
PARAGRAPH = f"{STATEMENT}en-x-summary/~p2/"


class Page:
    """The head of a page, parsed as browsers do."""

    def __init__(self, reader: Client, path: str) -> None:
        self.html = reader.get(path).content.decode()
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)

    def all(self, name: str) -> list[str]:
        """Contents of the meta elements of this name or property."""
        head = self.tree.find("head")
        return [
            str(one.get("content"))
            for one in head.iter("meta")
            if name in (one.get("name"), one.get("property"))
        ]

    def one(self, name: str) -> str:
        (found,) = self.all(name)
        return found

    def links(self) -> list[tuple[str, str]]:
        return [(str(one.get("rel")), str(one.get("href"))) for one in self.tree.find("head").iter("link")]

    @property
    def names(self) -> Counter[str]:
        named = self.tree.find("head").iter("meta")
        return Counter(str(one.get("name") or one.get("property") or "") for one in named)


def test_a_meeting_is_kept_by_zotero_as_a_web_page_of_its_kind(reader: Client) -> None:
    page = Page(reader, FM9)
    assert page.one("z:itemType") == "webpage"
    assert page.one("z:websiteType") == "Ministerial meeting, Tokyo"
    assert page.one("z:websiteTitle") == "Dialogues"
    assert page.one("z:place") == "Tokyo"
    assert page.one("z:url") == f"{SITE}/id/fwfp1k6g@1"
    assert page.one("z:rights") == "Creative Commons Attribution 4.0 International"
    assert page.one("z:extra").startswith("Number: fwfp1k6g@1\nEdition 1 of ")
    assert page.one("DC.title") == "9th Foreign Ministers’ Meeting"
    assert page.one("DC.creator") == "Central Asia plus Japan,"
    assert page.one("DC.date") == page.one("DCTERMS.issued") == "2022-12-24"
    assert page.one("DC.language") == "en"
    assert page.one("DC.identifier") == f"{SITE}/ark:99999/fwfp1k6g"
    assert page.one("DC.rights") == "https://creativecommons.org/licenses/by/4.0/"
    assert page.one("DCTERMS.accessRights") == "open access"
    assert page.one("DCTERMS.isPartOf") == f"{SITE}/id/qpv83x8t"
    assert page.one("DCTERMS.abstract").startswith("Ministerial meeting, Central Asia plus Japan")
    assert [name for name in page.names if name.startswith("citation_")] == []


def test_a_thing_without_a_description_is_described_by_its_kind(reader: Client) -> None:
    assert Page(reader, "/topics/energy/").one("og:description") == "Topic: Energy"


def test_a_statement_is_kept_as_a_report(reader: Client) -> None:
    page = Page(reader, STATEMENT)
    assert page.one("z:itemType") == "report"
    assert page.one("z:reportType") == "Joint statement"
    assert page.one("z:reportNumber") == "25hxwjjb@1"
    assert (page.one("z:place"), page.one("z:institution")) == ("Tokyo", "Central Asia plus Japan")
    assert page.one("citation_technical_report_institution") == "Central Asia plus Japan"
    assert page.one("citation_technical_report_number") == "25hxwjjb@1"
    assert page.one("citation_title") == "Joint Statement of the 9th Foreign Ministers’ Meeting"
    assert page.one("citation_author") == "Central Asia plus Japan,"
    assert page.one("DCTERMS.isPartOf") == f"{SITE}/id/fwfp1k6g"


def test_what_a_minister_said_is_kept_as_a_presentation(reader: Client) -> None:
    made = remarks("Address by Minister Doe", "One.")
    page = Page(reader, f"/{made.pid.path}/")
    assert (page.one("z:itemType"), page.one("z:presentationType")) == ("presentation", "Opening remarks")
    assert page.one("z:meetingName") == "1st Foreign Ministers’ Meeting"
    assert page.one("og:type") == "website"
    assert [name for name in page.names if name.startswith("citation_")] == []


def test_a_paragraph_gives_its_words_its_number_and_its_own_names(reader: Client) -> None:
    page = Page(reader, PARAGRAPH)
    assert page.one("z:pages") == "para. 2"
    assert page.one("z:url") == f"{SITE}/id/25hxwjjb@1~p2"
    whose = "Paragraph 2: archive’s summary. The Central Asian ministers welcomed"
    assert page.one("DCTERMS.abstract").startswith(whose)
    assert page.one("DC.identifier") == f"{SITE}/ark:99999/25hxwjjb/en-x-summary/~p2"
    assert page.one("og:image") == f"{SITE}/card/25hxwjjb@1~p2.png"
    assert page.one("og:url") == f"{SITE}{PARAGRAPH}"


def test_an_edition_is_identified_as_that_edition(reader: Client) -> None:
    page = Page(reader, "/ca-jad/2022/fm-9@1/")
    assert page.one("DC.identifier") == f"{SITE}/ark:99999/fwfp1k6g@1"
    assert ("cite-as", f"{SITE}/ark:99999/fwfp1k6g@1") in page.links()


@pytest.mark.parametrize("path", [FM9, STATEMENT, PARAGRAPH, "/ca-jad/", "/countries/kz/", "/topics/energy/"])
def test_who_shares_it_finds_title_words_date_and_picture(reader: Client, path: str) -> None:
    page = Page(reader, path)
    for name in (
        "og:type", "og:title", "og:site_name", "og:description", "og:url", "og:image", "og:image:alt",
        "og:image:width", "og:image:height", "article:published_time", "twitter:card", "twitter:title",
        "twitter:description", "twitter:image", "twitter:image:alt",
    ):  # fmt: skip
        assert page.one(name), name
    assert page.one("og:url") == next(href for rel, href in page.links() if rel == "canonical")
    assert reader.get(page.one("og:image").removeprefix(SITE)).status_code == 200


def test_what_open_graph_says_makes_a_newspaper_of_no_meeting(reader: Client) -> None:
    for path in (FM9, "/ca-jad/", "/countries/kz/", "/topics/energy/"):
        assert Page(reader, path).one("og:type") == "website", path
    assert Page(reader, STATEMENT).one("og:type") == "article"
    assert Page(reader, FM9).one("twitter:title") == "9th Foreign Ministers’ Meeting, Central Asia plus Japan"


def test_a_list_names_the_archive(reader: Client) -> None:
    assert Page(reader, "/meetings/").one("og:site_name") == "Dialogues"


def test_the_date_of_open_graph_is_that_of_the_meeting(reader: Client) -> None:
    assert Page(reader, FM9).one("article:published_time") == "2022-12-24"


def test_pages_of_statements_describe_themselves(reader: Client) -> None:
    described = "Joint statement, Central Asia plus Japan, 9th Foreign Ministers’ Meeting, Tokyo, 2022-12-24"
    assert Page(reader, STATEMENT).one("description") == described
    assert Page(reader, PARAGRAPH).one("description").startswith("The Central Asian ministers welcomed Japan")


def test_open_graph_has_a_whole_date_or_none(reader: Client) -> None:
    assert Page(reader, "/ca-jad/2013/som-7/").all("article:published_time") == []
    assert Page(reader, "/ca-jad/2013/som-7/").one("DC.date") == "2013-10"
    made = meeting(published(dialogue()), start=None)
    undated = published(made, statement(made, "We met."))
    assert Page(reader, f"/{undated.pid.path}/").all("article:published_time") == []


def test_outside_readers_find_all_of_it(reader: Client) -> None:
    syntaxes = ["json-ld", "opengraph", "dublincore"]
    found: dict[str, Any] = extruct.extract(
        Page(reader, FM9).html, base_url=f"{SITE}{FM9}", syntaxes=syntaxes
    )
    (event,) = found["json-ld"]
    assert (event["@type"], event["@id"]) == ("Event", f"{SITE}/id/fwfp1k6g")
    properties = dict(found["opengraph"][0]["properties"])
    assert properties["og:title"] == "9th Foreign Ministers’ Meeting"
    elements = {one.get("name"): one.get("content") for one in found["dublincore"][0]["elements"]}
    assert elements["DC.title"] == "9th Foreign Ministers’ Meeting"


def test_the_page_and_the_export_say_the_same(reader: Client) -> None:
    opening = '<script type="application/ld+json">'
    embedded = Page(reader, STATEMENT).html.partition(opening)[2].partition("</script>")[0]
    assert json.loads(embedded) == json.loads(reader.get(f"{STATEMENT}?format=jsonld").content)


def test_words_of_a_record_stay_within_their_attribute(reader: Client) -> None:
    held = dialogue(name='"><script>alert(1)</script>')
    at = meeting(held)
    said = statement(at, '" onload="x', title="'\"><img src=x>")
    published(held, at, said)
    page = Page(reader, f"/{said.pid.path}/en/~p1/")
    assert page.one("DC.title") == "'\"><img src=x>"
    assert page.one("DCTERMS.abstract") == '" onload="x'
    scripts = [script.get("type") or script.get("src") for script in page.tree.iter("script")]
    assert sorted(scripts) == ["/static/js/shelf.js", "application/ld+json"]
    assert list(page.tree.iter("img")) == []


def test_lists_and_missing_pages_carry_no_record(reader: Client) -> None:
    for path in ("/", "/meetings/", "/nothing/", "/ca-jad/2022/fm-9/history/"):
        page = Page(reader, path)
        assert page.all("DC.title") == []
        assert page.all("z:itemType") == []
        assert ("application/ld+json" in page.html) == (path == "/meetings/")


@pytest.mark.parametrize(
    ("path", "title", "canonical"),
    [
        ("/", "The open archive of multilateral dialogue meetings", "/"),
        (
            "/meetings/?sort=title&year=2022&dialogue=ca-jad&density=dense&verb=&utm_source=x",
            "Meetings – Dialogue: Central Asia plus Japan, Year: 2022",
            "/meetings/?dialogue=ca-jad&year=2022",
        ),
        ("/meetings/?page=3", "Meetings, page 3", "/meetings/?page=3"),
        ("/meetings/?page=3&sort=title", "Meetings, page 3", "/meetings/"),
        (
            "/statements/?country=kz&kind=joint_statement&page=1",
            "Statements – Kind: joint statement, Country: Kazakhstan",
            "/statements/?kind=joint_statement&country=kz",
        ),
        (
            "/offices/?q=minister&country=jp&on=2010-08-07",
            "Who held office on 7 August 2010 – Country: Japan, Office or name: minister",
            "/offices/?on=2010-08-07&country=jp&q=minister",
        ),
        (
            "/ca-jad/fm/attendance/?until=2010",
            "Attendance: Foreign Ministers’ Meetings – Central Asia plus Japan – To: 2010",
            "/ca-jad/fm/attendance/",
        ),
        ("/search/?q=energy&year=2022", "energy, Year: 2022 – Search", "/search/?q=energy&year=2022"),
        ("/years/2022/", "2022", "/years/2022/"),
        ("/pictures/wall/", "Every dialogue, year by year", "/pictures/wall/"),
        ("/data/codebook/", "Codebook", "/data/codebook/"),
        (
            "/ca-jad/2022/fm-9/history/",
            "History – 9th Foreign Ministers’ Meeting",
            "/ca-jad/2022/fm-9/history/",
        ),
    ],
)
def test_who_shares_a_page_that_is_no_record_finds_what_it_is(
    reader: Client, path: str, title: str, canonical: str
) -> None:
    page = Page(reader, path)
    assert page.one("og:type") == "website"
    assert page.one("og:title") == title
    assert page.tree.findtext("head/title") == f"{title} – Dialogues"
    assert page.one("og:url") == f"{SITE}{canonical}"
    assert page.one("og:description") == page.one("description") != ""
    assert page.one("og:site_name") == "Dialogues"


def test_what_is_not_there_is_shared_under_no_address(reader: Client) -> None:
    page = Page(reader, "/nothing/")
    assert [page.all(f"og:{name}") for name in ("url", "title", "type")] == [[], [], []]


def listed(reader: Client, path: str) -> dict[str, Any]:
    (script,) = (one for one in Page(reader, path).tree.iter("script") if one.get("type"))
    found: dict[str, Any] = json.loads(str(script.text))
    assert set(faults({name: value for name, value in found.items() if name != "@context"})) == set()
    return found


def test_a_list_tells_search_engines_what_it_lists(reader: Client) -> None:
    said = listed(reader, "/meetings/?page=2")
    assert [said[name] for name in ("@type", "name", "url")] == [
        "CollectionPage", "Meetings, page 2", f"{SITE}/meetings/?page=2"
    ]  # fmt: skip
    assert said["isPartOf"] == {"@type": "WebSite", "@id": f"{SITE}/", "name": "Dialogues"}
    rows = reader.get("/meetings/?page=2&format=json").json()
    items = said["mainEntity"]["itemListElement"]
    assert (said["mainEntity"]["numberOfItems"], len(items)) == (rows["count"], 50)
    assert items[0] == {
        "@type": "ListItem", "position": 51, "name": rows["results"][0]["title"], "url": rows["results"][0]["url"]
    }  # fmt: skip


def test_what_is_found_is_told_as_the_results_of_a_search(reader: Client) -> None:
    said = listed(reader, "/search/?q=energy&page=2")
    rows = reader.get("/search/?q=energy&page=2&format=json").json()
    assert (said["@type"], said["mainEntity"]["numberOfItems"]) == ("SearchResultsPage", rows["count"])
    items = said["mainEntity"]["itemListElement"]
    assert [one["url"] for one in items] == [row["url"] for row in rows["results"]]
    assert items[0]["position"] == 21


def test_a_year_and_a_day_are_lists_and_a_list_of_one_is_one(reader: Client) -> None:
    assert listed(reader, "/years/2022/")["mainEntity"]["numberOfItems"] > 1
    assert listed(reader, "/on-this-day/12-24/")["mainEntity"]["itemListElement"][0]["name"].startswith("9th")
    published(dialogue(name="Zzyzx </script><script>alert(1)</script> & one"))
    found = listed(reader, "/search/?q=zzyzx&type=dialogue")["mainEntity"]
    assert found["itemListElement"]["name"] == "Zzyzx </script><script>alert(1)</script> & one"


def test_a_list_of_nothing_has_no_list(reader: Client) -> None:
    assert listed(reader, "/meetings/?year=1950")["mainEntity"] == {"@type": "ItemList", "numberOfItems": 0}


def test_words_of_a_search_stay_within_their_attribute(reader: Client) -> None:
    typed = '"><script>alert(1)</script>'
    address = (
        reader.get("/search/", {"q": typed}).headers.get("Location") or f"/search/?{urlencode({'q': typed})}"
    )
    page = Page(reader, address)
    assert page.one("og:title") == f'{typed}" – Search'
    assert [one.get("type") for one in page.tree.iter("script")] in ([], ["application/ld+json"])


def test_a_draft_in_preview_has_no_permanent_names(editor: Client) -> None:
    held = dialogue()
    html = editor.get(f"/preview/{held.pk}/").content.decode()
    assert "Example Dialogue" in html
    assert "cite-as" not in html
    assert "unapi-id" not in html
    assert "ark:" not in editor.get(f"/preview/{held.pk}/").get("Link", "")


def test_a_withdrawn_record_is_gone_in_every_form(reader: Client) -> None:
    visa = Topic.objects.get(slug="visa")
    verbs.withdraw(visa, by=None, reason="legal", note="x")
    for form in ("html", "json", "jsonld", "ttl", "datacite", "mods", "linkset"):
        answer = reader.get(f"/topics/visa/?format={form}")
        assert answer.status_code == 410, form
        assert "cite-as" not in answer.content.decode()


@pytest.mark.parametrize(("asked", "printed"), [
    ("/meetings/?year=2022&dialogue=ca-jad&country=", "/meetings/?year=2022&dialogue=ca-jad"),
    ("/ca-jad/attendance/?rank=minister&rank=deputy&utm_source=x", "/ca-jad/attendance/?rank=minister&rank=deputy"),
    ("/offices/", "/offices/"),
    ("/ca-jad/?fbclid=1", "/id/ID@1"),
])  # fmt: skip
def test_paper_bears_the_address_of_what_it_shows(reader: Client, asked: str, printed: str) -> None:
    """Where it may be broken stand spaces without width; of a record it is the address of the edition."""
    html = reader.get(asked).content.decode()
    address = html.partition('data-address="')[2].partition('"')[0].replace("\u200b", "")
    dialogue_id = reader.get("/ca-jad/?format=json").json()["id"]
    assert unescape(address) == f"{SITE}{printed.replace('ID', dialogue_id)}"
