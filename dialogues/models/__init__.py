"""Standing things: who talks, and about what."""

from dialogues.models.country import Capital, Country, CountryKind, CountryName
from dialogues.models.dialogue import Dialogue, DialogueName, DialogueNote, Level, Membership, Track
from dialogues.models.minister import Distinction, Minister, MinisterName, NameOrder, Office, Tenure
from dialogues.models.topic import Topic

__all__ = [
    "Capital",
    "Country",
    "CountryKind",
    "CountryName",
    "Dialogue",
    "DialogueName",
    "DialogueNote",
    "Distinction",
    "Level",
    "Membership",
    "Minister",
    "MinisterName",
    "NameOrder",
    "Office",
    "Tenure",
    "Topic",
    "Track",
]
