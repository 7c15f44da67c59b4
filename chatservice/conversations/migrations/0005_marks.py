"""What the lines of a talk were marked with, kept as codes beside its risk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0004_pause"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="marked_kinds",
            field=models.SmallIntegerField(db_default=0, help_text="the categories of its lines, one bit each"),
        ),
        migrations.AddField(
            model_name="conversation",
            name="marked_level",
            field=models.SmallIntegerField(
                db_default=0, help_text="the highest level of any line, whatever was judged"
            ),
        ),
    ]
