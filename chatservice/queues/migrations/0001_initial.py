"""Queues of an area, and offers between its workers."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0001_initial"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("take_over", "Take Over"), ("beside", "Beside")], max_length=12)),
                ("epoch", models.IntegerField()),
                ("until", models.DateTimeField()),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="places.area")),
                (
                    "conversation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.conversation"),
                ),
                (
                    "from_worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "to_worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("conversation"), models.F("kind"), name="offer_one_at_a_time")
                ],
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=3)),
                ("name", models.CharField(blank=True, max_length=60)),
                (
                    "professions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), blank=True, default=list, size=None
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), blank=True, default=list, size=None
                    ),
                ),
                (
                    "overflow_minutes",
                    models.PositiveSmallIntegerField(
                        default=5, validators=[django.core.validators.MaxValueValidator(120)]
                    ),
                ),
                (
                    "cap",
                    models.PositiveIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("picking", models.BooleanField(default=False)),
                (
                    "overrun_minutes",
                    models.PositiveSmallIntegerField(
                        default=15, validators=[django.core.validators.MaxValueValidator(120)]
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                (
                    "mean_s",
                    models.FloatField(
                        default=1200.0, help_text="mean length of a talk, learned; no row per talk is kept"
                    ),
                ),
                ("talks", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.area")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("area"),
                        models.F("channel"),
                        models.F("language"),
                        condition=models.Q(("active", True), ("professions", []), ("topics", [])),
                        name="queue_one_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap", None), ("cap__gte", 1), _connector="OR"),
                        name="queue_cap_is_a_number_of_people",
                    ),
                    models.CheckConstraint(condition=models.Q(("mean_s__gt", 0)), name="queue_mean_is_a_time"),
                ],
            },
        ),
    ]
