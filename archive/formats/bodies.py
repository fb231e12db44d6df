"""How the name of a body is written in forms whose readers take a comma for the end of a surname.

Zotero and others read “Ministry of Foreign Affairs of Japan” in such a form as a person named Japan, and divide a name
at its commas and semicolons. A comma at the end makes one name of it; signs that only look like commas and semicolons
keep what stands inside together. Forms that have a way to say that a name is a body’s (BibTeX’s braces, `literal` in
CSL-JSON, corporate names in MODS, a surname alone in Zotero RDF) need none of this.
"""

from __future__ import annotations

UNDIVIDING = str.maketrans({",": "\N{SINGLE LOW-9 QUOTATION MARK}", ";": "\N{FULLWIDTH SEMICOLON}"})


def one_keyword(name: str) -> str:
    """A keyword for lists that are divided at commas or semicolons, with neither inside."""
    return name.translate(UNDIVIDING)


def undivided(name: str) -> str:
    """The name as one: with a comma at its end, and none inside."""
    return f"{name.translate(UNDIVIDING)},"
