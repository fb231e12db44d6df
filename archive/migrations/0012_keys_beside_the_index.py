"""SQLite once kept keys of entries' marks beside its index; what 0013 keeps takes their place."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("archive", "0011_search_faster")]
    operations = []
