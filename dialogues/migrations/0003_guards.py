"""Triggers that keep public records from being deleted."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from registry import guards

TABLES = ("dialogues_country", "dialogues_dialogue", "dialogues_minister", "dialogues_topic")
GUARDS = [guard for table in TABLES for guard in guards.record_guards(table)]


def install(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(schema_editor.connection, GUARDS)


def remove(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards.remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0002_initial"), ("registry", "0002_guards")]
    operations = [migrations.RunPython(install, remove)]
