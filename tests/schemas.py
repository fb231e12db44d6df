"""Schemas of others, to validate exports against: they lie beside the checkout, and nothing of them is copied here."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "schemas"
SCHEMA = Namespace("https://schema.org/")


def schema(name: str) -> Path:
    """The file of this name; without the folder the test is skipped, or fails where DIALOGUES_NO_SKIPS is set."""
    path = FOLDER / name
    if not path.exists() and os.environ.get("DIALOGUES_NO_SKIPS"):
        pytest.fail(f"{name} is missing beside the checkout, and skips are failures here.")
    if not path.exists():
        pytest.skip(f"the folder of schemas beside the checkout has no {name}")
    return path


def compiled(*names: str) -> etree.XMLSchema:
    """XML schemas read together, each after those that it refers to."""
    spaces = {
        schema(name).as_uri(): etree.parse(schema(name)).getroot().get("targetNamespace") for name in names
    }
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{uri}"/>' for uri, space in spaces.items()
    )
    return etree.XMLSchema(
        etree.fromstring(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    )


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """schema.org: each type with all above it, each property with its domains and ranges, each member with its type."""
    graph = Graph().parse(schema("schemaorg-current-https.ttl"))
    types = {
        local(kind): {local(above) for above in graph.transitive_objects(kind, RDFS.subClassOf)}
        for kind in graph.subjects(RDF.type, RDFS.Class)
    }
    properties = {
        local(name): {
            "domain": {local(one) for one in graph.objects(name, SCHEMA.domainIncludes)},
            "range": {local(one) for one in graph.objects(name, SCHEMA.rangeIncludes)},
        }
        for name in graph.subjects(RDF.type, RDF.Property)
    }
    members = {
        local(one): local(kind)
        for one, kind in graph.subject_objects(RDF.type)
        if kind in SCHEMA and local(kind) in types
    }
    return {"types": types, "properties": properties, "members": members}


def local(term: Any) -> str:
    return str(term).removeprefix(str(SCHEMA)) if isinstance(term, URIRef) else str(term)


@cache
def context() -> dict[str, Any]:
    """The JSON-LD context of schema.org, which readers would download."""
    found: dict[str, Any] = json.loads(schema("schemaorgcontext.jsonld").read_text(encoding="utf-8"))[
        "@context"
    ]
    return found
