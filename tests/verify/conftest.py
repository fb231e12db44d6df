"""The index of the starting data, built once; and the planted statements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from meetings.models import Statement
from tests.makers import dialogue, meeting, published, statement

PLANTED = yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        call_command("index_words", verbosity=0)


@pytest.fixture
def planted(db: Any) -> dict[str, Statement]:
    """The three statements of the planted set, public."""
    framework = dialogue("harbour", "Harbour Dialogue")
    held = meeting(framework)
    made = {
        name: statement(held, *one["paragraphs"], title=one["title"], language=one["language"])
        for name, one in PLANTED["statements"].items()
    }
    published(framework, held, *made.values())
    return made
