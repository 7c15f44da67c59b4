"""What an area adds to the rules, version by version, and how well the marks agreed with the professionals."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chatservice.moderation.verdict import CATEGORIES
from chatservice.places.models import SLUG, Area, valid_slug

PHRASE_CHARACTERS = 80
EXAMPLE_CHARACTERS = 300
NO_CATEGORY, EVERY_TALK = "", "all"
UNKNOWN = -1


class AreaTerm(models.Model):
    """One version of an area's phrase, never changed: of each key the newest version holds, unless it is not active.

    Phrase and examples are the coordinator's own words.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=50, validators=[valid_slug])
    version = models.PositiveIntegerField()
    phrase = models.CharField(max_length=PHRASE_CHARACTERS)
    level = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=12)
    examples_match = ArrayField(models.CharField(max_length=EXAMPLE_CHARACTERS))
    examples_not = ArrayField(models.CharField(max_length=EXAMPLE_CHARACTERS), default=list, blank=True)
    active = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "key", "version"], name="term_version_once"),
            models.CheckConstraint(condition=Q(key__regex=f"^{SLUG}$"), name="term_key"),
            models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="term_level"),
            models.CheckConstraint(condition=Q(category__in=CATEGORIES), name="term_category"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Agreement(models.Model):
    """How many talks of a half-year had these two levels. A counter: nothing here belongs to one talk."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period = models.DateField()
    category = models.CharField(max_length=12, blank=True)
    machine = models.PositiveSmallIntegerField()
    judged = models.SmallIntegerField()
    talks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "period", "category", "machine", "judged"], name="agreement_counter_once"
            ),
            models.CheckConstraint(
                condition=Q(category__in=(NO_CATEGORY, EVERY_TALK, *CATEGORIES)), name="agreement_category"
            ),
            models.CheckConstraint(
                condition=Q(machine__lte=3, judged__gte=UNKNOWN, judged__lte=3), name="agreement_levels"
            ),
        )

    def __str__(self) -> str:
        return f"agreement of {self.period}"
