"""The fingerprint of the key directory."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """First schema of the vault."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("fingerprint", models.BinaryField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="keycheck_one_row")],
            },
        ),
    )
