"""The answer to each question of questions.yaml, worked out from fixtures/ by scripts that share no code with the site.

A function a question, named as the question’s `how`. Records are named as in the files: a code, slug, path or key.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.research.archive_in_yaml import (
    delegates,
    dialogues,
    meeting,
    meetings,
    outcome,
    outcomes,
    standing,
    statement,
    statements,
)

MINISTERS_OF_CA_JAD = ("ca-jad", "fm")


# who came


def in_place_of_turkmenistan() -> list[list[str]]:
    came = delegates(meeting("ca-jad/2010/fm-3"), "tm")
    return [[one["name_printed"], one["title_printed"]] for _delegation, one in came if "in_place_of" in one]


def without_turkmenistans_minister() -> list[str]:
    return [
        held["path"]
        for held in meetings(*MINISTERS_OF_CA_JAD)
        if not any(one["rank"] == "minister" for _delegation, one in delegates(held, "tm"))
    ]


def guests_of_ca_jad() -> list[str]:
    members = {one["country"] for one in dialogues()["ca-jad"]["dialogue"]["memberships"]}
    there = {one["country"] for held in meetings(*MINISTERS_OF_CA_JAD) for one in held["delegations"]}
    return sorted(there - members)


def chairs_of_ca_jad() -> list[str]:
    came = (one for held in meetings(*MINISTERS_OF_CA_JAD) for _delegation, one in delegates(held))
    return [one["minister"] for one in came if one.get("presiding") == "chair"]


def by_capacity(path: str, capacity: str) -> list[str]:
    return [one["country"] for one in meeting(path)["delegations"] if one.get("capacity") == capacity]


def observer_of_2023() -> list[str]:
    return by_capacity("asean-plus-three/2023/summit-26", "observer")


def guests_at_niagara() -> list[str]:
    return by_capacity("g7/2025/fm-11-11", "guest")


def came_most() -> list[list[Any]]:
    came = Counter(
        one["minister"] for held in meetings() for _delegation, one in delegates(held) if "minister" in one
    )
    return [[slug, count] for slug, count in came.items() if count > 20]


def ambassadors_for_turkmenistan() -> list[str]:
    return [
        held["path"]
        for held in meetings()
        if any(one["rank"] == "ambassador" for _delegation, one in delegates(held, "tm"))
    ]


def hayashi_in_2022() -> list[str]:
    return [
        held["path"]
        for held in meetings()
        if held.get("start", "").startswith("2022")
        and any(one.get("minister") == "hayashi-yoshimasa" for _delegation, one in delegates(held))
    ]


# where, and whether at all


def places_of_ca_jad_ministers() -> list[str]:
    countries = standing("countries")
    return [
        f"{place['city']}, {countries[place['country']]['name']}"
        for held in meetings(*MINISTERS_OF_CA_JAD)
        for place in held.get("places", [])
    ]


def hosts_of_ca_jad() -> list[list[Any]]:
    """Countries in which more than one meeting was held, each meeting once."""
    held = [one for one in meetings("ca-jad") if "status" not in one]
    counts = Counter(
        country for one in held for country in {place["country"] for place in one.get("places", [])}
    )
    return [[country, count] for country, count in counts.items() if count > 1]


def on_24_december() -> list[str]:
    return [held["path"] for held in meetings() if held.get("start", "").endswith("-12-24")]


def in_nur_sultan() -> list[str]:
    return [
        held["path"]
        for held in meetings()
        if any(place.get("city") == "Nur-Sultan" for place in held.get("places", []))
    ]


def postponed() -> list[str]:
    return [held["path"] for held in meetings() if held.get("status") == "postponed"]


def undated_of_ca_jad() -> list[str]:
    return [held["path"] for held in meetings("ca-jad") if "start" not in held]


# how many, and in which series


def numbered_of_g7() -> list[list[int]]:
    held = list(meetings("g7", "fm"))
    return [[len(held), sum(1 for one in held if "ordinal" in one)]]


def busiest_year() -> list[list[int]]:
    years = Counter(held["start"][:4] for held in meetings() if "start" in held)
    ((year, count), (_next, second)) = years.most_common(2)
    assert count > second
    return [[int(year), count]]


# what was promised


def on_trans_caspian_by_ministers() -> list[str]:
    return [
        held["start"][:4] for held, one in outcomes(*MINISTERS_OF_CA_JAD) if "trans-caspian" in one["topics"]
    ]


def trans_caspian_by_year() -> list[list[str]]:
    said = ((held, one) for held, one in outcomes() if "trans-caspian" in one["topics"])
    return [[held["start"][:4], dialogues()[held["dialogue"]]["dialogue"]["name"]] for held, _one in said]


def pledges_of_japan() -> list[str]:
    return [
        one["key"] for _held, one in outcomes("ca-jad") if one["verb"] == "pledged" and "jp" in one["actors"]
    ]


def condemned() -> list[list[str]]:
    return [[one["key"], held["start"]] for held, one in outcomes() if one["verb"] == "condemned"]


def dialogues_on_critical_minerals() -> list[str]:
    return [
        dialogues()[held["dialogue"]]["dialogue"]["name"]
        for held, one in outcomes()
        if "critical-minerals" in one["topics"]
    ]


def afghanistan_by_strength() -> list[list[str]]:
    said = ((held, one) for held, one in outcomes(*MINISTERS_OF_CA_JAD) if "afghanistan" in one["topics"])
    return [[held["start"], one["verb"], one["strength"]] for held, one in said]


def with_deadline() -> list[list[str]]:
    return [[one["key"], one["deadline"]] for _held, one in outcomes() if "deadline" in one]


def promised_in_2012() -> list[list[Any]]:
    pledge = outcome("ca-jad-fm-04-c03")
    return [[pledge["amount"], pledge["currency"]]]


def repeated_at_ninth_meeting() -> list[str]:
    links = (link for one in meeting("ca-jad/2022/fm-9")["outcomes"] for link in one.get("links_out", []))
    return [link["target"] for link in links if link["relation"] == "repeats"]


def of_2022_repeating_2017() -> list[str]:
    years = {one["key"]: held.get("start", "")[:4] for held, one in outcomes()}
    return [
        one["key"]
        for _held, one in outcomes()
        for link in one.get("links_out", [])
        if link["relation"] == "repeats" and (years[one["key"]], years[link["target"]]) == ("2022", "2017")
    ]


def overdue() -> list[str]:
    """All deadlines of the files have passed; what is not the target of a report or of what implements it."""
    links = (link for _held, one in outcomes() for link in one.get("links_out", []))
    done = {link["target"] for link in links if link["relation"] in ("implements", "reports_on")}
    assert max(deadline for _key, deadline in with_deadline()) < "2026"
    return [key for key, _deadline in with_deadline() if key not in done]


def seat_first_and_last() -> list[list[str]]:
    """Both ends of the only chain of outcomes about it."""
    said = [(held["start"], one) for held, one in outcomes() if "permanent seat" in one["summary"]]
    (first, supported), (last, again) = said
    assert [link["target"] for link in again["links_out"]] == [supported["key"]]
    return [[first, last]]


def against_terrorism_in_order() -> list[list[str]]:
    said = ((held, one) for held, one in outcomes("ca-jad") if "counter-terrorism" in one["topics"])
    return [
        [one["key"], held["start"], one["verb"]] for held, one in said if one.get("nature") != "background"
    ]


def rule_of_law() -> list[list[str]]:
    """Paragraphs and quotations that have the phrase, each by its record and day."""
    paragraphs = [
        [one["path"], one["date"]]
        for one in statements()
        for text in one.get("texts", [])
        for paragraph in text["paragraphs"]
        if "rule of law" in paragraph["words"].casefold()
    ]
    quotations = [
        [one["key"], held["start"]]
        for held, one in outcomes()
        if "rule of law" in one.get("quote", "").casefold()
    ]
    return paragraphs + quotations


# what was issued


def only_planned() -> list[str]:
    return [one["path"] for one in statements() if one.get("issuer_state") == "planned"]


def of_no_meeting() -> list[str]:
    return [one["path"] for one in statements("quad") if not one.get("meetings")]


def signatories_of_2006() -> list[str]:
    return [one["country"] for one in statement("ca-jad/2006/fm-2/action-plan")["signatures"]]


def paragraphs_of_2014_and_2017() -> list[list[int]]:
    """How many each has; then how many stand in both, word for word."""
    paths = ("ca-jad/2014/fm-5/joint-statement", "ca-jad/2017/fm-6/joint-statement")
    words = [[one["words"] for one in statement(path)["texts"][0]["paragraphs"]] for path in paths]
    return [[len(words[0]), len(words[1]), len(set(words[0]) & set(words[1]))]]


# names and memberships


def hayashi_in_japanese() -> list[str]:
    return [
        one["text"] for one in standing("ministers")["hayashi-yoshimasa"]["names"] if one["language"] == "ja"
    ]


def russian_names_of_dialogue() -> list[str]:
    return [one["text"] for one in dialogues()["ca-jad"]["dialogue"]["names"] if one["language"] == "ru"]


def left_g7() -> list[list[str]]:
    return [
        [one["country"], one["end"]] for one in dialogues()["g7"]["dialogue"]["memberships"] if "end" in one
    ]


def japan_and_kazakhstan() -> list[str]:
    members = {
        code: {one["country"] for one in file["dialogue"]["memberships"]}
        for code, file in dialogues().items()
    }
    return [code for code, countries in members.items() if {"jp", "kz"} <= countries]


def foreign_minister_of_japan_in_2010() -> list[str]:
    day = meeting("ca-jad/2010/fm-3")["start"]
    return [
        slug
        for slug, one in standing("ministers").items()
        for tenure in one.get("tenures", [])
        if tenure["office"]["title"] == "Minister for Foreign Affairs of Japan"
        and "start" in tenure
        and tenure["start"] <= day <= tenure.get("end", day)
    ]
