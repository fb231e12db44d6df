"""What the cite panel shows: the reference of a page, its citations, its quotation, its downloads."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from archive.address import Address
from archive.formats.citations import citations, quote_link
from archive.formats.exports import EXPORTS
from archive.formats.reference import WHOSE, Reference
from registry.models import Edition, Pid

register = template.Library()


@register.simple_tag
def cite_panel(pid: Pid, edition: Edition, address: Address) -> dict[str, Any]:
    """Citations of what stands at this address; `heading`, `whose` words are quoted, and the `link` to them."""
    reference = Reference(pid, edition, address.text, address.paragraph)
    text = reference.cited_text if reference.paragraph else None
    whose = text["kind"] if text else "summary" if reference.quotable != reference.words else ""
    return {
        "reference": reference,
        "citations": citations(reference),
        "heading": heading(reference),
        "link": quote_link(reference),
        "whose": str(WHOSE[whose]) if whose else "",
        "shelved": shelved(reference, address),
    }


def shelved(reference: Reference, address: Address) -> str | None:
    """What stands on a shelf for this page: the record as it will be, or the edition that the address names; of a
    preview nothing."""
    if reference.edition.pk is None or not reference.pid.is_public:
        return None
    return reference.short if address.edition else f"{reference.pid.value}{reference.part}"


def heading(reference: Reference) -> str:
    if reference.paragraph:
        return _("Cite this paragraph")
    if reference.text:
        return _("Cite this text")
    return {
        "meeting": _("Cite this meeting"),
        "statement": _("Cite this statement"),
        "commitment": _("Cite this commitment"),
    }.get(reference.kind, _("Cite this record"))


@register.filter
def form_label(name: str) -> str:
    """A form as its users call it: BibTeX, RIS, JSON."""
    return EXPORTS[name].label if name in EXPORTS else name.upper()
