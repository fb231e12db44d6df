"""What researchers ask of the archive, and what it must answer."""
