"""D1: malformed requests over every route, filter, field and header never answer 500."""

from __future__ import annotations

import os
import random
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from archive.filters import CommitmentFilter, MeetingFilter
from archive.middleware import BodyMiddleware
from meetings.models import Meeting

pytestmark = pytest.mark.django_db

SEED = f"20221224 {connection.vendor}"
"""Another on each database."""
ASKED = int(os.environ.get("DIALOGUES_MALFORMED", "500"))
"""Requests that are made of the public pages, and more than half as many of the admin; 1,200 at full size."""
VALUES = [
    "0", "-1", "99999", "10000", "1e999", "NaN", "٢٠٢٢", "２０２２", "२०२२", str(2**63), str(-(2**70)), "9" * 400,
    "%00", "a%00b", "%ED%A0%80", "%FF%FE", "%C0%80", "\u202e", "'", '"', "<script>alert(1)</script>", "../../etc/passwd",
    "%2e%2e%2f", "{}", "[]", "null", "None", "true", "", " ", "+", "%", "%zz", ";", "--", "/*", "\\", "ca-jad/fm", "http://[", "//[::1/", "a" * 100_000,
]  # fmt: skip
PREFIXES = [
    "/", "/id/", "/embed/", "/oembed?url=", "/oembed?url=http://127.0.0.1:8000/", "/oembed?maxwidth=", "/ark:99999/", "/ark:", "/unapi?id=", "/unapi?format=", "/card/", "/card/{pid}@", "/card/{pid}@1~", "/years/", "/ca-jad/", "/ca-jad/2022/", "/ca-jad/2022/fm-9@", "/ca-jad/2022/fm-9/",
    "/ca-jad/2022/fm-9/joint-statement/", "/ca-jad/2022/fm-9/joint-statement@1/en-x-summary/~", "/ministers/",
    "/commitments/", "/commitments/{pid}/chain/?format=", "/countries/", "/topics/", "/timegate/", "/timemap/", "/timemap/id/", "/sitemap-", "/preview/", "/static/", "/admin/", "/admin/meetings/meeting/",
    "/admin/meetings/meeting/{pid}/do/", "/admin/dialogues/country/", "/admin/registry/pid/", "/admin/r/1/", "/verify/", "/verify/receipts/", "/compare/", "/pictures/", "/pictures/meets/", "/pictures/meets/jp/", "/pictures/series/", "/pictures/series/ca-jad/", "/search/?q=", "/search/?country=", "/search/?year=", "/search/?page=", "/on-this-day/", "/shelf/", "/shelf/?add=", "/shelf/?items=", "/shelf/?items={pid}@", "/shelf/?items={pid}&title=",
    "/topics/energy/language/", "/lexicon/", "/phrases/", "/ca-jad/attendance/", "/countries/kz/attendance", "/ca-jad/fm/attendance", "/offices/?on=",
]  # fmt: skip
LISTS = [
    "/",
    "/meetings/",
    "/commitments/",
    "/ministers/",
    "/topics/",
    "/years/2022/",
    "/ca-jad/2022/fm-9/",
    "/id/",
    "/ca-jad/fm/",
    "/ca-jad/fm/attendance/",
    "/countries/kz/attendance/",
    "/offices/",
    "/verify/",
    "/verify/citations/",
    "/compare/",
    "/pictures/wall/",
    "/pictures/hosts/",
    "/shelf/",
    "/topics/energy/language/",
    "/lexicon/",
    "/phrases/",
]
HARVESTED = {
    "/oai?verb=ListRecords&": ["metadataPrefix", "metadataPrefix=oai_dc&from", "metadataPrefix=oai_dc&until",
                               "metadataPrefix=oai_dc&set", "resumptionToken", "resumptionToken=oai_dc,,,,1,1,1&set"],
    "/oai?verb=GetRecord&metadataPrefix=oai_dc&": ["identifier", "identifier=oai:127.0.0.1:"],
    "/changes/?": ["after", "before", "limit", "format"],
    "/meetings/?format=atom&": ["before", "year"],
    "/ca-jad/2022/fm-9/?": ["at", "format=atom&before", "at=2024-05-01&at"],
}  # fmt: skip
CHANGELISTS = [
    "/admin/meetings/meeting/", "/admin/meetings/commitment/", "/admin/meetings/statement/", "/admin/dialogues/minister/",
    "/admin/archive/batch/", "/admin/registry/pid/", "/admin/registry/source/", "/admin/registry/editor/", "/admin/meetings/delegation/",
]  # fmt: skip
ADMIN_KEYS = [
    "q", "p", "o", "all", "e", "_facets", "pid__state__exact", "status__exact", "track__dialogue__pid__exact",
    "track__dialogue__id__exact", "start__year", "certainty__exact", "id__exact", "pid__in", "created_at__gte", "nothing",
    "_changelist_filters", "_popup", "_to_field",
]  # fmt: skip
HEADERS = [
    "accept",
    "accept-datetime",
    "accept-language",
    "if-none-match",
    "if-modified-since",
    "host",
    "x-forwarded-proto",
    "cookie",
    "content-type",
    "range",
]


def encoded(value: str, source: random.Random) -> str:
    """As it is where it holds percent signs, else quoted, or sometimes raw."""
    return value if "%" in value or source.random() < 0.2 else quote(value, safe="")


def filter_names() -> list[str]:
    return sorted(
        {*MeetingFilter.base_filters, *CommitmentFilter.base_filters, "page", "format", "sort", "density"}
    )


def answer(client: Client, path: str, **headers: str) -> int:
    client.raise_request_exception = False
    response = client.get(
        "/",
        QUERY_STRING=path.partition("?")[2].encode().decode("latin-1"),
        PATH_INFO=raw_path(path),
        headers=headers,
    )
    assert len(getattr(response, "content", b"")) < 1_000_000, path[:200]
    return int(response.status_code)


def raw_path(path: str) -> str:
    """The path as a server hands it over (PEP 3333): percent-decoded bytes in Latin-1."""
    return unquote_to_bytes(path.partition("?")[0].encode()).decode("latin-1")


def requests(source: random.Random) -> list[str]:
    pid = Meeting.objects.get(pid__path="ca-jad/2022/fm-9").pk
    found = [
        prefix.format(pid=pid) + encoded(value, source) + end
        for prefix in PREFIXES
        for value in VALUES
        for end in ("", "/")
    ]
    found += [
        f"{path}?{name}={encoded(value, source)}"
        for path in LISTS[:3]
        for name in filter_names()
        for value in VALUES
    ]
    found += [
        f"{path}{name}={encoded(value, source)}"
        for path, names in HARVESTED.items()
        for name in names
        for value in VALUES
    ]
    found += [
        f"{path}?{source.choice(filter_names())}={encoded(value, source)}"
        for path in LISTS
        for value in VALUES
    ]
    found += [
        f"{query}={encoded(value, source)}"
        for query in (
            "/id/?q",
            "/pictures/topics/?dialogue",
            "/pictures/hosts/?dialogue",
            "/pictures/meets/?least",
            "/meetings/?place",
            "/offices/?on",
            "/offices/?q",
            "/offices/?country",
            "/ca-jad/fm/attendance/?rank",
            "/ca-jad/attendance/?sort",
            "/countries/kz/attendance/?dialogue",
            "/verify/?text",
            "/verify/?sha256",
            "/verify/citations/?text",
            "/compare/?a=ca-jad&b",
            "/compare/?a=ca-jad&b=quad&show",
            "/phrases/?q",
            "/phrases/?q=law&q",
            "/phrases/?q=law&year",
            "/phrases/?q=law&page",
            "/topics/energy/language/?dialogue",
            "/topics/energy/language/?country",
        )
        for value in VALUES
    ]
    return found


def test_public_routes_and_filters_never_answer_500(reader: Client) -> None:
    source = random.Random(SEED)
    asked = source.sample(requests(source), ASKED)
    failed = [path[:200] for path in asked if answer(reader, path) >= 500]
    assert failed == []


def test_admin_routes_and_filters_never_answer_500(editor: Client) -> None:
    source = random.Random(f"{SEED} admin")
    asked = [
        f"{path}?{key}={encoded(value, source)}"
        for path in CHANGELISTS
        for key in ADMIN_KEYS
        for value in VALUES
    ]
    asked += [
        f"{path}{encoded(value, source)}/{end}/"
        for path in CHANGELISTS
        for value in VALUES
        for end in ("change", "delete", "history")
    ]
    asked += [
        f"/admin/autocomplete/?app_label=meetings&model_name={model}&field_name={field}&term={encoded(value, source)}&page={encoded(source.choice(VALUES), source)}"
        for model, field in (("delegate", "minister"), ("meeting", "track"), ("commitment", "actors"))
        for value in VALUES
    ]
    failed = [path[:200] for path in source.sample(asked, ASKED * 2 // 3) if answer(editor, path) >= 500]
    assert failed == []


def test_headers_never_answer_500(reader: Client) -> None:
    values = [value for value in VALUES if "\n" not in value and len(value) < 5000]
    failed = [
        (name, value[:60])
        for name in HEADERS
        for value in values
        if answer(reader, "/ca-jad/2022/fm-9/", **{name: value}) >= 500
    ]
    assert failed == []


def test_forms_with_nul_are_refused_not_stored(editor: Client) -> None:
    posted = editor.post("/admin/dialogues/topic/add/", {"slug": "a", "name": "b\x00c"})
    assert posted.status_code == 400
    assert "NUL" in posted.content.decode()


def test_what_is_posted_is_read_only_where_posting_is_allowed(reader: Client, settings: Any) -> None:
    nul: dict[str, Any] = {"data": "text=a%00b", "content_type": "application/x-www-form-urlencoded"}
    assert reader.post("/meetings/", **nul).status_code == 405
    assert reader.post("/verify/", **nul).status_code == 400
    settings.RATE_LIMIT = 1
    assert reader.post("/verify/", {"text": "the words of the ministers"}).status_code == 200
    assert reader.post("/verify/", **nul).status_code == 429


def test_readers_send_so_much_at_most_and_no_files(reader: Client) -> None:
    form = "application/x-www-form-urlencoded"
    endless = reader.post("/verify/", "text=" + "a" * 4 * 1024**2, content_type=form)
    assert (endless.status_code, "4 megabytes at most" in endless.content.decode()) == (413, True)
    file = SimpleUploadedFile("article.txt", b"The ministers met.")
    request = RequestFactory().post("/verify/", {"text": "the words of the ministers", "file": file})
    BodyMiddleware(lambda _request: HttpResponse())(request)
    assert (request.POST["text"], len(request.FILES)) == ("the words of the ministers", 0)


def test_every_route_is_known_here() -> None:
    """A new room must be added to the requests above."""
    rooms = {str(pattern.pattern).split("/")[0] for pattern in get_resolver().url_patterns}
    assert rooms == {
        "", "about", "api", "data", "styleguide", "dialogues", "meetings", "statements", "commitments", "ministers", "countries",
        "topics", "years", "offices", "id", "^ark:", "unapi", "card", "oai", "changes", "timegate", "timemap", "robots.txt", "sitemap.xml", "sitemap-pages.xml",
        "sitemap-<int:number>.xml", "promises", "pictures", "search", "shelf", "on-this-day", "lexicon", "phrases", "embed", "oembed", "admin", "preview", "compare", "verify", "^verify", "^(?P<text>.+)$",
    }  # fmt: skip
