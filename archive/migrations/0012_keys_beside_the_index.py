"""SQLite keeps the keys of entries' marks beside its index, as PostgreSQL does: those of what is indexed are copied."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from archive.search.engines import sqlite


def copy(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        sqlite.install_keys(cursor)
        cursor.execute(
            f"INSERT OR IGNORE INTO {sqlite.KEYS} SELECT id, place_id, subject_id FROM archive_searchentry ORDER BY id"
        )


class Migration(migrations.Migration):
    dependencies = [("archive", "0011_search_faster")]
    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
