"""schemathesis reads the description and asks what it allows and what it forbids: every answer is as described."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

api = schemathesis.pytest.from_fixture("description")


@pytest.fixture(scope="session")
def description(served_archive: str) -> schemathesis.openapi.OpenApiSchema:
    return schemathesis.openapi.from_url(f"{served_archive}/api/openapi.json")


@api.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()
