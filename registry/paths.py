"""Which public paths may exist: their form and the first segments the site keeps for itself."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 255
SEGMENT = r"[a-z0-9]+(?:-[a-z0-9]+)*"
PATH = re.compile(rf"{SEGMENT}(?:/{SEGMENT})*")

RECORD_ROOMS = frozenset({"commitments", "countries", "ministers", "topics"})
"""First segments under which the site lists records and records stand."""

RESERVED = frozenset(
    {
        "about",
        "admin",
        "api",
        "ark",
        "card",
        "changes",
        "compare",
        "data",
        "desk",
        "dialogues",
        "embed",
        "feeds",
        "files",
        "harvest",
        "id",
        "integrity",
        "lexicon",
        "meetings",
        "oai",
        "oembed",
        "offices",
        "phrases",
        "on-this-day",
        "pictures",
        "preview",
        "promises",
        "robots-txt",
        "search",
        "shelf",
        "sitemap",
        "static",
        "statements",
        "styleguide",
        "timegate",
        "timemap",
        "unapi",
        "verify",
        "years",
    }
)
"""First segments no record may take."""

RESERVED_LAST = frozenset({"attendance", "chain", "history", "language", "statements", "undated"})
"""Segments that name a view of a record, never a record."""


def check_path(path: str) -> None:
    """Raise ValidationError, under the name `path`, where no record may stand at this path."""
    segments = path.split("/")
    if len(path) > MAX_LENGTH or not PATH.fullmatch(path):
        message = _(
            "“%(path)s” is not a path: lower-case letters, digits and single hyphens between slashes."
        )
    elif segments[0] in RESERVED:
        message = _("“%(path)s” begins with a word the site keeps for itself.")
    elif segments[-1] in RESERVED_LAST or (segments[0] in RECORD_ROOMS and len(segments) == 1):
        message = _("“%(path)s” is the address of a view, not of a record.")
    else:
        return
    raise ValidationError({"path": message % {"path": path}})
