"""What stands for a record outside its page: permanent addresses, ARKs, an abstract, the licence, its file."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from archive.formats.reference import Reference

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_SPDX = "CC-BY-4.0"


def permanent(pid: str) -> str:
    """The address of another record that never changes: the edition names it by its id alone."""
    return f"{settings.SITE_URL}/id/{pid}"


def ark(name: str) -> str:
    """An Archival Resource Key (draft-kunze-ark): ark:99999/25hxwjjb@2~p4."""
    return f"ark:{settings.ARK_NAAN}/{name}"


def is_our_naan(naan: str) -> bool:
    """Whether an ARK with this number is ours; hyphens and case say nothing (draft-kunze-ark, section 2.7)."""
    return naan.replace("-", "").lower() == settings.ARK_NAAN


def ark_url(name: str) -> str:
    return f"{settings.SITE_URL}/{ark(name)}"


def current_name(reference: Reference) -> str:
    """The id without edition, with the part where one is cited."""
    return reference.pid.value + reference.lasting_part


def author_pids(reference: Reference) -> list[str]:
    """Ids of the bodies named in `reference.authors`, in the same order."""
    if reference.dialogue and reference.authors == [reference.dialogue["name"]]:
        return [reference.dialogue["id"]]
    named = reference.data.get("issuers") if reference.kind == "statement" else reference.data.get("actors")
    return [one["id"] for one in named or ()] if reference.authors else []


def abstract(reference: Reference) -> str:
    """The words cited, else a sentence on what it is; never empty."""
    said = reference.words or reference.data.get("purpose") or reference.data.get("definition")
    return str(said or reference.description or f"{reference.genre}: {reference.title}")


def cautions(reference: Reference) -> list[str]:
    """Sentences on what must be known before its words are read: that it was retracted; that they are our summary."""
    return [
        f"{said[:1].upper()}{said[1:]}." for said in (reference.status, whose_paragraph(reference)) if said
    ]


def whose_paragraph(reference: Reference) -> str:
    """Paragraph 2: archive’s summary; empty where the words are the issuer's own."""
    said = {"number": reference.locator, "whose": reference.whose}
    return _("Paragraph %(number)s: %(whose)s") % said if reference.whose else ""


def told(reference: Reference) -> str:
    """The abstract for readers who are shown nothing else: before words cited, how they stand and whose they are.
    A description says the first itself."""
    first = cautions(reference) if reference.words else []
    return " ".join([*first, abstract(reference)])


# The edition as a file


def edition_file(reference: Reference) -> str:
    """The address of the whole edition as JSON, which never changes."""
    return f"{settings.SITE_URL}/{reference.pid.path}@{reference.edition.number}/?format=json"


def edition_size(reference: Reference) -> int:
    """Its length in bytes."""
    return len(reference.edition.as_file())
