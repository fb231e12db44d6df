"""The page of a country: where it was, and who stood for it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def represented_by(reader: Client, country: str, meeting: str) -> str:
    """The words of the cell that says who came to a meeting."""
    body = reader.get(f"/countries/{country}/").content.decode()
    row = re.search(rf'href="/{meeting}/".*?</td><td>(.*?)</td></tr>', body, re.DOTALL)
    assert row
    return " ".join(re.sub(r"<[^>]+>", " ", row[1]).split())


def test_who_stayed_away_is_not_shown_as_having_come(reader: Client) -> None:
    assert represented_by(reader, "tm", "c5-plus-1/2016/fm-12") == "MEREDOV Rashid ✕ named as not attending"


def test_who_was_only_expected_is_called_expected(reader: Client) -> None:
    assert represented_by(reader, "jp", "ca-jad/2024/summit-08-09") == (
        "★ head of state or government: KISHIDA Fumio expected"
    )


def test_who_came_in_place_of_a_minister_is_said(reader: Client) -> None:
    assert represented_by(reader, "tm", "ca-jad/2010/fm-3") == (
        "▲ ambassador: PIRMUHAMEDOV Soltan in place of the foreign minister"
    )
