"""How much comes in and gets through, by queue and two-hour band. Nothing here belongs to one contact."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chatservice.places.models import Area

BANDS = 12  # of two hours each, wall time in Finland


class Counts(models.Model):
    """What is counted."""

    arrivals = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    turned_away = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class LoadCounter(Counts):
    """The counters of one queue in one band of one day. `queue_id` 0: no queue (the door turned them away)."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    queue_id = models.BigIntegerField(default=0)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    day = models.DateField()
    band = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "channel", "language", "day", "band", "queue_id"], name="load_counter_once"
            ),
            models.CheckConstraint(condition=Q(band__lt=BANDS), name="load_counter_band"),
        )

    def __str__(self) -> str:
        return f"load of {self.day} band {self.band}"


class LoadProfile(Counts):
    """The sums of days long past, by weekday (0 = Monday) and band; `weeks` tells over how many days they run."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    weekday = models.PositiveSmallIntegerField()
    band = models.PositiveSmallIntegerField()
    weeks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "channel", "language", "weekday", "band"], name="load_profile_once"
            ),
            models.CheckConstraint(condition=Q(band__lt=BANDS, weekday__lt=7), name="load_profile_band"),
        )

    def __str__(self) -> str:
        return f"load of weekday {self.weekday} band {self.band}"
