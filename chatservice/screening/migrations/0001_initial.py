"""The first tables of the room."""

import django.contrib.postgres.fields
import django.core.validators
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
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.DateField()),
                ("category", models.CharField(blank=True, max_length=12)),
                ("machine", models.PositiveSmallIntegerField()),
                ("judged", models.SmallIntegerField()),
                ("talks", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "period", "category", "machine", "judged"), name="agreement_counter_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                (
                                    "",
                                    "all",
                                    "suicide",
                                    "self_harm",
                                    "violence",
                                    "sexual",
                                    "eating",
                                    "substance",
                                    "acute",
                                    "threat",
                                ),
                            )
                        ),
                        name="agreement_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judged__gte", -1), ("judged__lte", 3), ("machine__lte", 3)),
                        name="agreement_levels",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        max_length=50,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9]+(-[a-z0-9]+)*\\Z", "Use small letters, digits and single hyphens."
                            )
                        ],
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("phrase", models.CharField(max_length=80)),
                ("level", models.PositiveSmallIntegerField()),
                ("category", models.CharField(max_length=12)),
                (
                    "examples_match",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None),
                ),
                (
                    "examples_not",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), blank=True, default=list, size=None
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("area", "key", "version"), name="term_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")), name="term_key"
                    ),
                    models.CheckConstraint(condition=models.Q(("level__in", (1, 2, 3))), name="term_level"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                (
                                    "suicide",
                                    "self_harm",
                                    "violence",
                                    "sexual",
                                    "eating",
                                    "substance",
                                    "acute",
                                    "threat",
                                ),
                            )
                        ),
                        name="term_category",
                    ),
                ],
            },
        ),
    ]
