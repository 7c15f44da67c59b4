"""The codes of a talk that has ended. They live six hours at most, then they are counted and gone.

No key ties them to the conversation's row, which may end before them (an area may keep words for no time at all).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chatservice.accounts.models import Worker
from chatservice.places.models import Area, School

# Three digits, or this word: nobody knows, and nobody asked for the sake of statistics.
UNKNOWN_PLACE = "unknown"


class WrapUp(models.Model):
    """One talk's codes: what moderation came to, and what its professional says. `judged` None: not said yet.

    What the talk itself tells (wait, length, who answered) is kept by statistics, as classes.
    Codes are those of `content/data/taxonomy.json`; an empty one says that nothing is known.
    """

    conversation = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    closed = models.DateTimeField(help_text="minute-coarse, database clock")
    machine = models.PositiveSmallIntegerField(help_text="the highest level that moderation came to, 0 to 3")
    kinds = models.PositiveSmallIntegerField(help_text="the categories it named, one bit each")
    topic = models.CharField(max_length=24, blank=True)
    judged = models.PositiveSmallIntegerField(null=True)
    # What the professional says besides. Defaults in the database: a process of the version before this one still
    # opens wrap-ups while a new one serves.
    sides = ArrayField(models.CharField(max_length=24), db_default=[], help_text="up to two other topics")
    outcomes = ArrayField(models.CharField(max_length=12), db_default=[], help_text="OUTCOME, main first")
    risk_kinds = ArrayField(models.CharField(max_length=12), db_default=[], help_text="RISKTYPE, from a concern on")
    role = models.CharField(max_length=8, db_default="R_UNK", help_text="ROLE of who wrote")
    age = models.CharField(max_length=8, db_default="AUNK", help_text="AGE of whom it is about")
    stage = models.CharField(max_length=8, db_default="S_UNK", help_text="STAGE of that person")
    # What the entrance tells; without it the professional may name the municipality, never a school.
    municipality = models.CharField(max_length=7, db_default=UNKNOWN_PLACE, help_text="code, or the word unknown")
    placed = models.BooleanField(db_default=False, help_text="the municipality is the entrance's own")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    chosen = models.CharField(max_length=24, db_default="", help_text="the topic its visitor chose at first")

    class Meta:
        indexes = (models.Index("closed", name="wrap_up_due"),)
        constraints = (models.CheckConstraint(condition=Q(judged=None) | Q(judged__lte=3), name="wrap_up_judged"),)

    def __str__(self) -> str:
        return f"wrap-up of {self.conversation}"


class TopicCount(models.Model):
    """How many talks of an area and channel had a main topic, by half-year; for professionals, not for publication."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period = models.DateField(help_text="the first day of the half-year: 1 January or 1 August")
    channel = models.CharField(max_length=12)
    topic = models.CharField(max_length=24, blank=True)
    talks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "period", "channel", "topic"], name="topic_count_once"),)

    def __str__(self) -> str:
        return f"topics of {self.period}"
