"""Data in and out: the archive's own exchange format."""
