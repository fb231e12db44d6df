"""The whole archive as files: tables, records, and what their columns mean."""
