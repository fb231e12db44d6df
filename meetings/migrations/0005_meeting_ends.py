from importlib import import_module

from django.db import migrations, models
from django.db.models.functions import Length, Substr
from django.db.models.lookups import GreaterThanOrEqual

guards = import_module("meetings.migrations.0003_guards")
NOT_BEFORE = GreaterThanOrEqual(
    Substr('end', 1, Length('start')),
    Substr('start', 1, Length('end')),
)


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0004_alongside'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_ends_after_start',
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), models.Q(('start__isnull', False), NOT_BEFORE), _connector='OR'), name='meeting_ends_after_start', violation_error_message='A meeting ends on or after its first day.'),
        ),
        # SQLite rebuilds a table for a constraint, and its triggers go with the old one.
        migrations.RunPython(guards.install, migrations.RunPython.noop),
    ]
