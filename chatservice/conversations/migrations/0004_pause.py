"""A professional may let a visitor's writing rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0003_urgent"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="paused_until",
            field=models.DateTimeField(help_text="live: a visitor's writing rests; words of danger pass", null=True),
        ),
    ]
