"""The rota, who is on duty now, which queues somebody serves, and the key to their calendar."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from chatservice.accounts.models import Worker
from chatservice.places.models import Area

CAPACITY = range(1, 6)


class Shift(models.Model):
    """A planned shift of one worker. No queues named: all those the worker serves."""

    class State(models.TextChoices):
        """A shift given up is nobody's until taken over; one open for swap stays its worker's until then."""

        PLANNED = "planned"
        GIVEN_UP = "given_up"
        OPEN_FOR_SWAP = "open_for_swap"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="shifts")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    queues = ArrayField(models.BigIntegerField(), default=list, blank=True)
    pair_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="pairs")
    substitute_for = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=16, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=~Q(pair_of=F("id")), name="shift_no_pair_of_itself"),
        )
        indexes = (
            models.Index(fields=["area", "starts"], name="shift_by_area"),
            models.Index(fields=["worker", "starts"], name="shift_by_worker"),
        )

    def __str__(self) -> str:
        return f"shift {self.pk}"


class OnDuty(models.Model):
    """A worker who is on duty now; the row goes when duty ends, so that no record of working hours grows.

    `until`: the planned end. `stop_taking_at`: from then on no new talks. `lease_until`: renewed by the desk's socket.
    """

    worker = models.OneToOneField(Worker, on_delete=models.CASCADE, primary_key=True, related_name="on_duty")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    shift = models.ForeignKey(Shift, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    capacity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    paused = models.BooleanField(default=False)
    pause_reason = models.CharField(max_length=16, blank=True)
    pause_until = models.DateTimeField(null=True)
    accepting = models.BooleanField(default=True)
    stop_taking_at = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)
    lease_until = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=5), name="on_duty_capacity_1_to_5"),
        )
        indexes = (models.Index(fields=["area"], name="on_duty_by_area"),)

    def __str__(self) -> str:
        return f"worker {self.worker_id} on duty"


class Serves(models.Model):
    """A queue that a worker serves; a worker without any row serves all queues of the area."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="serves")
    queue_id = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["worker", "queue_id"], name="serves_once"),)

    def __str__(self) -> str:
        return f"worker {self.worker_id} serves queue {self.queue_id}"


class CalendarFeed(models.Model):
    """The key to a worker's own rota as a calendar; only its SHA-256 is kept."""

    worker = models.OneToOneField(Worker, on_delete=models.CASCADE, primary_key=True, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"calendar of worker {self.worker_id}"
