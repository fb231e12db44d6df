"""The OpenAPI 3.1 description of the site (spec.openapis.org), read from filters, lists and schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive.api import attendance, cited, language, machines, pictures, search, shelves
from archive.api.parts import (
    body_of,
    browse_parameters,
    format_parameter,
    in_path,
    list_format,
    moved_and_gone,
    operation,
    page_parameter,
    streamed,
)
from archive.api.schemas import (
    DATE,
    MOMENT,
    PID,
    TEXT,
    TRUTH,
    WHOLE,
    Schema,
    components,
    many,
    maybe,
    named,
    page_schema,
    row_name,
    thing,
)
from archive.deadlines import DueField
from archive.filters import CommitmentFilter, MeetingFilter, StatementFilter
from archive.formats import rows
from archive.formats.chain_rows import CHAIN
from archive.formats.citations import STYLES
from archive.formats.exports import EXPORTS, exports_for
from archive.formats.rows import RowForm
from registry.kit.years import FIRST_YEAR, LAST_YEAR

FILTERS: dict[str, Any] = {
    "meetings": MeetingFilter,
    "commitments": CommitmentFilter,
    "statements": StatementFilter,
}
YEAR: Schema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
DECADE: Schema = {"type": "string", "pattern": "^(19[0-9]|20[0-9]|21[0-9])0s$"}
SEGMENT: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
RECORD_PATHS = (
    ("/{dialogue}/", "Dialogue", "ca-jad"),
    ("/{dialogue}/{year}/{meeting}/", "Meeting", "ca-jad 2022 fm-9"),
    ("/{dialogue}/{year}/{meeting}/{statement}/", "Statement", "ca-jad 2022 fm-9 joint-statement"),
    ("/commitments/{id}/{slug}/", "Commitment", ""),
    ("/ministers/{id}/{slug}/", "Minister", ""),
    ("/countries/{code}/", "Country", "kz"),
    ("/topics/{slug}/", "Topic", "energy"),
)


def document() -> dict[str, Any]:
    """The whole description; what filters offer is read from the archive."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": settings.VERSION,
            "description": _(
                "Every page is data at its own address. Reading needs no key; the meaning of a field never changes: "
                "fields are added, not redefined, and none is taken away without two years’ notice."
            ),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": settings.SITE_URL}],
        "externalDocs": {"url": f"{settings.SITE_URL}/api/", "description": _("Examples for people")},
        "paths": {
            **list_paths(),
            **record_paths(),
            **other_paths(),
            **cited.cited_paths(),
            **search.search_paths(),
            **pictures.picture_paths(),
            **shelves.shelf_paths(),
            **shelves.days_paths(),
            **language.language_paths(),
            **attendance.paths(),
        },
        "components": {"schemas": {**components(), **cited.COMPONENTS, **attendance.components()}},
    }


def list_paths() -> dict[str, Any]:
    paths = {f"/{form.name}/": {"get": list_operation(form)} for form in rows.LISTS if form is not rows.YEARS}
    by_decade = many(thing(decade=TEXT, meetings=WHOLE))
    years = thing(count=WHOLE, undated=WHOLE, decades=by_decade, results=many(named(row_name(rows.YEARS))))
    paths["/years/"] = {
        "get": streamed(operation(_("Meetings by year"), years, [list_format(rows.YEARS)]), rows.YEARS)
    }
    a_year = thing(count=WHOLE, year=WHOLE, results=many(named(row_name(rows.MEETINGS))))
    answer: Schema = {"anyOf": [a_year, page_schema(rows.MEETINGS)]}
    year = in_path("year", {"anyOf": [YEAR, DECADE]}, 2022)
    parameters = [year, *browse_parameters(rows.MEETINGS), list_format(rows.MEETINGS)]
    summary = _("Meetings of one year; of a decade, such as 2010s, in pages")
    paths["/years/{year}/"] = {"get": streamed(operation(summary, answer, parameters), rows.MEETINGS)}
    return paths


def list_operation(form: RowForm) -> dict[str, Any]:
    parameters = [
        *filter_parameters(form.name),
        *browse_parameters(form),
        page_parameter(),
        list_format(form),
    ]
    summary = _("List of %(name)s") % {"name": form.name}
    found = streamed(operation(summary, page_schema(form), parameters), form)
    found["responses"]["200"]["headers"]["Link"] = {
        "description": "RFC 8288: first, prev, next and last page, and the other forms",
        "schema": TEXT,
    }
    return found


def filter_parameters(name: str) -> Iterator[dict[str, Any]]:
    """One a filter, described where django-filter defines it; an empty value is no filter."""
    filter_set = FILTERS[name](data={}) if name in FILTERS else None
    for key, field in filter_set.form.fields.items() if filter_set else ():
        choices = [str(value) for value, _words in getattr(field, "choices", ()) if str(value)]
        words: Schema = {"type": "string", "enum": ["", *choices]}
        schema = words if choices else {"anyOf": [YEAR, {"type": "string", "maxLength": 0}]}
        if isinstance(field, DueField):
            schema = {"anyOf": [words, YEAR]}
        yield {
            "name": key,
            "in": "query",
            "description": f"{field.label}: {field.help_text}" if field.help_text else str(field.label),
            "allowEmptyValue": True,
            "schema": schema,
        }


def at_parameter() -> dict[str, Any]:
    return {
        "name": "at",
        "in": "query",
        "description": _("a day, or an RFC 3339 moment: 303 to the edition that stood at its end"),
        "schema": {"anyOf": [{"type": "string", "format": "date"}, MOMENT]},
    }


def style_parameter() -> dict[str, Any]:
    return {
        "name": "style",
        "in": "query",
        "description": _("with format=txt: the citation in this style alone"),
        "schema": {"type": "string", "enum": list(STYLES)},
    }


def record_paths() -> dict[str, Any]:
    paths = {}
    for path, name, example in RECORD_PATHS:
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        examples = example.split() or [""] * len(names)
        parameters = [
            in_path(one, PID if one == "id" else YEAR if one == "year" else SEGMENT, said)
            for one, said in zip(names, examples, strict=True)
        ]
        exports = exports_for(name.lower())
        parameters += [at_parameter(), format_parameter(("html", "json", *exports)), style_parameter()]
        found = operation(
            _("One %(kind)s, in its current edition") % {"kind": name.lower()}, named(name), parameters
        )
        found["description"] = _(
            "Moved records answer 301 with their new address. Put @2 after the last segment for edition 2, "
            "or add history/ for all editions."
        )
        content = found["responses"]["200"]["content"]
        content |= {
            EXPORTS[export].media_type: {"schema": body_of(EXPORTS[export].media_type)} for export in exports
        }
        found["responses"] |= moved_and_gone()
        paths[path] = {"get": found}
    return paths


def other_paths() -> dict[str, Any]:
    edition_list = thing(id=PID, title=TEXT, count=WHOLE, results=many(named("Edition")))
    place = [
        in_path("dialogue", SEGMENT, "ca-jad"),
        in_path("year", YEAR, 2022),
        in_path("meeting", SEGMENT, "fm-9"),
    ]
    two_forms = format_parameter(("html", "json"))
    history = operation(_("Every edition of a meeting"), edition_list, [*place, two_forms])
    history["responses"] |= moved_and_gone()
    identifier = operation(_("The record with a permanent id"), TEXT, [in_path("id", PID, ""), two_forms])
    identifier["responses"] |= moved_and_gone()
    del identifier["responses"]["200"]
    return {
        "/": {"get": operation(_("How much the archive holds"), home_schema(), [two_forms])},
        "/id/{id}": {"get": identifier},
        **machines.machine_paths(),
        "/changes/": {"get": machines.changes_operation()},
        "/timemap/{dialogue}/{year}/{meeting}/": {"get": machines.timemap_operation(place)},
        "/{dialogue}/{year}/{meeting}/history/": {"get": history},
        "/commitments/{id}/{slug}/chain/": {"get": chain_operation()},
        **data_paths(two_forms),
        "/promises/": {
            "get": operation(_("How many public addresses answer"), promises_schema(), [two_forms])
        },
        "/embed/{id}/": {"get": machines.embed_operation(two_forms)},
        "/oembed": {
            "get": operation(
                _("How to show an address here (oEmbed)"),
                machines.oembed_schema(),
                machines.oembed_parameters(),
            )
        },
        "/api/openapi.json": {"get": operation(_("This description"), {"type": "object"}, [])},
    }


def data_paths(two_forms: dict[str, Any]) -> dict[str, Any]:
    """The whole archive, its releases, and what their columns mean."""
    whole = thing(counts={"type": "object", "additionalProperties": WHOLE}, releases=many(release_schema()))
    number = in_path("number", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, 1)
    return {
        "/data/": {"get": operation(_("The whole archive to take away"), whole, [two_forms])},
        "/data/releases/{number}/": {
            "get": operation(_("One release of the whole"), release_schema(), [number, two_forms])
        },
        "/data/codebook/": {"get": operation(_("What every column means"), codebook_schema(), [two_forms])},
    }


def chain_operation() -> dict[str, Any]:
    said = maybe(thing(id=PID, title=TEXT, date=maybe(DATE)))
    counts = dict.fromkeys(("commitments", "meetings", "not_mentioned", "no_text", "since", "count"), WHOLE)
    schema = thing(
        id=PID,
        title=TEXT,
        **counts,
        is_whole=TRUTH,
        first_said=said,
        last_said=said,
        results=many(named(row_name(CHAIN))),
    )
    parameters = [in_path("id", PID, ""), in_path("slug", SEGMENT, ""), list_format(CHAIN)]
    found = streamed(operation(_("How a commitment was taken up"), schema, parameters), CHAIN)
    found["responses"] |= moved_and_gone()
    return found


def promises_schema() -> Schema:
    moment = {"type": "string", "format": "date-time"}
    replay = thing(
        asked=WHOLE, kept=WHOLE, failures=many(TEXT), started_at=moment, finished_at=moment, version=TEXT
    )
    return thing(count=WHOLE, results=many(replay))


def home_schema() -> Schema:
    counts = {"type": "object", "additionalProperties": WHOLE}
    return thing(counts=counts, dialogues=many(named(row_name(rows.DIALOGUES))))


def release_schema() -> Schema:
    moment = {"type": "string", "format": "date-time"}
    file = thing(name=TEXT, url=TEXT, media_type=TEXT, count=WHOLE, size=WHOLE, sha256=TEXT)
    counts = {"type": "object", "additionalProperties": WHOLE}
    return thing(
        number=WHOLE,
        url=TEXT,
        made_at=moment,
        version=TEXT,
        licence=TEXT,
        note=TEXT,
        counts=counts,
        files=many(file),
    )


def codebook_schema() -> Schema:
    values = {"type": "object", "additionalProperties": TEXT}
    column = thing(name=TEXT, type=TEXT, meaning=TEXT, refers_to=maybe(TEXT), values=values)
    of_list = thing(name=TEXT, type=TEXT, meaning=TEXT, values=values)
    table = thing(name=TEXT, meaning=TEXT, key=many(TEXT), columns=many(column))
    return thing(tables=many(table), lists=many(thing(name=TEXT, columns=many(of_list))))
