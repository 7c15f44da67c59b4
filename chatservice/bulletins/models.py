"""Bulletins: drafts, which people write in, what is published, which nobody changes, and what was taken down again.

A draft is in no table that a public page reads. Published rows and withdrawals are added, never changed (the
application's database role has no right to).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics.models import Snapshot

FIGURES = 3


class Published(models.Model):
    """A bulletin as it went out: its words with the figures in them. `number` counts in its area from 1."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    day = models.DateField(help_text="when it went out, in Finland")
    names = ArrayField(models.CharField(max_length=16), size=FIGURES)
    words = models.JSONField(help_text="the words as they were written, by language")
    body = models.JSONField(help_text="by language: title, period, items, note")
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "number"], name="bulletin_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="bulletin_number_from_one"),
        )

    def __str__(self) -> str:
        return f"bulletin {self.number}"


class Reason(models.TextChoices):
    """Why a bulletin is withdrawn, as everybody may read it: none of them points at anybody."""

    MISTAKE = "mistake"
    WORDS = "words"
    EARLY = "early"


class Withdrawal(models.Model):
    """A published bulletin is taken down: its words are shown to nobody any more, its number stays."""

    bulletin = models.OneToOneField(Published, on_delete=models.PROTECT, related_name="withdrawal")
    day = models.DateField(help_text="when it was taken down, in Finland")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of bulletin {self.bulletin.number}"


class Draft(models.Model):
    """A bulletin that is being written; it ends with its publishing."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey(Published, on_delete=models.PROTECT, null=True, related_name="+")
    names = ArrayField(models.CharField(max_length=16), size=FIGURES, help_text="the three figures, in their order")
    words = models.JSONField(help_text="by language: title, and two sentences of each figure, in their order")
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"draft {self.pk}"
