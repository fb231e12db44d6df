"""Data entry for dated things, by noun."""

from meetings.admin import commitments, meetings, statements

__all__ = ["commitments", "meetings", "statements"]
