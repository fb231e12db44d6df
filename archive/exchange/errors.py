"""What is wrong with an exchange file, said so that it can be put right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class ExchangeError(Exception):
    """A fault at a place: file, record and field, with what to write instead."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{place}: {self.message}"
