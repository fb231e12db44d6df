"""Pictures as tests read them: their data, their page, their drawing, and how many a link leads to."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import etree, html

SITE = "http://127.0.0.1:8000"
SVG = "{http://www.w3.org/2000/svg}"


def in_form(path: str, form: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}format={form}"


def data(reader: Client, path: str) -> dict[str, Any]:
    answer = reader.get(in_form(path, "json"))
    assert answer.status_code == 200, path
    found: dict[str, Any] = answer.json()
    return found


def page(reader: Client, path: str) -> Any:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content.decode())


def drawing(reader: Client, path: str) -> Any:
    answer = reader.get(in_form(path, "svg"))
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def counted(reader: Client, url: str) -> int:
    found: int = data(reader, url.removeprefix(SITE))["count"]
    return found
