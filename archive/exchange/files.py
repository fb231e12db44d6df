"""The whole archive as files: a file a dialogue, the texts of statements beside it, and the ledger."""

from __future__ import annotations

from pathlib import Path

from archive.exchange import ledger, lexicon, markdown
from archive.exchange.export import Exporter
from archive.exchange.notation import write

HEADINGS = {
    "sources": "Sources",
    "lexicon": "The lexicon of verbs: families, ranks (1 the weakest), forms as printed",
    "countries": "Countries, and organizations that sit as one",
    "topics": "Topics",
    "ministers": "Ministers, their names and offices",
}
LEDGER = "ledger"


def export(folder: Path, *, form: str = "yaml", public: bool = False) -> list[Path]:
    """Write the whole archive below the folder; the files written. `form` is yaml or json."""
    exporter = Exporter(public=public)
    written = [write(folder, "sources", {"sources": exporter.sources()}, HEADINGS["sources"], form)]
    if families := lexicon.exported():
        written.append(write(folder, "lexicon", {"lexicon": families}, HEADINGS["lexicon"], form))
    for section, records in exporter.standing():
        written.append(write(folder, section, {section: records}, HEADINGS[section], form))
    for code, sections in exporter.dialogues():
        for statement in sections["statements"]:
            written += markdown.take_out(statement, folder)
        full = {name: content for name, content in sections.items() if content}
        written.append(write(folder, f"dialogues/{code}", full, sections["dialogue"]["name"], form))
    ledger.write(folder / LEDGER, public=public)
    return written
