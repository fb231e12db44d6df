"""Logging in: so many tries a quarter of an hour, for an address and for a name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.models import Editor

pytestmark = pytest.mark.django_db


def tried(name: str, password: str, address: str) -> Any:
    data = {"username": name, "password": password, "next": "/admin/"}
    return Client(REMOTE_ADDR=address).post("/admin/login/", data)


@pytest.fixture
def ada() -> Editor:
    return Editor.objects.create_superuser("ada-2", password="right and long enough")


def test_a_name_is_tried_ten_times_from_wherever(ada: Editor) -> None:
    for number in range(10):
        assert tried("ada-2", "wrong", f"192.0.2.{number}").status_code == 200
    refused = tried("ADA-2 ", "right and long enough", "192.0.2.99")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert "Wait 15 minutes" in refused.content.decode()
    assert tried("another", "wrong", "192.0.2.1").status_code == 200


def test_an_address_tries_thirty_times_with_whatever_name(ada: Editor) -> None:
    for number in range(30):
        assert tried(f"name-{number}", "wrong", "192.0.2.1").status_code == 200
    assert tried("ada-2", "right and long enough", "192.0.2.1").status_code == 429
    assert tried("ada-2", "right and long enough", "192.0.2.2").status_code == 302


def test_who_gets_in_begins_anew(ada: Editor) -> None:
    for _round in range(2):
        for _try in range(9):
            assert tried("ada-2", "wrong", "192.0.2.1").status_code == 200
        assert tried("ada-2", "right and long enough", "192.0.2.1").status_code == 302
