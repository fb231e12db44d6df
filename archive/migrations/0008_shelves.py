import django.utils.timezone
from django.db import migrations, models

from registry import guards

GUARDS = [*guards.append_only("archive_shelf")]


def install(_apps, schema_editor):
    guards.install(schema_editor.connection, GUARDS)


def remove(_apps, schema_editor):
    guards.remove(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0007_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Shelf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=48, unique=True)),
                ('sha256', models.CharField(help_text='of the items, a line end and the title', max_length=64, unique=True)),
                ('items', models.CharField(max_length=6000)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name_plural': 'shelves',
            },
        ),
        migrations.RunPython(install, remove),
    ]
