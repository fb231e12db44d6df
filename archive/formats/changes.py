"""The log of changes as rows: the same flat mapping for page, JSON, JSON Lines and CSV."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.formats.rows import NUMBER, TEXT, Column, RowForm
from registry.models import Verb

MOMENT = "date-time"
COLUMNS = (
    Column("number", NUMBER, _("place in the log: the cursor from which to read on")),
    Column("when", MOMENT, _("when it was done (RFC 3339, UTC)")),
    Column("verb", TEXT, _("what was done"), Verb),
    Column("kind", TEXT, _("kind of the record")),
    Column("id", TEXT, _("permanent id of the record")),
    Column("path", TEXT, _("where the record stands today, or stood when it was taken away")),
    Column("edition", NUMBER, _("the record’s newest edition after it")),
    Column("note", TEXT, _("the public note")),
    Column("by", TEXT, _("the role that did it")),
)


def change_row(change: Any) -> dict[str, Any]:
    return {
        "number": change.pk,
        "when": change.at.isoformat(),
        "verb": change.verb,
        "kind": change.pid.kind,
        "id": change.pid_id,
        "path": f"/{change.pid.path}/",
        "edition": change.edition_number,
        "note": change.note,
        "by": change.role,
    }


CHANGES = RowForm("changes", COLUMNS, change_row)
