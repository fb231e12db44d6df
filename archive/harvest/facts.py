"""A record's facts as XML, and the XML Schema of them, both read from what describes its JSON.

Each name of the JSON is an element, each row of a list an `item`; what is null is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from archive.api.schemas import EDITION, RECORDS, Schema
from archive.harvest.xml import Xml, element
from registry.models import Edition

NAMESPACE = "urn:x-dialogues:record:1"
XS = "http://www.w3.org/2001/XMLSchema"
PLAIN = {"string": "xs:string", "integer": "xs:integer", "boolean": "xs:boolean"}


def record_xml(edition: Edition, schema_address: str) -> Xml:
    """The edition as an element named by its kind: what `?format=json` gives."""
    data = edition.as_json()
    attributes = {
        "xmlns": NAMESPACE,
        "xmlns:xsi": f"{XS}-instance",
        "xsi:schemaLocation": f"{NAMESPACE} {schema_address}",
    }
    return element(str(data["type"]), *children(data), attributes=attributes)


def children(data: dict[str, Any]) -> Iterator[Xml]:
    """The names of an object in alphabetical order, as the schema has them."""
    return (value_xml(name, value) for name, value in sorted(data.items()) if value is not None)


def value_xml(name: str, value: Any) -> Xml:
    if isinstance(value, dict):
        return element(name, *children(value))
    if isinstance(value, list):
        return element(name, *(value_xml("item", item) for item in value))
    return element(name, str(value).lower() if isinstance(value, bool) else value)


@cache
def schema() -> Xml:
    """The XML Schema of every kind of record."""
    roots = (declaration(name.lower(), RECORDS[name]) for name in sorted(RECORDS))
    attributes = {
        "xmlns:xs": XS,
        "xmlns": NAMESPACE,
        "targetNamespace": NAMESPACE,
        "elementFormDefault": "qualified",
    }
    return element("xs:schema", *roots, attributes=attributes)


def declaration(name: str, found: Schema, **occurs: str) -> Xml:
    """An element with the type that the JSON Schema gives it; `anyOf` with null means it may be absent."""
    if "anyOf" in found:
        kept = next(one for one in found["anyOf"] if one != {"type": "null"})
        return declaration(name, kept, minOccurs="0")
    if "$ref" in found:
        found = EDITION
    attributes = {"name": name, **occurs}
    if found.get("type") == "object":
        parts = (declaration(key, part) for key, part in sorted(found["properties"].items()))
        sequence = element("xs:sequence", *parts)
        return element("xs:element", element("xs:complexType", sequence), attributes=attributes)
    if found.get("type") == "array":
        rows = declaration("item", found["items"], minOccurs="0", maxOccurs="unbounded")
        sequence = element("xs:sequence", rows)
        return element("xs:element", element("xs:complexType", sequence), attributes=attributes)
    if found.get("format") == "date-time":
        return element("xs:element", attributes={**attributes, "type": "xs:dateTime"})
    rules = [element("xs:enumeration", attributes={"value": value}) for value in values(found)]
    if rules:
        restriction = element("xs:restriction", *rules, attributes={"base": "xs:string"})
        return element("xs:element", element("xs:simpleType", restriction), attributes=attributes)
    return element("xs:element", attributes={**attributes, "type": PLAIN[found["type"]]})


def values(found: Schema) -> list[str]:
    return [found["const"]] if "const" in found else list(found.get("enum", ()))
