"""The index of wordings knows single words too: it is forgotten, and its next reader makes it anew."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Shingle", "Digest", "Wording", "Indexed"):
        apps.get_model("archive", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("archive", "0009_lexicon")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
