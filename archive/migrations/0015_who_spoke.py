"""A minister marks what they said, not all that was said where they were, and is marked by the beginnings of names in
Chinese characters: the index is forgotten, and `manage.py rebuild_index` makes it anew."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from archive.search.engines import engine_of


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine = engine_of(schema_editor.connection.vendor)
    with schema_editor.connection.cursor() as cursor:
        engine.uninstall(cursor)
        engine.install(cursor)
    index = ("Champion", "SearchText", "SearchEntry", "FacetSet", "Lexeme")
    for name in (*index, "Block", "MarkPosting", "WordPosting"):
        apps.get_model("archive", name).objects.all()._raw_delete(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("archive", "0014_index_files_too")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
