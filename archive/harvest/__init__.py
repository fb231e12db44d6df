"""What other archives and programs follow us by: OAI-PMH, feeds, calendars, sitemaps, Memento."""
