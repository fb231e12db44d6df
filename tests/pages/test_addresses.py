"""Every answer of the design's table of addresses, asked over HTTP."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import Dialogue, Minister
from meetings.models import Commitment, Meeting, Paragraph, Statement, Text
from registry import verbs
from registry.kit import pids
from registry.models import Edition, Path, Pid
from tests.makers import commitment, corrected, country, dialogue, meeting, minister, published, statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
FM9 = "/ca-jad/2022/fm-9/"


def fm9() -> Meeting:
    return Meeting.objects.get(pid__path="ca-jad/2022/fm-9")


def test_a_permanent_id_leads_to_where_the_record_stands(reader: Client) -> None:
    answer = reader.get(f"/id/{fm9().pk}?format=json")
    assert (answer.status_code, answer["Location"]) == (303, f"{FM9}?format=json")


def test_a_permanent_id_keeps_edition_and_paragraph(reader: Client) -> None:
    text = Statement.objects.get(pid__path="ca-jad/2022/fm-9/joint-statement")
    answer = reader.get(f"/id/{text.pk}@1~p2")
    assert answer.status_code == 303
    assert answer["Location"] == f"{FM9}joint-statement@1/en-x-summary/~p2/"
    assert reader.get(answer["Location"]).status_code == 200


def test_a_permanent_id_is_read_forgivingly(reader: Client) -> None:
    pid = fm9().pk
    assert reader.get(f"/id/{pid[:4].upper()}-{pid[4:].upper()}")["Location"] == FM9


def test_a_mistyped_id_is_told_and_the_nearest_offered(reader: Client) -> None:
    pid = fm9().pk
    wrong = pid[:-1] + next(c for c in pids.ALPHABET if c != pid[-1])
    answer = reader.get(f"/id/{wrong}")
    assert answer.status_code == 404
    assert "does not match" in answer.content.decode()
    assert f'href="/id/{pid}"' in answer.content.decode()


def test_a_draft_cannot_be_told_from_nothing(reader: Client) -> None:
    draft = country("zz", "Zedland")
    unknown = pids.derive("nobody has this")
    drafted, nothing = reader.get(f"/id/{draft.pk}"), reader.get(f"/id/{unknown}")
    assert drafted.status_code == nothing.status_code == 404
    assert drafted.content.replace(draft.pk.encode(), b"") == nothing.content.replace(unknown.encode(), b"")
    assert reader.get("/countries/zz/").status_code == 404
    assert reader.get(f"/commitments/{draft.pk}/").status_code == 404


def test_a_renamed_record_redirects_with_query_and_paragraph(reader: Client) -> None:
    verbs.rename(fm9(), by=None, path="ca-jad/2022/fm-9-tokyo", note="To try.")
    cases = {
        FM9: "/ca-jad/2022/fm-9-tokyo/",
        f"{FM9}?format=json": "/ca-jad/2022/fm-9-tokyo/?format=json",
        "/ca-jad/2022/fm-9@1/": "/ca-jad/2022/fm-9-tokyo@1/",
        f"{FM9}joint-statement/en-x-summary/~p2/": "/ca-jad/2022/fm-9-tokyo/joint-statement/en-x-summary/~p2/",
        f"{FM9}history/": "/ca-jad/2022/fm-9-tokyo/history/",
    }
    for old, new in cases.items():
        answer = reader.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new), old
        assert reader.get(new).status_code == 200, new


def test_a_renamed_dialogue_takes_its_years_and_tracks_along(reader: Client) -> None:
    verbs.rename(Dialogue.objects.get(code="ca-jad"), by=None, path="ca-japan", note="To try.")
    for old in (
        "/ca-jad/",
        "/ca-jad/2022/",
        "/ca-jad/fm/",
        FM9,
        "/ca-jad/2022/statements/",
        "/ca-jad/undated/",
    ):
        answer = reader.get(old)
        assert (answer.status_code, answer["Location"]) == (301, old.replace("ca-jad", "ca-japan")), old
        assert reader.get(answer["Location"]).status_code == 200, old


def test_a_merged_record_redirects_but_keeps_its_editions(reader: Client) -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    published(stays, goes)
    old, new = f"/{goes.pid.path}/", f"/{stays.pid.path}/"
    frozen = reader.get(f"/{goes.pid.path}@1/?format=json").content
    verbs.merge(goes, into=stays, by=None, note="One person.")
    answer = reader.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert reader.get(f"/id/{goes.pk}")["Location"] == new
    kept = reader.get(f"/{goes.pid.path}@1/")
    assert kept.status_code == 200
    assert "duplicate" in kept.content.decode()
    assert reader.get(f"/{goes.pid.path}@1/?format=json").content == frozen


def test_editions_of_a_merged_record_stay_open_until_it_is_withdrawn_itself(reader: Client) -> None:
    """Its survivor is another record: what is withdrawn is what that one said."""
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    published(stays, goes)
    verbs.merge(goes, into=stays, by=None, note="One person.")
    verbs.withdraw(stays, by=None, reason="personal_data", note="Asked for.")
    assert reader.get(f"/{goes.pid.path}/", follow=True).status_code == 410
    for address in (f"/{goes.pid.path}@1/", f"/id/{goes.pk}@1", f"/unapi?id={goes.pk}@1&format=ris"):
        assert reader.get(address, follow=True).status_code == 200, address
    assert reader.get(f"/unapi?id={goes.pk}&format=ris").status_code == 410
    verbs.restore(goes, by=None, note="To be withdrawn as well.")
    verbs.withdraw(goes, by=None, reason="personal_data", note="Asked for.")
    for address in (f"/{goes.pid.path}@1/", f"/id/{goes.pk}@1", f"/unapi?id={goes.pk}@1&format=ris"):
        assert reader.get(address, follow=True).status_code == 410, address


def test_merging_twice_still_redirects_once(reader: Client) -> None:
    land = published(country())
    first, second, third = (minister(f"DOE {name}", of=land) for name in ("A", "B", "C"))
    published(first, second, third)
    verbs.merge(first, into=second, by=None, note="One person.")
    verbs.merge(second, into=third, by=None, note="One person.")
    assert reader.get(f"/{first.pid.path}/")["Location"] == f"/{third.pid.path}/"


def test_a_withdrawn_record_is_gone_with_a_tombstone(reader: Client) -> None:
    said = Commitment.objects.get(key="ca-jad-fm-09-c16")
    path = f"/{said.pid.path}/"
    verbs.withdraw(said, by=None, reason="entered_in_error", note="It was said elsewhere.")
    page = reader.get(path)
    assert page.status_code == 410
    assert "It was said elsewhere." in page.content.decode()
    stone = reader.get(path, headers={"accept": "application/json"})
    assert stone.status_code == 410
    data = stone.json()
    assert (data["id"], data["type"], data["reason"]) == (said.pk, "tombstone", "entered_in_error")
    assert reader.get(f"/id/{said.pk}").status_code == 410
    now, before = (
        reader.get(f"{FM9}?format=json").json(),
        reader.get("/ca-jad/2022/fm-9@1/?format=json").json(),
    )
    assert said.pk not in [one["id"] for one in now["outcomes"]]
    assert said.pk in [one["id"] for one in before["outcomes"]]


def test_an_old_edition_stands_with_a_banner(reader: Client) -> None:
    held = fm9()
    before = reader.get("/ca-jad/2022/fm-9@1/?format=json").content
    held.duration_printed = "about 2 hours"
    held.save()
    verbs.publish(held, by=None, note="The length was found.")
    assert reader.get("/ca-jad/2022/fm-9@1/?format=json").content == before
    old = reader.get("/ca-jad/2022/fm-9@1/").content.decode()
    assert "You are reading edition 1 of 2" in old
    assert '<meta name="robots" content="noindex">' in old
    assert '<link rel="canonical" href="http://127.0.0.1:8000/ca-jad/2022/fm-9/">' in old
    assert "about 2 hours" in reader.get(FM9).content.decode()
    assert reader.get("/ca-jad/2022/fm-9@3/").status_code == 404


def test_a_paragraph_that_is_gone_says_until_when_it_stood(reader: Client) -> None:
    held = meeting(published(dialogue()))
    text = statement(held, "We met.", "We agreed.")
    published(held, text)
    Paragraph.objects.filter(text__statement=text, key="p2").delete()
    verbs.publish(text, by=None, note="The second paragraph was another document’s.")
    address = f"/{text.pid.path}/en/~p2/"
    page = reader.get(address).content.decode()
    assert "until edition 1" in page
    assert f"/{text.pid.path}@1/en/~p2/" in page
    assert "We agreed." in reader.get(f"/{text.pid.path}@1/en/~p2/").content.decode()
    assert reader.get(f"/{text.pid.path}/en/~p9/").status_code == 404


def a_statement(*words: str) -> Statement:
    held = meeting(published(dialogue()))
    made = statement(held, *words)
    published(held, made)
    return made


def test_a_paragraph_that_is_gone_is_named_by_its_last_edition_and_can_be_cited(reader: Client) -> None:
    text = a_statement("We met.", "We agreed.")
    Paragraph.objects.filter(text__statement=text, key="p2").delete()
    verbs.publish(text, by=None, note="The second paragraph was another document’s.")
    for address in (
        f"/{text.pid.path}/en/~p2/",
        f"/{text.pid.path}@1/en/~p2/",
        f"/{text.pid.path}@2/en/~p2/",
    ):
        answer = reader.get(address)
        html, links = answer.content.decode(), answer["Link"]
        stood = f"{SITE}/{text.pid.path}@1/en/~p2/"
        assert f'<link rel="canonical" href="{stood}">' in html
        assert f'<meta property="og:url" content="{stood}">' in html
        assert f'<meta name="z:url" content="{SITE}/id/{text.pk}@1~p2">' in html
        assert f'<meta name="DC.identifier" content="{SITE}/ark:99999/{text.pk}@1~p2">' in html
        assert f'<{SITE}/ark:99999/{text.pk}@1~p2>; rel="cite-as"' in links
        for permanent in (f"/id/{text.pk}@1~p2", f"/ark:99999/{text.pk}@1~p2"):
            assert reader.get(permanent, follow=True).redirect_chain[-1][0] == stood.removeprefix(SITE)
        assert "Cite this paragraph" in html
        assert f"/id/<wbr>{text.pk}@1~p2</dd>" in html
    stands = reader.get(f"/{text.pid.path}@1/en/~p1/").content.decode()
    assert f'<link rel="canonical" href="{SITE}/{text.pid.path}/en/~p1/">' in stands
    assert f'<meta property="og:url" content="{SITE}/{text.pid.path}/en/~p1/">' in stands


def test_a_text_that_is_gone_is_named_by_its_last_edition(reader: Client) -> None:
    text = a_statement("We met.")
    Text.objects.filter(statement=text).update(language="ja")
    verbs.publish(text, by=None, note="It is in Japanese.")
    html = reader.get(f"/{text.pid.path}/en/").content.decode()
    assert "Cite this text" in html
    for page in (html, reader.get(f"/{text.pid.path}@1/en/").content.decode()):
        assert f'<link rel="canonical" href="{SITE}/{text.pid.path}@1/en/">' in page
        assert f'<meta property="og:url" content="{SITE}/{text.pid.path}@1/en/">' in page


def test_a_paragraph_that_an_edition_has_not_yet_says_since_when_it_stands(reader: Client) -> None:
    text = a_statement("We met.")
    Paragraph.objects.create(text=text.texts.get(), number=2, key="p2", words="We agreed.")
    verbs.publish(text, by=None, note="The second paragraph was found.")
    corrected(text, act="issued")
    for asked in (f"/{text.pid.path}@1/en/~p2/", f"/{text.pid.path}@1/~p2/"):
        answer = reader.get(asked, headers={"accept": "application/json"})
        since = asked.replace("@1", "@2")
        assert (answer.status_code, answer.json()["title"]) == (404, "This paragraph did not stand yet")
        assert answer.json()["detail"] == (
            f"Edition 1 of “Joint Statement” has it not; it stands since edition 2: {SITE}{since}"
        )
        assert f'<a class="button" href="{since}">' in reader.get(asked).content.decode()
        assert reader.get(since, follow=True).status_code == 200
    ja = Text.objects.create(statement=text, language="ja", kind="official")
    Paragraph.objects.create(text=ja, number=1, key="p1", words="一。")
    verbs.publish(text, by=None, note="The Japanese text was found.")
    for asked in (f"/{text.pid.path}@1/ja/", f"/{text.pid.path}@1/ja/~p1/"):
        page = reader.get(asked)
        assert (page.status_code, f'href="{asked.replace("@1", "@4")}"' in page.content.decode()) == (
            404,
            True,
        )
    assert "did not stand yet" not in reader.get(f"/{text.pid.path}@1/en/~p9/").content.decode()
    assert "did not stand yet" not in reader.get(f"/{text.pid.path}@1/fr/").content.decode()


def test_an_old_edition_says_what_the_issuer_did_with_its_statement_since(reader: Client) -> None:
    text = a_statement("We met.", "We agreed.")
    corrected(text, issuer_state="retracted", issuer_state_note="By a note of 5 March.")
    path, since = text.pid.path, "Told by edition 2; the edition you are reading stands as it was."
    said = '<div class="banner grave" role="status"><strong>Retracted by its issuer.</strong>'
    for shown in ("/", "/en/", "/en/~p2/"):
        now = reader.get(f"/{path}{shown}").content.decode()
        assert (now.count(said), "By a note of 5 March." in now, since in now) == (1, True, False), shown
        old = reader.get(f"/{path}@1{shown}").content.decode()
        assert (old.count(said), "By a note of 5 March." in old, since in old) == (1, True, True), shown
    assert reader.get(f"/{path}@1/?format=json").json()["issuer_state"] == "in_force"
    corrected(text, issuer_state="in_force", issuer_state_note="")
    second = reader.get(f"/{path}@2/").content.decode()
    assert (second.count(said), since in second) == (1, False)
    assert "banner grave" not in reader.get(f"/{path}/").content.decode()
    assert "banner grave" not in reader.get(f"/{path}@1/").content.decode()


def test_a_language_not_held_leads_to_our_summary_for_the_time_being(reader: Client) -> None:
    answer = reader.get(f"{FM9}joint-statement/en/~p2/")
    assert (answer.status_code, answer["Location"]) == (303, f"{FM9}joint-statement/en-x-summary/~p2/")
    assert reader.get(f"{FM9}joint-statement/fr/").status_code == 404


def test_slugs_after_an_id_are_put_right(reader: Client) -> None:
    person = Minister.objects.get(slug="hayashi-yoshimasa")
    for wrong in (
        f"/ministers/{person.pk}/",
        f"/ministers/{person.pk}/somebody-else/",
        f"/ministers/{person.pk}",
    ):
        answer = reader.get(wrong)
        assert (answer.status_code, answer["Location"]) == (301, f"/ministers/{person.pk}/hayashi-yoshimasa/")


def test_programs_are_led_by_an_id_without_its_slug_as_readers_are(reader: Client) -> None:
    made = published(commitment(fm9(), "To meet every year."))
    stands = f"/{made.pid.path}/"
    site = "http://127.0.0.1:8000"
    for asked in (f"/commitments/{made.pk}/", f"/commitments/{made.pk}", f"/commitments/{made.pk}/another/"):
        assert reader.get(asked)["Location"] == stands
        card = reader.get("/oembed", {"url": f"{site}{asked}"})
        assert card.status_code == 200
        assert f'src="{site}/embed/{made.pk}/"' in card.json()["html"]
        assert reader.get(f"/timegate{asked}")["Location"] == f"/timegate{stands}"
        assert reader.get(f"/timegate/{site}{asked}")["Location"] == f"{site}/{made.pid.path}@1/"
        assert reader.get(f"/timemap{asked}")["Location"] == f"/timemap{stands}"
        times = reader.get(f"/timemap/{site}{asked}?format=json").json()
        assert times["original_uri"] == f"{site}{stands}"
        sides = reader.get("/compare/", {"a": asked, "b": made.pk, "format": "json"}).json()
        assert sides["a"]["url"] == f"{site}/{made.pid.path}@1/"
    for asked, there in (("@1/", "@1/"), ("/another@1/", "@1/"), ("/another/history/", "/history/")):
        answer = reader.get(f"/commitments/{made.pk}{asked}")
        assert (answer.status_code, answer["Location"]) == (301, f"/{made.pid.path}{there}")
    assert reader.get(f"/commitments/{made.pk}/attendance/")["Location"] == stands
    draft = commitment(fm9(), "Not yet.")
    for room in ("commitments", "timegate/commitments", "timemap/commitments", "ministers", "countries"):
        assert reader.get(f"/{room}/{draft.pk}/").status_code == 404
    assert reader.get(f"/ministers/{made.pk}/").status_code == 404
    assert reader.get("/oembed", {"url": f"{site}/commitments/{draft.pk}/"}).status_code == 404
    assert reader.get("/oembed", {"url": f"{site}/ark:12345/{made.pk}"}).status_code == 404


def test_programs_are_led_beneath_what_was_renamed_as_readers_are(reader: Client) -> None:
    """Of a record that came after its dialogue was renamed the old address never stood."""
    verbs.rename(Dialogue.objects.get(code="ca-jad"), by=None, path="ca-japan", note="To try.")
    held = Pid.objects.get(pk=fm9_named().pk)
    made = published(statement(fm9_named(), "They met.", title="Annex"))
    site, old = "http://127.0.0.1:8000", f"/{made.pid.path}/".replace("ca-japan", "ca-jad")
    assert held.path == "ca-japan/2022/fm-9"
    assert reader.get(old)["Location"] == f"/{made.pid.path}/"
    assert reader.get("/oembed", {"url": f"{site}{old}"}).status_code == 200
    assert reader.get(f"/timegate{old}")["Location"] == f"/timegate/{made.pid.path}/"


def fm9_named() -> Meeting:
    return Meeting.objects.get(pid__path="ca-japan/2022/fm-9")


@pytest.mark.parametrize(
    "part",
    [
        "@1/en-x-summary~p2",
        "@1/en-x-summary/~p2",
        "@1~p2",
        "@1/en-x-summary",
        "~p2",
        "/en-x-summary~p2",
        "@1/en~p2",
        "/en/~p2",
        "@1/en",
        "@1/EN-X-SUMMARY~P2",
    ],
)
def test_an_id_with_text_and_paragraph_takes_one_redirect(reader: Client, part: str) -> None:
    pid = Statement.objects.get(pid__path="ca-jad/2022/fm-9/joint-statement").pk
    for before in ("/id/", "/ark:99999/", "/ark:/99999/"):
        answer = reader.get(f"{before}{pid}{part}?format=json", follow=True)
        assert (answer.status_code, len(answer.redirect_chain)) == (200, 1)
        assert answer["Content-Type"] == "application/json"
        assert "/en-x-summary/" in answer.request["PATH_INFO"]


def test_an_id_with_a_text_that_is_gone_leads_to_where_it_stood(reader: Client) -> None:
    held = meeting(published(dialogue()))
    said = statement(held, "We met.")
    other = said.texts.create(language="ru", kind="official")
    Paragraph.objects.create(text=other, number=1, key="p1", words="Мы встретились.")
    published(held, said)
    Paragraph.objects.filter(text=other).delete()
    other.kind = "summary"
    other.save()
    Paragraph.objects.create(text=other, number=1, key="p1", words="Встреча.")
    verbs.publish(said, by=None, note="Ours, not theirs.")
    for part in ("ru", "ru/~p1"):
        answer = reader.get(f"/id/{said.pk}/{part}", follow=True)
        assert answer.redirect_chain == [(f"/{said.pid.path}/{part}/", 303)]
        assert "until edition 1" in answer.content.decode()
    assert reader.get(f"/id/{said.pk}@1/ru~p1")["Location"] == f"/{said.pid.path}@1/ru/~p1/"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/ca-jad", "/ca-jad/"),
        ("/CA-JAD/2022/FM-9/", FM9),
        ("/meetings", "/meetings/"),
        ("/years/2022", "/years/2022/"),
    ],
)
def test_slash_and_case_are_put_right(reader: Client, asked: str, found: str) -> None:
    answer = reader.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, found)


def test_every_parent_of_every_path_is_a_page(reader: Client) -> None:
    parents = set()
    for path in Pid.objects.filter(state="public").values_list("path", flat=True):
        segments = path.split("/")
        parents |= {"/".join(segments[:length]) for length in range(1, len(segments))}
    assert len(parents) > 150
    chance = random.Random(connection.vendor)
    for parent in chance.sample(sorted(parents), 150):
        answer = reader.get(f"/{parent}/", follow=True)
        assert answer.status_code == 200, parent


@pytest.mark.parametrize(
    "pasted",
    [
        "{pid}",
        "https://example.org/id/{pid}",
        "See J. Smith (2023), http://x.org/id/{pid}@1~p2, p. 4",
        "/ca-jad/2022/fm-9",
    ],
)
def test_the_box_finds_what_was_pasted(reader: Client, pasted: str) -> None:
    answer = reader.get("/id/", {"q": pasted.format(pid=fm9().pk)}, follow=False)
    assert answer.status_code == 303
    assert fm9().pk in answer["Location"] or "fm-9" in answer["Location"]


@pytest.mark.parametrize("broken", ["http://[", "//[::1/id", "https://[x]/quad", "http://℀/"])
def test_a_broken_address_is_told(reader: Client, broken: str) -> None:
    """Python refuses to take these apart: a bracket that is not closed, and a letter that stands for a slash."""
    answer = reader.get("/id/", {"q": broken})
    assert answer.status_code == 404
    assert "No id or address was found in that" in answer.content.decode()
    for room, name in (
        ("search", "q"),
        ("shelf", "items"),
        ("shelf", "add"),
        ("compare", "a"),
        ("verify/citations", "text"),
    ):
        assert reader.get(f"/{room}/", {name: broken}).status_code < 500, room
    for asked in (broken, f"{SITE}/{broken}"):
        assert reader.get("/oembed", {"url": asked}).status_code == 404
        assert reader.get("/unapi", {"id": asked}).status_code == 404
        there = reader.get("/search/", {"q": asked})
        assert (reader.get(there["Location"]) if there.status_code == 302 else there).status_code == 200
        raw = asked.encode().decode("latin-1")
        assert reader.get("/", PATH_INFO=f"//{raw}/Search").status_code == 404


def test_every_public_record_answers_in_html_and_json_with_the_same_facts(reader: Client) -> None:
    for edition in Edition.objects.select_related("pid").order_by("?")[:60]:
        path = f"/{edition.pid.path}/"
        page = reader.get(path)
        assert page.status_code == 200, path
        data = reader.get(path, headers={"accept": "application/json"}).json()
        assert data["edition"]["sha256"] == edition.sha256
        assert {key: value for key, value in data.items() if key != "edition"} == edition.data


def test_a_second_commitment_of_a_draft_stays_hidden(reader: Client) -> None:
    held = published(meeting(published(dialogue())))
    commitment(held, "Nobody may read this.")
    for path in (f"/{held.pid.path}/", "/commitments/?format=csv", f"/{held.pid.path}/?format=json"):
        assert "Nobody may read this" not in reader.get(path).getvalue().decode()


def test_endless_addresses_are_not_looked_up(reader: Client) -> None:
    """No path is as long as these: 255 characters are the most."""
    longest, endless = "a/" * 127 + "a", f"{'a/' * 4000}~~"
    asked = {f"/{longest}@123456/en-x-summary/~paragraph-of-twenty-1": 3, f"/{endless}": 0}
    for room in ("/timegate/", "/timemap/", f"/oembed?url={SITE}/"):
        asked |= {f"{room}{longest}@123456/en-x-summary": 2, f"{room}{endless}": 0}
        asked |= {f"{room}topics/{pids.mint()}{'/a' * 3900}": 0, f"{room}{'a' * 256}": 0}
    for url, count in asked.items():
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(url).status_code == 404
        of_paths = [one["sql"] for one in queries if Path._meta.db_table in one["sql"].partition("WHERE")[0]]
        assert len(of_paths) == count, (url[:60], len(of_paths))
