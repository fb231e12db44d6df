"""Pages beneath a dialogue: its years and what has no date lead to statements that belong to no meeting."""

from __future__ import annotations

import pytest
from django.test import Client

from dialogues.models import Dialogue
from meetings.models import Statement
from tests.makers import published

pytestmark = pytest.mark.django_db


def test_a_year_leads_to_its_statements_of_no_meeting(reader: Client) -> None:
    assert 'href="/quad/2024/statements/"' in reader.get("/quad/2024/").content.decode()
    assert 'href="/quad/2023/statements/"' not in reader.get("/quad/2023/").content.decode()


def test_undated_meetings_lead_to_undated_statements_of_no_meeting_once_they_are_public(
    reader: Client,
) -> None:
    link = 'href="/ca-jad/undated/statements/"'
    letter = Statement.objects.draft(
        dialogue=Dialogue.objects.get(code="ca-jad"),
        kind="joint_statement",
        title_printed="A letter without a date",
        slug="letter",
    )
    assert link not in reader.get("/ca-jad/undated/").content.decode()

    published(letter)

    assert link in reader.get("/ca-jad/undated/").content.decode()
    assert "A letter without a date" in reader.get("/ca-jad/undated/statements/").content.decode()
