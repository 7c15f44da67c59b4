"""How much comes in and gets through, what was counted of a school year, and the reports made of it.

Nothing here belongs to one contact; `Closing` alone does, for the six hours in which a talk's codes may be written.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from chatservice.accounts.models import Worker
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


class Book(models.Model):
    """A school year of an area: its catalogue, fixed by the first count, and up to which day its figures are closed."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    version = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    catalogue = models.TextField(help_text="the sets this year is counted in")
    closed_until = models.DateField(null=True, help_text="the last day of the latest frozen report")
    secret_check = models.BinaryField(null=True, help_text="tells the year's secret from any other, and nothing of it")
    ended = models.BooleanField(default=False, help_text="the last report is frozen, the secret destroyed")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "school_year"], name="book_once"),)

    def __str__(self) -> str:
        return f"book of {self.school_year}"


class Pending(models.Model):
    """A counter to be raised at night. No time, no key of a contact, and a random number for its place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    name = models.CharField(max_length=32, help_text="the set")
    cell = models.CharField(max_length=240)

    def __str__(self) -> str:
        return "a counter to be raised"


class Counter(models.Model):
    """How often a cell of a set was raised."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    name = models.CharField(max_length=32, help_text="the set")
    cell = models.CharField(max_length=240)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "school_year", "name", "cell"], name="counter_once"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.school_year}"


class Closing(models.Model):
    """What a closed talk itself tells, in classes, until its wrap-up is counted: six hours at most."""

    conversation = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    municipality = models.CharField(max_length=24)
    school = models.CharField(max_length=24, blank=True)
    channel = models.CharField(max_length=12)
    age = models.CharField(max_length=8)
    wait = models.CharField(max_length=8)
    length = models.CharField(max_length=8)
    weekday = models.CharField(max_length=8)
    hour = models.CharField(max_length=8)
    profession = models.CharField(max_length=16)
    thread = models.BooleanField(help_text="the first counted talk of its thread in this term")

    def __str__(self) -> str:
        return f"closing of {self.conversation}"


class Answerer(models.Model):
    """Who answered in a term at all, for the staff rule; how often is counted nowhere."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    term = models.CharField(max_length=8)
    profession = models.CharField(max_length=16)
    who = models.CharField(max_length=40, help_text="a worker's number, or one of a loaded file")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "school_year", "term", "profession", "who"], name="answerer_once"),
        )

    def __str__(self) -> str:
        return f"a {self.profession} of {self.school_year}"


class Applied(models.Model):
    """One row: the last day on which pending counters were applied."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="applied_one_row"),)

    def __str__(self) -> str:
        return f"applied on {self.day}"


class Node(models.Model):
    """A municipality or school of a school year. `own`: None until the first report with schools decides for good."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    code = models.CharField(max_length=60)
    parent = models.CharField(max_length=60, default="Total")
    name_fi = models.CharField(max_length=160)
    name_sv = models.CharField(max_length=160)
    pupils = models.PositiveIntegerField(null=True)
    own = models.BooleanField(null=True, help_text="a school that has figures of its own")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "school_year", "code"], name="node_once"),)

    def __str__(self) -> str:
        return self.code


class Report(models.Model):
    """A report on its way from draft to frozen; `states` holds its life. `tables` are rounded texts, never counts."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    plan = models.CharField(max_length=24)
    schools = models.BooleanField(default=False, help_text="with the tables of schools that the plan has")
    version = models.CharField(max_length=16)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=8, default="draft")
    reason = models.CharField(max_length=200, blank=True, help_text="why it is a draft again")
    progress = models.FloatField(default=0.0)
    step = models.CharField(max_length=80, blank=True)
    checker = models.UUIDField(null=True, help_text="which check may write its result")
    beat = models.DateTimeField(null=True, help_text="when the check last showed that it lives")
    tables = models.TextField(blank=True)
    basis = models.CharField(max_length=64, blank=True, help_text="digest of the counts the texts were made of")
    certificate = models.TextField(blank=True)
    withdrawn = models.PositiveIntegerField(default=0)
    note_fi = models.TextField(blank=True)
    note_sv = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    opening_hours = models.TextField(blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["area", "school_year"], name="report_by_year"),)

    def __str__(self) -> str:
        return f"report {self.plan} of {self.school_year}"


class Signature(models.Model):
    """Somebody has signed what was checked. The day, not the minute; the name stays in the audit."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="signatures")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "worker", "day"], name="signature_once_a_day"),)

    def __str__(self) -> str:
        return f"signature of {self.role}"


class Snapshot(models.Model):
    """A frozen report: every output is made of this text alone. Rows are added, never changed."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="snapshot")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    plan = models.CharField(max_length=24)
    frozen = models.DateField()
    hash = models.CharField(max_length=64, unique=True)
    body = models.TextField()

    def __str__(self) -> str:
        return f"snapshot {self.hash[:12]}"


class PublishedText(models.Model):
    """The one text of a cell, for ever. Rows are added, never changed."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField(max_length=9)
    cell = models.CharField(max_length=300, help_text="contacts|2026-2027|age=A13_15|period=autumn")
    text = models.CharField(max_length=12)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "school_year", "cell"], name="published_text_once"),)

    def __str__(self) -> str:
        return self.cell
