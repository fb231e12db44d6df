"""Records and paragraphs that a reader collects in an address."""
