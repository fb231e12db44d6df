"""The index of wordings knows the JSON of editions as it is sent: it is forgotten, and its next reader makes it anew."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Shingle", "Digest", "Wording", "Indexed"):
        apps.get_model("archive", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("archive", "0013_postings")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
