"""Holding what somebody cites against the record: quotations, footnotes, files."""
