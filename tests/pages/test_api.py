"""The read API: described, open, limited in the open, and as described."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from archive.api.schemas import RECORDS, components, page_schema, row_schema
from archive.formats.rows import LISTS
from registry.models import Edition

pytestmark = pytest.mark.django_db


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": {"schemas": components()}})


@pytest.mark.parametrize("name", RECORDS)
def test_every_record_is_as_its_schema_says(name: str) -> None:
    check = validator(RECORDS[name])
    editions = Edition.objects.filter(pid__kind=name.lower())
    # Validation costs most of a minute over all of them: every 7th, and those with most in them.
    some = [*editions.order_by("pk")[::7], *sorted(editions, key=lambda one: -len(one.content))[:5]]
    assert len(some) > 5
    for edition in some:
        check.validate({**edition.data, "edition": edition.about()})


def test_a_record_with_a_field_more_or_less_is_refused() -> None:
    edition = Edition.objects.filter(pid__kind="topic")[0]
    data = {**edition.data, "edition": edition.about()}
    for wrong in ({**data, "more": 1}, {k: v for k, v in data.items() if k != "slug"}, {**data, "id": "x"}):
        with pytest.raises(jsonschema.ValidationError):
            validator(RECORDS["Topic"]).validate(wrong)


@pytest.mark.parametrize("form", LISTS, ids=lambda form: form.name)
def test_every_row_is_as_its_schema_says(reader: Client, form: Any) -> None:
    check = validator(row_schema(form))
    for line in reader.get(f"/{form.name}/?format=jsonl").getvalue().decode().splitlines()[::5]:
        check.validate(json.loads(line))
    if form.name != "years":
        validator(page_schema(form)).validate(reader.get(f"/{form.name}/?format=json").json())


def test_the_schemas_are_schemas(reader: Client) -> None:
    for schema in components().values():
        Draft202012Validator.check_schema(schema)
    assert reader.get("/api/schema.json").json()["$schema"].endswith("2020-12/schema")


def test_the_description_names_every_filter_with_its_words(reader: Client) -> None:
    paths = reader.get("/api/openapi.json").json()["paths"]
    parameters = {one["name"]: one for one in paths["/meetings/"]["get"]["parameters"]}
    assert list(parameters) == [
        "dialogue", "series", "year", "since", "until", "country", "minister", "topic", "verb", "status",
        "certainty", "support", "place", "sort", "density", "page", "format",
    ]  # fmt: skip
    assert parameters["dialogue"]["description"] == "Dialogue: its code, such as ca-jad"
    assert "quad" in parameters["dialogue"]["schema"]["enum"]
    assert reader.get("/api/", headers={"accept": "application/json"}).json()["openapi"] == "3.1.0"


def test_the_page_gives_examples_that_work(reader: Client) -> None:
    html = reader.get("/api/").content.decode()
    for example in ("curl ", "import requests", "read.csv", "IMPORTDATA"):
        assert example in html
    for address in (
        "/ca-jad/2022/fm-9/?format=json",
        "/commitments/?year=2022&format=csv",
        "/meetings/?country=kz&format=json",
    ):
        assert address.replace("&", "&amp;") in html
        assert reader.get(address).status_code == 200


def test_any_site_may_read_without_credentials(reader: Client) -> None:
    answer = reader.get("/meetings/?format=json", headers={"origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "link" in answer["Access-Control-Expose-Headers"].lower()
    asked = {"origin": "https://example.org", "access-control-request-method": "GET"}
    preflight = reader.options("/meetings/", headers=asked)
    assert preflight.status_code == 200
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_no_other_site_may_read_the_desk(editor: Client) -> None:
    answer = editor.get("/admin/", headers={"origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_public_addresses_are_not_written(reader: Client, method: str) -> None:
    answer = getattr(reader, method)("/meetings/?format=json")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer["Content-Type"] == "application/problem+json"


def test_the_limit_is_said_and_kept(reader: Client, settings: Any) -> None:
    settings.RATE_LIMIT = 2
    first, second, third = (reader.get("/topics/?format=json") for _ in range(3))
    assert first["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert first["RateLimit"].startswith('"minute";r=1;t=')
    assert second["RateLimit"].startswith('"minute";r=0;t=')
    assert third.status_code == 429
    assert third.json()["title"] == "Too many requests"
    assert 1 <= int(third["Retry-After"]) <= 60
    assert reader.get("/topics/?format=json", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_behind_a_trusted_proxy_readers_are_told_apart(reader: Client, settings: Any) -> None:
    settings.RATE_LIMIT = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for address in ("192.0.2.1", "192.0.2.2"):
        forwarded = {"x-forwarded-for": f"10.0.0.1, {address}"}
        assert reader.get("/topics/", headers=forwarded).status_code == 200
        assert reader.get("/topics/", headers=forwarded).status_code == 429


def test_problems_are_rfc_9457(reader: Client) -> None:
    problem = reader.get("/meetings/?year=0&format=json").json()
    assert (problem["type"], problem["status"]) == ("about:blank", 400)
    assert problem["errors"][0]["field"] == "year"
    for address, status in (("/nothing/?format=json", 404), ("/meetings/?page=99&format=json", 404)):
        answer = reader.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_the_release_answers_as_described(reader: Client, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    call_command("make_release", verbosity=0)
    paths = reader.get("/api/openapi.json").json()["paths"]
    for address, path in (
        ("/data/", "/data/"),
        ("/data/releases/1/", "/data/releases/{number}/"),
        ("/data/codebook/", "/data/codebook/"),
    ):
        schema = paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator(schema).validate(reader.get(f"{address}?format=json").json())


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ('application/ld+json;profile="https://w3id.org/ro/crate, x; q=0"', "application/ld+json"),
        ("application/ld+json; profile=compacted; q=0.9, text/html;q=0.8", "application/ld+json"),
        ("APPLICATION/LD+JSON", "application/ld+json"),
        ("text/html;q=0, */*;q=0.1", "application/json"),
        ("text/html;q=0, application/json;q=0.0, */*;q=0.1", "application/x-bibtex"),
        ("*/*;q=0.1, text/*;q=0, application/json;q=0", "application/x-bibtex"),
        ("application/json;q=0.5, text/turtle;q=0.7, text/html;q=0.6", "text/turtle"),
        ("text/html;level=1;q=1, text/html;q=0.3, application/json;q=0.5", "application/json"),
        ("text/html;charset=utf-8, application/json;q=0.9", "text/html"),
        ("*/*, application/json", "application/json"),
        ("application/json, text/html", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "text/html"),
        ("text/*", "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("image/png", "text/html"),
        ("text/html;q=0", "text/html"),
        ("application/json;q=2, text/html", "application/json"),
        ("application/json;q=much, text/html;q=0.9", "application/json"),
        (',;;q=,"', "text/html"),
    ],
)
def test_the_form_is_that_which_the_accept_header_prefers(reader: Client, asked: str, given: str) -> None:
    answer = reader.get("/ca-jad/2022/fm-9/", headers={"accept": asked})
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, given)


def test_lists_problems_and_deeds_keep_to_the_accept_header(reader: Client) -> None:
    refuses = {"accept": "text/html;q=0, */*;q=0.1"}
    assert reader.get("/meetings/", headers=refuses)["Content-Type"].startswith("application/json")
    assert reader.get("/nothing/", headers=refuses)["Content-Type"] == "application/problem+json"
    data = json.dumps({"text": "Japan."})
    for header, kind in (("text/html", "text/html"), ("text/html;q=0, */*", "application/json")):
        answer = reader.post("/verify/", data, content_type="application/json", headers={"accept": header})
        assert answer["Content-Type"].partition(";")[0] == kind, header
