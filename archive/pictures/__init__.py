"""Pictures of the record: each is one object from which drawing, table, CSV and JSON are made.

A drawing whose marks are links is `role="group"` with a title and a description: `role="img"` would hide the links
from screen readers, since what is inside an image is presentational (WAI-ARIA 1.2, section 5.2.8).
"""
