"""Forty research questions: answered by scripts of their own, by addresses of the site, within three clicks."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import jmespath
import pytest
import yaml
from django.conf import settings
from django.test import Client
from jmespath import functions
from lxml import html

from tests.research import answers
from tests.research.archive_in_yaml import names

HERE = Path(__file__).parent
Question = dict[str, Any]

AWAITED: set[str] = set()
"""Needs of questions and queries whose addresses are not in this tree yet; empty once all of them are."""

EVERY: list[Question] = yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))
ANSWERED = [one for one in EVERY if one.get("needs") not in AWAITED]


class Reading(functions.Functions):
    """What `read` may say beyond JMESPath."""

    @functions.signature({"types": ["string"]})
    def _func_year(self, date: str) -> str:
        return date[:4]


def titled(questions: list[Question]) -> Any:
    return pytest.mark.parametrize("question", questions, ids=[one["question"] for one in questions])


def as_set(value: Any) -> Any:
    """Lists without order and repetition, whatever they hold; anything else as it is."""
    return {json.dumps(one, ensure_ascii=False) for one in value} if isinstance(value, list) else value


def named(value: Any) -> Any:
    """The same, with permanent ids and addresses of this site replaced by what the files call their records."""
    if isinstance(value, list):
        return [named(one) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith(settings.SITE_URL):
        path = urlsplit(value).path.strip("/")
        return next((names()[part] for part in path.split("/") if part in names()), path)
    return names().get(value, value)


def asked(reader: Client, question: Question) -> Any:
    """What the address says, in its JSON or CSV, read as the question tells."""
    form = question.get("form", "json")
    response = reader.get(
        question["address"], {**dict(parse_qsl(urlsplit(question["address"]).query)), "format": form}
    )
    assert response.status_code == 200, question["address"]
    body = b"".join(response) if response.streaming else response.content
    data = list(csv.DictReader(io.StringIO(body.decode()))) if form == "csv" else json.loads(body)
    return jmespath.search(question["read"], data, jmespath.Options(custom_functions=Reading()))


def page(reader: Client, address: str) -> Any:
    response = reader.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content)


def links(tree: Any, address: str) -> set[str]:
    return {
        urldefrag(urljoin(f"{settings.SITE_URL}{address}", href)).url.removeprefix(settings.SITE_URL)
        for href in tree.xpath("//a/@href")
    }


def form_leads_to(tree: Any, asked_for: str) -> bool:
    """Whether a form of the page, filled in, asks for this address."""
    path, wanted = urlsplit(asked_for).path, parse_qsl(urlsplit(asked_for).query)
    for form in tree.xpath("//form[not(@method) or @method='get'][not(@action) or @action=$path]", path=path):
        offered = [
            form.xpath(".//select[@name=$name]/option[@value=$value]", name=name, value=value)
            or form.xpath(".//*[self::input or self::textarea][@name=$name]", name=name)
            for name, value in wanted
        ]
        if wanted and all(offered):
            return True
    return False


def test_there_are_forty_questions_each_with_all_that_is_needed_to_judge_it() -> None:
    needed = {"question", "answer", "how", "address", "read", "clicks"}

    assert len(EVERY) == 40
    assert len({one["question"] for one in EVERY}) == 40
    assert [one["question"] for one in EVERY if not needed <= set(one)] == []


@titled(EVERY)
def test_a_script_that_shares_no_code_with_the_site_gives_the_answer(question: Question) -> None:
    worked_out = getattr(answers, question["how"])()

    assert as_set(worked_out) == as_set(question["answer"])


@pytest.mark.django_db
@titled(ANSWERED)
def test_the_address_gives_exactly_the_answer(question: Question, reader: Client) -> None:
    assert as_set(named(asked(reader, question))) == as_set(question["answer"])


@pytest.mark.django_db
@titled(ANSWERED)
def test_three_clicks_lead_to_the_address(question: Question, reader: Client) -> None:
    address, clicks = question["address"], question["clicks"]
    assert clicks[0] == "/"
    for place, following in itertools.pairwise(clicks):
        assert following in links(page(reader, place), place), f"{place} does not link to {following}"
    steps = len(clicks) - 1
    if clicks[-1] != address:
        assert urlsplit(clicks[-1]).path == urlsplit(address).path
        assert form_leads_to(page(reader, clicks[-1]), address), f"no form of {clicks[-1]} leads to {address}"
        steps += 1

    assert steps <= 3
