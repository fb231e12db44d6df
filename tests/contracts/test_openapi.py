"""schemathesis reads the description and asks what it allows and what it forbids: every answer is as described."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

PATHS = [
    "/", "/meetings/", "/statements/", "/commitments/", "/dialogues/", "/ministers/", "/countries/", "/topics/",
    "/years/", "/years/{year}/", "/{dialogue}/", "/{dialogue}/{year}/{meeting}/",
    "/{dialogue}/{year}/{meeting}/{statement}/", "/{dialogue}/{year}/{meeting}/history/", "/commitments/{id}/{slug}/",
    "/commitments/{id}/{slug}/chain/",
    "/ministers/{id}/{slug}/", "/countries/{code}/", "/topics/{slug}/", "/id/{id}", "/data/",
    "/data/releases/{number}/", "/data/codebook/", "/api/openapi.json", "/ark:{naan}/{id}", "/unapi",
    "/card/{id}@{edition}.png",
    "/changes/", "/timemap/{dialogue}/{year}/{meeting}/",
    "/compare/", "/verify/", "/verify/citations/",
    "/topics/{slug}/language/", "/lexicon/", "/phrases/",
    "/verify/receipts/{id}/", "/verify/{sha256}/",
    "/promises/", "/embed/{id}/", "/oembed", "/search/",
    "/pictures/", "/pictures/wall/", "/pictures/series/", "/pictures/series/{dialogue}/{series}/", "/pictures/topics/",
    "/pictures/hosts/", "/pictures/meets/", "/pictures/meets/{code}/", "/pictures/meets/{code}/{other}/",
    "/shelf/", "/shelf/{id}/", "/on-this-day/", "/on-this-day/{day}/",
    "/{dialogue}/attendance/", "/{dialogue}/{track}/attendance/", "/countries/{code}/attendance/",
    "/ministers/{id}/{slug}/attendance/", "/offices/",
]  # fmt: skip


@pytest.fixture(scope="session")
def description(served_archive: str) -> schemathesis.openapi.OpenApiSchema:
    return schemathesis.openapi.from_url(f"{served_archive}/api/openapi.json")


def test_every_address_described_is_asked(description: schemathesis.openapi.OpenApiSchema) -> None:
    assert set(description.raw_schema["paths"]) == set(PATHS)


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"]
)
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_as_described(
    description: schemathesis.openapi.OpenApiSchema, path: str, mode: GenerationMode
) -> None:
    operation = description[path]["GET"]
    if mode == GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
        return

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate()

    ask()
