"""The whole wrap-up: what its professional says besides the topic, and what its entrance tells."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_school_calendar"),
        ("wrapup", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="wrapup",
            name="age",
            field=models.CharField(db_default="AUNK", help_text="AGE of whom it is about", max_length=8),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="chosen",
            field=models.CharField(db_default="", help_text="the topic its visitor chose at first", max_length=24),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="municipality",
            field=models.CharField(db_default="unknown", help_text="code, or the word unknown", max_length=7),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="outcomes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                db_default=[],
                help_text="OUTCOME, main first",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="placed",
            field=models.BooleanField(db_default=False, help_text="the municipality is the entrance's own"),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="risk_kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                db_default=[],
                help_text="RISKTYPE, from a concern on",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="role",
            field=models.CharField(db_default="R_UNK", help_text="ROLE of who wrote", max_length=8),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="school",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.school"
            ),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="sides",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=24), db_default=[], help_text="up to two other topics", size=None
            ),
        ),
        migrations.AddField(
            model_name="wrapup",
            name="stage",
            field=models.CharField(db_default="S_UNK", help_text="STAGE of that person", max_length=8),
        ),
    ]
