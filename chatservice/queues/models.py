"""Queues as an area configures them, and what is offered from one worker to another."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from chatservice.queues.estimate import TALK_S


class Queue(models.Model):
    """One queue: by default one for each channel and language; empty professions and topics take everybody."""

    area = models.ForeignKey("places.Area", on_delete=models.PROTECT)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    name = models.CharField(max_length=60, blank=True)
    professions = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    overflow_minutes = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(120)])
    cap = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    picking = models.BooleanField(default=False)
    overrun_minutes = models.PositiveSmallIntegerField(default=15, validators=[MaxValueValidator(120)])
    active = models.BooleanField(default=True)
    mean_s = models.FloatField(default=TALK_S, help_text="mean length of a talk, learned; no row per talk is kept")
    talks = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "area",
                "channel",
                "language",
                name="queue_one_plain",
                condition=Q(professions=[], topics=[], active=True),
            ),
            models.CheckConstraint(condition=Q(cap=None) | Q(cap__gte=1), name="queue_cap_is_a_number_of_people"),
            models.CheckConstraint(condition=Q(mean_s__gt=0), name="queue_mean_is_a_time"),
        ]

    def __str__(self) -> str:
        return f"queue {self.pk}"


class Offer(models.Model):
    """A talk offered to a colleague (take over, or sit beside); live only, deleted when it is answered or too old.

    The talk stays with its owner until the offer is accepted; the note lies sealed in the talk's stream of notes.
    """

    class Kind(models.TextChoices):
        """What is asked of the colleague."""

        TAKE_OVER = "take_over"
        BESIDE = "beside"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey("places.Area", on_delete=models.CASCADE)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=Kind)
    from_worker = models.ForeignKey("accounts.Worker", on_delete=models.CASCADE, related_name="+")
    to_worker = models.ForeignKey("accounts.Worker", on_delete=models.CASCADE, related_name="+")
    epoch = models.IntegerField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("conversation", "kind", name="offer_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
