from django.db import migrations, models
from django.db.models.functions import Length, Substr
from django.db.models.lookups import GreaterThanOrEqual

NOT_BEFORE = GreaterThanOrEqual(
    Substr('end', 1, Length('start')),
    Substr('start', 1, Length('end')),
)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0006_name_order'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='tenure',
            name='tenure_ends_after_start',
        ),
        migrations.AddConstraint(
            model_name='tenure',
            constraint=models.CheckConstraint(condition=models.Q(('start__isnull', True), ('end__isnull', True), NOT_BEFORE, _connector='OR'), name='tenure_ends_after_start', violation_error_message='The end of a tenure lies before its start.'),
        ),
    ]
