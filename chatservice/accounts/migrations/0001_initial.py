"""Workers, socket tickets and the count of sign-in tries."""

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The room's first tables."""

    initial = True
    dependencies: ClassVar = [("places", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("display_name", models.CharField(max_length=60)),
                (
                    "profession",
                    models.CharField(
                        choices=[
                            ("curator", "Curator"),
                            ("psychologist", "Psychologist"),
                            ("nurse", "Nurse"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("language", models.CharField(default="fi", max_length=2)),
                ("is_active", models.BooleanField(default=True)),
                ("totp_step", models.BigIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workers",
                        to="places.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SocketTicket",
            fields=[
                ("hash", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("session_key", models.CharField(max_length=40)),
                ("expires", models.DateTimeField(db_index=True)),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tickets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="worker_email_any_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 1), ("capacity__lte", 5)),
                name="worker_capacity_1_to_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=models.CheckConstraint(
                condition=models.Q(("profession__in", ["curator", "psychologist", "nurse"])),
                name="worker_profession_known",
            ),
        ),
    ]
