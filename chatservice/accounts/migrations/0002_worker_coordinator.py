"""Coordinators: workers who edit hours, queues and the rota of their area."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more role; nobody has it until it is given."""

    dependencies: ClassVar = [("accounts", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(model_name="worker", name="coordinator", field=models.BooleanField(default=False)),
    ]
