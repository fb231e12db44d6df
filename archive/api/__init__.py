"""The read API: the site itself, described for programs."""
