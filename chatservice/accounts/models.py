"""Workers (professionals), their socket tickets and the count of sign-in tries."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from chatservice.places.models import Area


class Profession(models.TextChoices):
    """The three professions of student welfare who answer."""

    CURATOR = "curator"
    PSYCHOLOGIST = "psychologist"
    NURSE = "nurse"


class WorkerManager(BaseUserManager["Worker"]):
    """Makes and finds workers; an address is one account in any letter case."""

    def create_worker(self, *, email: str, password: str, area: Area, **details: Any) -> Worker:
        """A new worker with a hashed password. Raises IntegrityError on a taken address."""
        worker = self.model(email=email.strip().lower(), area=area, **details)
        worker.set_password(password)
        worker.save(using=self._db)
        return worker

    def get_by_natural_key(self, username: str | None) -> Worker:
        """The worker who signs in by this address."""
        return self.get(email=(username or "").strip().lower())


class Worker(AbstractBaseUser):
    """A professional who answers young people and parents of one area."""

    email = models.EmailField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="workers")
    display_name = models.CharField(max_length=60)
    profession = models.CharField(max_length=16, choices=Profession.choices, blank=True)
    capacity = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1), MaxValueValidator(5)])
    language = models.CharField(max_length=2, default="fi")
    is_active = models.BooleanField(default=True)
    coordinator = models.BooleanField(default=False)
    statistician = models.BooleanField(default=False, db_default=False)
    reader = models.BooleanField(
        default=False, db_default=False, help_text="a member of the steering group: reports only"
    )
    totp_step = models.BigIntegerField(default=0)

    objects: ClassVar[WorkerManager] = WorkerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name", "profession"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="worker_email_any_case"),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=5), name="worker_capacity_1_to_5"),
            models.CheckConstraint(
                condition=Q(profession__in=Profession.values) | Q(profession="", reader=True),
                name="worker_profession_known",
            ),
            # Who only reads reports has no other right: no duty, no queue, no draft.
            models.CheckConstraint(
                condition=Q(reader=False) | Q(coordinator=False, statistician=False), name="worker_reader_only_reads"
            ),
        ]

    def __str__(self) -> str:
        return f"worker {self.pk}"


class SocketTicket(models.Model):
    """A one-time right to open a socket; only the ticket's SHA-256 is kept."""

    hash = models.BinaryField(primary_key=True, max_length=32)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="tickets")
    session_key = models.CharField(max_length=40)
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"ticket of worker {self.worker_id}"


class Attempt(models.Model):
    """Tries left for one account and purpose; the key is a keyed hash, never an address."""

    key = models.BinaryField(primary_key=True, max_length=32)
    tokens = models.FloatField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return "sign-in tries"
