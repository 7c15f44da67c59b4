"""Hours of each queue, and the days on which they do not hold."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from chatservice.hours.problems import problems
from chatservice.hours.rules import LONGEST
from chatservice.places.models import CHANNELS, LANGUAGES, Area, Municipality, Stage

REASON = 120


def refuse_what_is_no_hours(value: str) -> None:
    """Raise ValidationError, in the reader's language and with the fix, for text that no door could follow."""
    language = (get_language() or "fi")[:2]
    language = language if language in LANGUAGES else "fi"
    for problem in problems(value):
        if problem.blocks:
            raise ValidationError(
                f"{problem.text(language=language)} {problem.fix(language=language)}".strip(), code=problem.code
            )


class Hours(models.Model):
    """When a channel answers in a language, in the OSM syntax. School holidays are the town's, else the area's."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="hours")
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    expression = models.TextField(validators=[MaxLengthValidator(LONGEST), refuse_what_is_no_hours])
    town = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.BASIC)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "channel", "language"], name="hours_once"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="hours_channel"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="hours_language"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="hours_stage"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.language}"


class ExceptionDay(models.Model):
    """Days, the last one included, on which the hours do not hold; closed without `opens`. Blank: every one."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="exception_days")
    channel = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=2, blank=True)
    first = models.DateField()
    last = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    reason_fi = models.CharField(max_length=REASON)
    reason_sv = models.CharField(max_length=REASON)
    reason_en = models.CharField(max_length=REASON)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="exception_first_before_last"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(opens__isnull=False, closes__isnull=False),
                name="exception_opens_with_closes",
            ),
            models.CheckConstraint(condition=Q(channel__in=["", *CHANNELS]), name="exception_channel"),
            models.CheckConstraint(condition=Q(language__in=["", *LANGUAGES]), name="exception_language"),
        )
        indexes = (models.Index(fields=["area", "first"], name="exception_by_area"),)

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"
