"""ARKs lead where permanent ids lead, and say what they name."""

from __future__ import annotations

import pytest
from django.test import Client

from dialogues.models import Topic
from registry import verbs
from tests.makers import dialogue

pytestmark = pytest.mark.django_db
PARAGRAPH = "/ca-jad/2022/fm-9/joint-statement@1/en-x-summary/~p2/"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/ark:99999/fwfp1k6g", "/ca-jad/2022/fm-9/"),
        ("/ark:/99999/fwfp1k6g", "/ca-jad/2022/fm-9/"),
        ("/ark:99999/fwfp1k6g@1", "/ca-jad/2022/fm-9@1/"),
        ("/ark:99999/25hxwjjb@1~p2", PARAGRAPH),
        ("/ark:99999/25hx-wjjb@1~p2", PARAGRAPH),
        ("/ark:999-99/2-5-HXWJJB@1~p2", PARAGRAPH),
        ("/ark:99999/fwfp1k6g?format=jsonld", "/ca-jad/2022/fm-9/?format=jsonld"),
    ],
)
def test_it_leads_to_where_the_record_stands(reader: Client, path: str, target: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer["Location"]) == (303, target)
    permanent = path.replace("ark:/", "ark:").replace("/ark:99999/", "/id/").replace("/ark:999-99/", "/id/")
    assert reader.get(permanent)["Location"] == target


@pytest.mark.parametrize(
    "path",
    ["/ark:12345/fwfp1k6g", "/ark:99999/xxxxxxxx", "/ark:99999/", "/ark:99999", "/ark:/99999/fwfp1k6g@0", "/ark:",
     "/ark:99999/fwfp1k6g/~p1/x"],
)  # fmt: skip
def test_others_are_not_found_here(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_the_number_of_the_archive_is_a_setting(reader: Client, settings: object) -> None:
    settings.ARK_NAAN = "12148"  # type: ignore[attr-defined]
    assert reader.get("/ark:12148/fwfp1k6g").status_code == 303
    assert reader.get("/ark:99999/fwfp1k6g").status_code == 404
    assert 'ark:12148/fwfp1k6g>; rel="cite-as"' in reader.get("/ca-jad/2022/fm-9/")["Link"]


@pytest.mark.parametrize("inflection", ["?info", "??"])
def test_it_says_what_it_names(reader: Client, inflection: str) -> None:
    answer = reader.get(f"/ark:99999/fwfp1k6g{inflection}")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines()[:5] == [
        "erc:",
        "who: Central Asia plus Japan",
        "what: 9th Foreign Ministers’ Meeting",
        "when: 20221224",
        "where: http://127.0.0.1:8000/id/fwfp1k6g@1",
    ]


def test_what_was_withdrawn_is_gone_and_a_draft_unknown(reader: Client) -> None:
    visa, draft = Topic.objects.get(slug="visa"), dialogue()
    verbs.withdraw(visa, by=None, reason="legal", note="x")
    for query in ("", "?info"):
        assert reader.get(f"/ark:99999/{visa.pk}{query}").status_code == 410
        assert reader.get(f"/ark:99999/{draft.pk}{query}").status_code == 404


@pytest.mark.parametrize("path", ["/id/fwfp1k6g", "/ark:99999/fwfp1k6g"])
@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/ld+json", "application/json", "application/mods+xml"]
)
def test_what_a_program_accepts_it_gets_at_the_end_of_the_redirect(
    reader: Client, path: str, accept: str
) -> None:
    answer = reader.get(path, headers={"accept": accept}, follow=True)
    assert answer.redirect_chain == [("/ca-jad/2022/fm-9/", 303)]
    assert answer["Content-Type"].partition(";")[0] == accept
    assert "Accept" in answer["Vary"]
