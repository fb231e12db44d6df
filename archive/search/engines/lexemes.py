"""How a lexeme that is stored already takes more entries: the same SQL on both databases."""

KEPT, MORE = "archive_lexeme.spelling", "excluded.spelling"
ADDED = (
    " ON CONFLICT (lexeme) DO UPDATE SET entries = archive_lexeme.entries + excluded.entries,"
    f" spelling = CASE WHEN {MORE} <> '' AND ({KEPT} = '' OR length({MORE}) < length({KEPT})"
    f" OR length({MORE}) = length({KEPT}) AND {MORE} < {KEPT}) THEN {MORE} ELSE {KEPT} END"
)
"""Of spellings the shortest stays, of those the first by its letters, whichever text comes first."""
