"""Pictures described: what stands beneath each, as data, and where it comes as a drawing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive import forms
from archive.api.parts import format_parameter, in_path, operation, streamed
from archive.api.schemas import ADDRESS, TEXT, WHOLE, Schema, many, maybe, row_schema, thing
from archive.formats.rows import RowForm
from archive.pages.pictures import MOST_LEAST
from archive.pictures import rows
from archive.pictures.marks import Mark
from dialogues.models import Dialogue
from registry.models import NameKey

CODE: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


def picture_paths() -> dict[str, Any]:
    dialogue = [dialogue_parameter()]
    series = [in_path("dialogue", CODE, "ca-jad"), in_path("series", CODE, "fm")]
    of_series = {"dialogue": TEXT, "series": TEXT, "undated": WHOLE}
    marks = thing(**{str(mark): WHOLE for mark in Mark})
    topics = {"dialogue": maybe(TEXT), "most_in_a_year": WHOLE, "undated": WHOLE, "under_broader": WHOLE}
    meets = {"least": WHOLE, "members": WHOLE, "left_out": WHOLE}
    shared = many(row_schema(rows.SHARED))
    one, other = in_path("code", CODE, "jp"), in_path("other", CODE, "kz")
    pair = described(
        _("Dialogues to which both belong"), rows.SHARED, [one, other], {"country": TEXT, "other": TEXT}
    )
    pair["responses"]["301"] = {"description": _("the two in the order of their codes")}
    found = {
        "wall/": described(_("Every dialogue by years"), rows.WALL, [], said(marks=marks, undated=WHOLE)),
        "series/": described(_("Every series with its strip"), rows.SERIES, [], said()),
        "series/{dialogue}/{series}/": drawn(_("One series by date"), rows.STRIP, series, said(**of_series)),
        "topics/": drawn(_("Topics through time"), rows.TOPICS, dialogue, said(**topics)),
        "hosts/": drawn(_("Where meetings were held"), rows.HOSTS, dialogue, said(**hosts_facts())),
        "meets/": described(_("Who meets whom"), rows.PAIRS, [least_parameter()], said(**meets)),
        "meets/{code}/": described(
            _("Whom one country meets"), rows.PAIRS, [one], {"country": TEXT, "dialogues": shared}
        ),
        "meets/{code}/{other}/": pair,
    }
    index = thing(count=WHOLE, results=many(thing(title=TEXT, said=TEXT, url=ADDRESS)))
    two_forms = [format_parameter(("html", "json"))]
    return {
        "/pictures/": {"get": operation(_("Every kind of picture"), index, two_forms)},
        **{f"/pictures/{path}": {"get": described_one} for path, described_one in found.items()},
    }


def said(**facts: Schema) -> dict[str, Schema]:
    return {"said": {**TEXT, "description": _("the picture in words")}, **facts}


def hosts_facts() -> dict[str, Schema]:
    country = thing(country=TEXT, code=TEXT, meetings=WHOLE, url=ADDRESS)
    counts = dict.fromkeys(("held", "placed", "several", "online", "unknown"), WHOLE)
    return {"dialogue": maybe(TEXT), **counts, "countries": many(country)}


def described(
    summary: str, form: RowForm, parameters: list[dict[str, Any]], facts: dict[str, Schema], *more: str
) -> dict[str, Any]:
    """A picture whose rows are of this form; `more` names further forms."""
    schema = thing(**facts, count=WHOLE, results=many(row_schema(form)))
    return streamed(
        operation(summary, schema, [*parameters, format_parameter((*forms.LIST_FORMS, *more))]), form
    )


def drawn(
    summary: str, form: RowForm, parameters: list[dict[str, Any]], facts: dict[str, Schema]
) -> dict[str, Any]:
    """The same of a picture that comes as SVG too."""
    found = described(summary, form, parameters, facts, "svg")
    found["responses"]["200"]["content"]["image/svg+xml"] = {"schema": TEXT}
    return found


def dialogue_parameter() -> dict[str, Any]:
    codes = Dialogue.objects.public().order_by(NameKey("code")).values_list("code", flat=True)
    return {
        "name": "dialogue",
        "in": "query",
        "description": _("code of the one dialogue it is drawn of"),
        "allowEmptyValue": True,
        "schema": {"type": "string", "enum": ["", *codes]},
    }


def least_parameter() -> dict[str, Any]:
    return {
        "name": "least",
        "in": "query",
        "description": _("dialogues to which a country belongs at least"),
        "allowEmptyValue": True,
        "schema": {
            "anyOf": [
                {"type": "integer", "minimum": 2, "maximum": MOST_LEAST},
                {"type": "string", "maxLength": 0},
            ]
        },
    }
