"""What the archive promises about its addresses, and how that is measured."""
