"""The index keeps marks, names and pairs otherwise: it is forgotten, and `manage.py rebuild_index` makes it anew."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from archive.search.engines import engine_of


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine = engine_of(schema_editor.connection.vendor)
    with schema_editor.connection.cursor() as cursor:
        engine.uninstall(cursor)
        engine.install(cursor)
    for name in ("Champion", "SearchText", "SearchEntry", "FacetSet", "Lexeme"):
        apps.get_model("archive", name).objects.all()._raw_delete(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("archive", "0010_index_words_anew")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
