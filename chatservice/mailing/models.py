"""Outgoing mail to workers. There is no column for a text: what a mail says is made from code, numbers and a time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """One mail to one worker. `queued` is summed up with later ones; `trying` was tried or is just being tried."""

    class Template(models.TextChoices):
        """What is told."""

        URGENT = "urgent"
        CLOCK = "clock"

    class State(models.TextChoices):
        """How far it has come; `dropped`: the recipient is no coordinator any more."""

        QUEUED = "queued"
        TRYING = "trying"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    worker = models.ForeignKey("accounts.Worker", on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=16, choices=Template)
    language = models.CharField(max_length=3)
    count = models.PositiveIntegerField(help_text="how many it is about")
    since = models.DateTimeField(help_text="the earliest of them, minute-coarse")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(help_text="not before this moment, database clock")
    moved = models.DateTimeField(help_text="the last change of its state, database clock")

    class Meta:
        constraints = [
            models.UniqueConstraint("worker", "template", name="mail_one_queued", condition=Q(state="queued")),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "trying", "sent", "failed", "dropped"]), name="mail_state_known"
            ),
        ]
        indexes = [models.Index("due", name="mail_due", condition=Q(state__in=["queued", "trying"]))]

    def __str__(self) -> str:
        return f"mail {self.pk}"
