"""The same facts in other forms."""
