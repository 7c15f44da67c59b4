"""The first tables of the room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrivals", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("turned_away", models.PositiveIntegerField(default=0)),
                ("queue_id", models.BigIntegerField(default=0)),
                ("channel", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=3)),
                ("day", models.DateField()),
                ("band", models.PositiveSmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "channel", "language", "day", "band", "queue_id"), name="load_counter_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("band__lt", 12)), name="load_counter_band"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoadProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arrivals", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("turned_away", models.PositiveIntegerField(default=0)),
                ("channel", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=3)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("band", models.PositiveSmallIntegerField()),
                ("weeks", models.PositiveIntegerField(default=0)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "channel", "language", "weekday", "band"), name="load_profile_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("band__lt", 12), ("weekday__lt", 7)), name="load_profile_band"
                    ),
                ],
            },
        ),
    ]
