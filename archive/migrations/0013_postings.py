"""Bitmaps of entries by lexeme and mark. The index is forgotten, and `manage.py rebuild_index` makes it anew."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from archive.search.engines import engine_of


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine = engine_of(schema_editor.connection.vendor)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS archive_searchkeys")
        engine.uninstall(cursor)
        engine.install(cursor)
    for name in ("Champion", "SearchText", "SearchEntry", "FacetSet", "Lexeme"):
        apps.get_model("archive", name).objects.all()._raw_delete(schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0012_keys_beside_the_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='Block',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('used', models.PositiveIntegerField()),
                ('token', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='MarkPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lexeme', models.CharField(max_length=80)),
                ('block', models.PositiveIntegerField()),
                ('slots', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('block', 'lexeme'), name='mark_once_a_block')],
            },
        ),
        migrations.CreateModel(
            name='WordPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lexeme', models.CharField(max_length=80)),
                ('block', models.PositiveIntegerField()),
                ('slots', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lexeme', 'block'), name='word_once_a_block')],
            },
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
