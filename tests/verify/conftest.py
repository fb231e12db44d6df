"""The planted statements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from meetings.models import Statement
from tests.makers import dialogue, meeting, published, statement

PLANTED = yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text(encoding="utf-8"))


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
