"""The audit's table, whose rows are inserted and read, never changed, and the list of acts that it may name."""

from __future__ import annotations

from django.db import models


class Act(models.Model):
    """An act that may be recorded: a row for each `Action`, added by every migrate and never taken away.

    The database refuses an entry of any other act, by a foreign key that the migration makes by hand: `Entry.action`
    stays the plain word that its seal covers.
    """

    name = models.CharField(primary_key=True, max_length=40)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One act. `n` has no gaps; `time` is the database's, to the minute; no names, no text.

    `area` and `actor` are numbers without foreign keys: the record outlives what it tells of.
    """

    n = models.BigIntegerField(primary_key=True)
    time = models.DateTimeField()
    area = models.BigIntegerField(null=True)
    actor = models.BigIntegerField(null=True)
    action = models.CharField(max_length=40)
    object = models.CharField(max_length=80)
    prev = models.BinaryField(unique=True)
    mac = models.BinaryField(unique=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(n__gte=1), name="entry_n_from_one"),)
        indexes = (models.Index(fields=["area", "n"], name="entry_by_area"),)

    def __str__(self) -> str:
        return f"{self.n} {self.action}"
