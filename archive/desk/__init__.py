"""The editors' desk: what comes in from spreadsheets."""
