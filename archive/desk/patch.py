"""A record as it would be after a row of a table: only what its cells say, an empty cell says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.exchange import markdown
from archive.exchange.shapes import Shape
from registry.kit import diff

BASIS = ("sources", "certainty", "confidence", "note")
PRINTED = {"name": "name_printed", "native_name": "native_name_printed", "title": "title_printed"}
OF_DELEGATE = (*PRINTED, "minister", "rank", "role", "presiding", "in_place_of", *BASIS)
Mapping = dict[str, Any]


def difference(shape: Shape, old: Mapping, new: Mapping) -> list[diff.Change]:
    """What changes; values that are a column's default, the order of references, and a path not said are no change."""
    before = bare(shape, old)
    if "path" not in new:
        before.pop("path", None)
    return diff.records(before, bare(shape, new))


def bare(shape: Shape, data: Mapping) -> Mapping:
    """The mapping as an export would write it."""
    fields: dict[str, Any] = {one.name: one for one in shape.model._meta.get_fields()}
    found: Mapping = {}
    for name, value in data.items():
        if name in shape.children:
            rows = [bare(shape.children[name], item) for item in value]
            found[name] = [without_place(row, place) for place, row in enumerate(rows, 1)]
        elif name not in fields or name == "pid":
            found[name] = value
        elif fields[name].many_to_many:
            found[name] = sorted(value)
        elif value != fields[name].get_default():
            found[name] = value
    return found


def without_place(row: Mapping, place: int) -> Mapping:
    """A row without its number, where that is its place in the list."""
    return {name: value for name, value in row.items() if name != "number" or value != place}


def attend(meeting: Mapping, values: Mapping) -> bool:
    """Write one row into the meeting's delegations; whether its country or its person was not there before."""
    delegations = meeting.setdefault("delegations", [])
    delegation = next((one for one in delegations if one["country"] == values["country"]), None)
    is_new = delegation is None
    if delegation is None:
        delegation = {"country": values["country"]}
        delegations.append(delegation)
    delegation |= {name: values[name] for name in ("capacity", "presence") if name in values}
    person = person_of(values)
    if not {"name", "minister", "title"} & set(values):
        delegation |= {name: values[name] for name in BASIS if name in values}
        return is_new
    delegates = delegation.setdefault("delegates", [])
    known = next((one for one in delegates if is_same_person(one, values)), None)
    if known is None:
        delegates.append(person)
        return True
    known |= person
    return is_new


def person_of(values: Mapping) -> Mapping:
    """What a row says of the person, under the names of the record."""
    return {PRINTED.get(name, name): values[name] for name in OF_DELEGATE if name in values}


def is_same_person(delegate: Mapping, values: Mapping) -> bool:
    """By minister where both name one, else by name, and where neither has a name by office."""
    if "minister" in values and "minister" in delegate:
        return bool(values["minister"] == delegate["minister"])
    name = values.get("name", "")
    if name or delegate.get("name_printed"):
        return bool(delegate.get("name_printed", "") == name)
    return "minister" not in delegate and delegate.get("title_printed", "") == values.get("title", "")


def patched(current: Mapping, values: Mapping, names: Iterable[str]) -> Mapping:
    """The record with the columns that the row gives, under the same names."""
    return current | {name: values[name] for name in names if name in values}


def patched_meeting(current: Mapping, values: Mapping) -> Mapping:
    names = ("ordinal", "start", "end", "format", "status", "designation", "hosts", "held_alongside", *BASIS)
    said = patched(current, values, names)
    if "series" in values:
        said["track"] = values["series"]
    place = {name: values[name] for name in ("city", "country", "venue") if name in values}
    if place:
        places = said.get("places") or [{}]
        said["places"] = [places[0] | place, *places[1:]]
    if "name" in values:
        others = [one for one in said.get("names", ()) if (one["language"], one.get("kind")) != ("en", None)]
        said["names"] = [*others, {"language": "en", "text": values["name"]}]
    return said


def patched_statement(current: Mapping, values: Mapping) -> Mapping:
    said = patched(current, values, ("kind", "date", "act", "authority", "issuers", *BASIS))
    if "title" in values:
        said["title_printed"] = values["title"]
    if values["meetings"]:
        said["meetings"] = values["meetings"]
    if "url" in values:
        others = [one for one in said.get("locations", ()) if one.get("url") != values["url"]]
        said["locations"] = [*others, {"language": values.get("language", "und"), "url": values["url"]}]
    if "text" in values:
        kept = [one for one in said.get("texts", ()) if one["language"] != values["language"]]
        text = {"language": values["language"], "kind": values["text_kind"]}
        said["texts"] = [*kept, text | {"paragraphs": markdown.parse(values["text"])}]
    return said


def patched_commitment(current: Mapping, values: Mapping) -> Mapping:
    names = ("summary", "quote", "nature", "verb", "strength", "extent", "actors", "topics", "statement")
    said = patched(current, values, (*names, "deadline", "amount", "currency", *BASIS))
    if "agenda_item" in values:
        said["agenda_item"] = f"a{values['agenda_item']}"
    return said
