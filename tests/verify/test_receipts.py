"""Receipts stay as they were; a SHA-256 tells which file of the archive a file is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from archive.models import Receipt, ReleaseFile
from meetings.models import Meeting, Statement
from registry import verbs
from registry.models import Capture, Edition, Source

pytestmark = pytest.mark.django_db
Planted = dict[str, Statement]
SITE = "http://127.0.0.1:8000"
WORDS = "They agreed to lower tariffs on 1,250 kinds of agricultural goods by 2030"


def kept(reader: Client, text: str) -> dict[str, Any]:
    body = json.dumps({"text": text, "keep": True})
    answer = reader.post("/verify/", body, content_type="application/json")
    assert answer.status_code == 201
    data: dict[str, Any] = answer.json()
    assert answer["Location"] == data["url"]
    return data


def test_a_receipt_has_a_permanent_address_and_says_the_state_of_the_archive(
    reader: Client, planted: Planted
) -> None:
    receipt = kept(reader, WORDS)
    assert receipt["sha256"] == hashlib.sha256(WORDS.encode()).hexdigest()
    assert (receipt["length"], receipt["text"]) == (len(WORDS), WORDS)
    assert receipt["passages"][0]["verdict"] == "exact"
    address = receipt["url"].removeprefix(SITE)
    assert reader.get(f"{address}?format=json").json() == receipt
    html = reader.get(address).content.decode()
    assert "Verified on" in html
    assert WORDS in html
    assert 'content="noindex"' in html


def test_a_receipt_says_the_same_after_the_record_changed(reader: Client, planted: Planted) -> None:
    receipt = kept(reader, WORDS)
    planted["harbour"].texts.get().paragraphs.filter(key="p2").update(words="They agreed on nothing at all.")
    verbs.publish(planted["harbour"], by=None, note="A correction.")
    assert reader.get(f"{receipt['url'].removeprefix(SITE)}?format=json").json() == receipt
    again = kept(reader, WORDS)
    assert again["id"] != receipt["id"]
    assert again["passages"][0]["places"][0]["stands"] is False


def test_a_receipt_quotes_no_record_that_was_withdrawn_since(reader: Client, planted: Planted) -> None:
    receipt = kept(reader, WORDS.rsplit(" ", 1)[0] + " elsewhere.")
    assert receipt["passages"][0]["difference"]
    verbs.withdraw(planted["harbour"], by=None, reason="legal", note="An order.")
    address = receipt["url"].removeprefix(SITE)
    again = reader.get(f"{address}?format=json").json()
    assert again["passages"][0]["difference"] == []
    assert {**again, "passages": []} == {**receipt, "passages": []}


def test_the_same_text_at_the_same_state_has_one_receipt(reader: Client, planted: Planted) -> None:
    first = kept(reader, WORDS)
    answer = reader.post("/verify/", {"text": WORDS, "keep": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"/verify/receipts/{first['id']}/")
    assert Receipt.objects.count() == 1


def test_a_long_text_is_not_kept_its_passages_are(reader: Client, planted: Planted) -> None:
    long = "an invented passage that goes on and on and on, " * 20
    receipt = kept(reader, f"A secret remark. “{WORDS}” and “{long}” " + "Nothing else. " * 50)
    assert receipt["text"] is None
    assert "secret remark" not in json.dumps(receipt)
    cut = receipt["passages"][1]
    assert len(cut["passage"]) == 501
    assert cut["sha256"] == hashlib.sha256(long.strip().encode()).hexdigest()


def test_a_receipt_is_never_changed_or_deleted(reader: Client, planted: Planted) -> None:
    kept(reader, WORDS)
    for act in (lambda: Receipt.objects.update(length=1), lambda: Receipt.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_receipts_an_hour_are_limited(
    reader: Client, planted: Planted, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMIT = 1000
    monkeypatch.setattr("archive.limits.time.time", lambda: 500_000 * 3600 + 600)
    told = [
        reader.post("/verify/", {"text": f"the passage with the number {number}", "keep": "1"}).status_code
        for number in range(61)
    ]
    assert told == [303] * 60 + [429]
    assert reader.post("/verify/", {"text": WORDS}).status_code == 200


def test_an_unknown_receipt_is_said_to_be_none(reader: Client) -> None:
    assert reader.get("/verify/receipts/nothing/").status_code == 404


def identified(reader: Client, sha256: str) -> list[dict[str, Any]]:
    answer = reader.get(f"/verify/{sha256}/?format=json")
    assert answer.status_code == 200
    assert reader.get(f"/verify/{sha256}/").status_code == 200
    return list(answer.json()["results"])


def test_an_edition_is_known_by_the_hash_of_its_json(reader: Client, planted: Planted) -> None:
    """Computed as /verify/ tells readers to."""
    data = reader.get("/harbour/2021/fm-1/joint-statement@1/?format=json").json()
    del data["edition"]
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (found,) = identified(reader, hashlib.sha256(text.encode()).hexdigest())
    assert found == {
        "what": "edition",
        "id": planted["harbour"].pk,
        "kind": "statement",
        "title": "Joint Statement on the Harbour Dialogue",
        "state": "public",
        "text": None,
        "edition": 1,
        "current_edition": 1,
        "is_current": True,
        "survivor": None,
        "url": f"{SITE}/harbour/2021/fm-1/joint-statement@1/",
        "issuer_state": "in_force",
        "issuer_state_note": "",
        "issuer_state_since": None,
        "rests_on": None,
    }


def test_an_edition_is_known_by_the_file_that_is_sent(reader: Client, planted: Planted) -> None:
    """And still is once another is current."""
    current, pinned = "/harbour/2021/fm-1/joint-statement/", "/harbour/2021/fm-1/joint-statement@1/"
    first = reader.get(current, {"format": "json"}).content
    planted["harbour"].texts.get().paragraphs.filter(key="p2").update(words="They agreed on nothing at all.")
    verbs.publish(planted["harbour"], by=None, note="A correction.")
    second = reader.get(current, {"format": "json"}).content
    assert reader.get(pinned, {"format": "json"}).content == first != second
    for number, file in enumerate((first, second), 1):
        (found,) = identified(reader, hashlib.sha256(file).hexdigest())
        assert (found["what"], found["id"]) == ("edition", planted["harbour"].pk)
        assert (found["edition"], found["is_current"]) == (number, number == 2)


def test_every_kind_of_record_is_known(reader: Client) -> None:
    for kind in ("dialogue", "country", "minister", "topic", "meeting", "statement", "commitment"):
        edition = Edition.objects.filter(pid__kind=kind).first()
        assert edition is not None
        assert edition.pid_id in [one["id"] for one in identified(reader, edition.sha256)]


@pytest.mark.parametrize("ending", ["", "\n"])
def test_a_text_is_known_by_the_hash_of_its_paragraphs(reader: Client, planted: Planted, ending: str) -> None:
    paragraphs = planted["gavan"].texts.get().paragraphs.all()
    text = "\n\n".join(one.words for one in paragraphs) + ending
    (found,) = identified(reader, hashlib.sha256(text.encode()).hexdigest())
    assert (found["what"], found["text"], found["edition"]) == ("text", "ru", 1)


def test_a_withdrawn_edition_leads_to_its_tombstone(reader: Client, planted: Planted) -> None:
    edition = Edition.objects.get(pid=planted["harbour"].pk)
    verbs.withdraw(planted["harbour"], by=None, reason="legal", note="A court asked for it.")
    (found,) = identified(reader, edition.sha256)
    assert (found["state"], found["url"]) == ("withdrawn", f"{SITE}/id/{planted['harbour'].pk}")


def test_a_file_of_a_release_is_known(reader: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    call_command("make_release", verbosity=0)
    file = ReleaseFile.objects.get(name="records.jsonl")
    (found,) = identified(reader, file.sha256)
    assert (found["what"], found["release"], found["name"]) == ("release_file", 1, "records.jsonl")


def test_a_capture_is_known_where_the_public_record_cites_its_source(
    reader: Client, planted: Planted, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    source = Source.objects.create(
        key="a-source", publisher="Ministry", title="Page", kind="official", language="en"
    )
    digest = hashlib.sha256(b"<p>Hello</p>").hexdigest()
    Capture.objects.create(
        source=source,
        sha256=digest,
        media_type="text/html",
        size=12,
        file=ContentFile(b"<p>Hello</p>", "a.html"),
        fetched_at=timezone.now(),
    )
    assert reader.get(f"/verify/{digest}/").status_code == 404
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    held.sources.add(source)
    verbs.publish(held, by=None, note="A source was found.")
    (found,) = identified(reader, digest)
    assert (found["what"], found["source"]["key"], found["size"]) == ("capture", "a-source", 12)


def test_a_hash_may_be_typed_in(reader: Client) -> None:
    digest = Edition.objects.order_by("pk")[0].sha256
    answer = reader.get("/verify/", {"sha256": f" {digest.upper()} "})
    assert (answer.status_code, answer["Location"]) == (303, f"/verify/{digest}/")
    assert reader.get(f"/verify/{digest.upper()}/")["Location"] == f"/verify/{digest}/"
    assert reader.get(f"/verify/{digest}")["Location"] == f"/verify/{digest}/"
    assert reader.get("/verify/?sha256=abc").status_code == 400


def test_an_unknown_file_is_said_to_be_none_of_ours(reader: Client) -> None:
    answer = reader.get(f"/verify/{'0' * 64}/")
    assert answer.status_code == 404
    assert "No edition, text, capture or file of a release" in answer.content.decode()
    assert reader.get("/verify/abc/").status_code == 404
