"""Asking the citation doctor."""

from __future__ import annotations

from typing import Any

from django.test import Client

from meetings.models import Statement
from registry import verbs

SITE = "http://127.0.0.1:8000"


def examined(reader: Client, text: str) -> dict[str, Any]:
    answer = reader.post("/verify/citations/?format=json", {"text": text})
    assert answer.status_code == 200
    return dict(answer.json())


def opinion(reader: Client, text: str) -> dict[str, Any]:
    (found,) = examined(reader, text)["references"]
    return dict(found)


def corrected(text: Statement) -> Statement:
    """A second edition: p2 says another year, p7 is gone."""
    text.texts.get().paragraphs.filter(key="p2").update(words="They agreed to lower tariffs by 2040.")
    text.texts.get().paragraphs.filter(key="p7").delete()
    verbs.publish(text, by=None, note="The issuer corrected it.")
    return text


def reissued(text: Statement) -> Statement:
    """A second edition in which the words, the title, the date and the place are those of the first."""
    text.act = "issued"
    text.save()
    verbs.publish(text, by=None, note="How it came about.")
    return text
