"""Pure Python that the archive rests on: ids, dates, canonical JSON, differences, text."""
