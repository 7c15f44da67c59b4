"""The annual clock of an area: a school year that was begun, and its events."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chatservice.places.models import Area

TITLE_CHARACTERS = 120


class Year(models.Model):
    """A school year whose default rhythm was made: once, so that what was removed does not come back."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "school_year"], name="annual_year_once"),)

    def __str__(self) -> str:
        return f"clock of {self.school_year}"


class Event(models.Model):
    """Something to be done by a day. Of a known `kind` the words are the house's, unless people wrote their own."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    kind = models.CharField(max_length=24, blank=True, help_text="of the default rhythm; blank: the area's own")
    title = models.CharField(max_length=TITLE_CHARACTERS, blank=True)
    day = models.DateField()
    remind = models.DateField(null=True, help_text="when coordinators get a mail; null: never")
    told = models.DateField(null=True, help_text="when they got it")
    done = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(kind="", title=""), name="annual_event_named"),
            models.CheckConstraint(condition=Q(remind__isnull=True) | Q(remind__lte=F("day")), name="annual_remind"),
            models.UniqueConstraint(
                fields=["area", "school_year", "kind"], name="annual_kind_once", condition=~Q(kind="")
            ),
        )
        indexes = (models.Index("remind", name="annual_due", condition=Q(told__isnull=True, done__isnull=True)),)

    def __str__(self) -> str:
        return f"event {self.pk} of {self.school_year}"
