"""The codes of a talk that has ended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0002_school_calendar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TopicCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.DateField(help_text="the first day of the half-year: 1 January or 1 August")),
                ("channel", models.CharField(max_length=12)),
                ("topic", models.CharField(blank=True, max_length=24)),
                ("talks", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("area", "period", "channel", "topic"), name="topic_count_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WrapUp",
            fields=[
                ("conversation", models.UUIDField(primary_key=True, serialize=False)),
                ("channel", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=3)),
                ("closed", models.DateTimeField(help_text="minute-coarse, database clock")),
                (
                    "machine",
                    models.PositiveSmallIntegerField(help_text="the highest level that moderation came to, 0 to 3"),
                ),
                ("kinds", models.PositiveSmallIntegerField(help_text="the categories it named, one bit each")),
                ("topic", models.CharField(blank=True, max_length=24)),
                ("judged", models.PositiveSmallIntegerField(null=True)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("closed"), name="wrap_up_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("judged", None), ("judged__lte", 3), _connector="OR"), name="wrap_up_judged"
                    )
                ],
            },
        ),
    ]
