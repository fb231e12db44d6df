"""What somebody pasted: read from a form, the address or JSON, or refused with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive import asked
from archive.forms import BadParameter
from archive.verify.verifier import LONGEST_TEXT

FIELDS = {"text", "keep"}
READABLE = {"text"}


class Refused(Exception):
    """A request that is not answered, with the status, the field at fault and the way out."""

    def __init__(self, status: int, field: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.field, self.detail = status, field, detail


@dataclass(frozen=True)
class Pasted:
    text: str
    keep: bool = False
    is_json: bool = False


def read(request: HttpRequest, also: frozenset[str] = frozenset()) -> Pasted:
    """The text of a GET or POST; empty where a GET has none. Raises Refused."""
    try:
        asked.check(request, READABLE | also)
    except BadParameter as bad:  # Of programs that send JSON too, whom the page answers in it.
        raise Refused(400, bad.name, bad.message) from bad
    if request.method != "POST":
        pasted = Pasted(request.GET.get("text", ""))
    elif request.content_type == "application/json":
        pasted = from_json(request.body)
    else:
        check_fields(set(request.POST) - {"csrfmiddlewaretoken"})
        pasted = Pasted(request.POST.get("text", ""), keep=request.POST.get("keep", "") not in ("", "0"))
    check_text(pasted.text)
    if request.method == "POST" and not pasted.text.strip():
        raise Refused(400, "text", _("Paste a quotation, a footnote or an article into “text”."))
    return pasted


def check_fields(names: set[str]) -> None:
    unknown = sorted(names - FIELDS)
    if unknown:
        detail = _("There is no field “%(name)s” here; there are “text” and “keep”.")
        name = unknown[0].encode("utf-8", "replace").decode()
        raise Refused(400, name, detail % {"name": name})


def from_json(body: bytes) -> Pasted:
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "body", _('This is not JSON. Send {"text": "…"}.')) from error
    if not isinstance(data, dict):
        raise Refused(400, "body", _('Send a JSON object: {"text": "…"}.'))
    check_fields(set(data))
    text, keep = data.get("text", ""), data.get("keep", False)
    if not isinstance(text, str) or not isinstance(keep, bool):
        raise Refused(400, "text", _("“text” is a string, “keep” true or false."))
    return Pasted(text, keep, is_json=True)


def check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        detail = _("This is %(length)s characters; paste %(most)s at most.")
        raise Refused(413, "text", detail % {"length": f"{len(text):,}", "most": f"{LONGEST_TEXT:,}"})
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused(400, "text", _("The text holds half a character (a lone surrogate).")) from error
    if "\x00" in text:
        raise Refused(400, "text", _("The text holds a NUL character, which no text has."))
