"""What the registry tells packages above it, in the transaction in which it happens."""

from django.dispatch import Signal

records_changed = Signal()
"""Sent with `pids`, the ids of records that have a new edition or stand otherwise than before."""
