"""The audit's only table. Its rows are inserted and read, never changed."""

from __future__ import annotations

from django.db import models

from chatservice.audit.actions import Action


class Entry(models.Model):
    """One act. `n` has no gaps; `time` is the database's, to the minute; no names, no text.

    `area` and `actor` are numbers without foreign keys: the record outlives what it tells of.
    """

    n = models.BigIntegerField(primary_key=True)
    time = models.DateTimeField()
    area = models.BigIntegerField(null=True)
    actor = models.BigIntegerField(null=True)
    action = models.CharField(max_length=40, choices=Action.choices)
    object = models.CharField(max_length=80)
    prev = models.BinaryField(unique=True)
    mac = models.BinaryField(unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(n__gte=1), name="entry_n_from_one"),
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="entry_action_known"),
        )
        indexes = (models.Index(fields=["area", "n"], name="entry_by_area"),)

    def __str__(self) -> str:
        return f"{self.n} {self.action}"
