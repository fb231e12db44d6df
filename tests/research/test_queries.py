"""Sixty judged queries: the right item comes first in at least fifty-four."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.test import Client

from tests.research.archive_in_yaml import names
from tests.research.test_questions import AWAITED

Query = dict[str, Any]

EVERY: list[Query] = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))
KINDS = {"english": 20, "japanese": 10, "russian": 8, "names": 6, "misspelt": 8, "citation": 8}
AT_LEAST = 54


def pids() -> dict[str, set[str]]:
    """The permanent ids behind each name of the files."""
    found: dict[str, set[str]] = defaultdict(set)
    for pid, name in names().items():
        found[name].add(pid)
    return found


def first_of(answer: dict[str, Any]) -> dict[str, Any] | None:
    """The first direct hit, or where there is none the first result."""
    hits = [*answer["direct"], *answer["results"]]
    return hits[0] if hits else None


def is_right(item: dict[str, Any] | None, query: Query) -> bool:
    if item is None:
        return False
    known, pid = pids(), item["id"].split("@")[0]
    if any(pid in known[name] for name in query["first"]):
        return True
    path = urlsplit(item["url"]).path.replace("@", "/")
    return bool(query.get("part_of")) and any(path.startswith(f"/{name}/") for name in query["first"])


def test_there_are_sixty_queries_of_six_kinds_each_with_a_right_first_item_that_is_held() -> None:
    known = pids()

    assert Counter(one["kind"] for one in EVERY) == KINDS
    assert len({one["query"] for one in EVERY}) == 60
    assert [name for one in EVERY for name in one["first"] if name not in known] == []
    assert [one["query"] for one in EVERY if not one["why"]] == []


if "search" not in AWAITED:

    @pytest.mark.django_db
    def test_the_right_item_comes_first_in_at_least_fifty_four(reader: Client) -> None:
        wrong = []
        for query in EVERY:
            response = reader.get("/search/", {"q": query["query"], "format": "json"})
            item = first_of(response.json()) if response.status_code == 200 else None
            if not is_right(item, query):
                came = (
                    f"{item['type']} {item['id']} {item['url']}"
                    if item
                    else f"nothing ({response.status_code})"
                )
                wrong.append(f"{query['query']}: {came}, not {' or '.join(query['first'])}")

        assert len(EVERY) - len(wrong) >= AT_LEAST, "\n".join(wrong)
