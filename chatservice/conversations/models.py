"""Threads, conversations, participants and the event log.

Times that a visitor causes are minute-coarse; seconds live only in the live columns (`called_until`, `held_until`,
`lease_until`), which are nulled when the conversation closes. What people wrote is in `Event.payload` alone, sealed by
the vault before it reaches SQL.
"""

import uuid

from django.db import models
from django.db.models import Q

from chatservice.conversations.payload import Kind, Side, Stream
from chatservice.conversations.risk import Risk
from chatservice.conversations.states import State


class Role(models.TextChoices):
    """In which part somebody is in a conversation."""

    VISITOR = "visitor"
    PROFESSIONAL = "professional"
    COLLEAGUE = "colleague"
    SUPERVISOR = "supervisor"


class Thread(models.Model):
    """One visitor's coming and coming back: owns the return code, has one or many conversations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT)
    begun = models.DateTimeField(help_text="minute-coarse, database clock")
    code_hash = models.BinaryField(null=True, unique=True, help_text="scrypt of the return code and the pepper")
    code_until = models.DateTimeField(null=True, help_text="minute-coarse; none while a conversation is open")
    voucher_for = models.DateTimeField(null=True, help_text="the opening for which an early place was given")
    counted_term = models.CharField(max_length=20, blank=True, db_default="", help_text="counted already in this term")
    missed_on = models.DateField(null=True, help_text="the day for which an attempt without answer was counted")

    def __str__(self) -> str:
        return f"thread {self.id}"


class Conversation(models.Model):
    """One talk from its entrance to its close; `states` holds its life cycle, `claim_epoch` fences old claims."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE)
    host = models.ForeignKey("places.Host", on_delete=models.PROTECT)
    form = models.CharField(max_length=12, default="chat")
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    age_band = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, default=State.QUEUED)
    risk = models.SmallIntegerField(default=0)
    ticket = models.BigIntegerField(unique=True)
    queue = models.ForeignKey("queues.Queue", null=True, on_delete=models.PROTECT)
    # Defaults in the database: a process of the version before this one still inserts while a new one serves.
    wish = models.CharField(max_length=16, blank=True, db_default="")
    topic = models.CharField(max_length=16, blank=True, db_default="")
    rating = models.CharField(max_length=12, blank=True, db_default="")
    credit = models.BooleanField(db_default=False)
    requeued = models.BooleanField(default=False)
    claim_epoch = models.IntegerField(default=0)
    last_seq = models.IntegerField(default=0)
    last_note = models.IntegerField(default=0)
    key_day = models.DateField()
    wrapped_key = models.BinaryField(null=True)
    entered = models.DateTimeField(help_text="minute-coarse, database clock")
    closed = models.DateTimeField(null=True, help_text="minute-coarse, database clock")
    closed_by = models.CharField(max_length=24, blank=True)
    counted = models.BooleanField(default=False)
    called_until = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    arrived = models.DateTimeField(null=True, help_text="live: the moment the order counts from")
    order_key = models.DateTimeField(null=True, help_text="live: arrival minus head start, see queues.order")
    overflow_at = models.DateTimeField(null=True, help_text="live: from now on any profession may take")
    answer_by = models.DateTimeField(null=True, help_text="live: the professional's first word is due")
    called_at = models.DateTimeField(null=True, help_text="live: the talk began; its length teaches the estimate")
    urgent_since = models.DateTimeField(null=True, help_text="live: waits at immediate risk since then")
    alert_stage = models.SmallIntegerField(db_default=0, help_text="who was alerted: 0 nobody, 1 desks, 2 coordinators")
    marked_level = models.SmallIntegerField(
        db_default=0, help_text="the highest level of any line, whatever was judged"
    )
    marked_kinds = models.SmallIntegerField(db_default=0, help_text="the categories of its lines, one bit each")
    care_of = models.ForeignKey("accounts.Worker", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index("queue", "order_key", "ticket", name="conversation_waiting", condition=Q(state=State.QUEUED)),
            models.Index("state", name="conversation_live", condition=~Q(state=State.CLOSED)),
            models.Index("area", name="conversation_urgent", condition=Q(risk__gte=Risk.HIGH) & ~Q(state=State.CLOSED)),
            models.Index("closed", name="conversation_kept", condition=Q(wrapped_key__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="conversation_state_known"),
            models.CheckConstraint(
                # Live columns hold seconds; a closed conversation must hold none.
                condition=~Q(state=State.CLOSED)
                | Q(
                    called_until=None,
                    held_until=None,
                    arrived=None,
                    order_key=None,
                    overflow_at=None,
                    answer_by=None,
                    called_at=None,
                    urgent_since=None,
                ),
                name="conversation_closed_is_coarse",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.id}"


class Participant(models.Model):
    """Somebody's part in a conversation. Writing is fenced by these rows, never by an assignee column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    role = models.CharField(max_length=12, choices=Role)
    worker = models.ForeignKey("accounts.Worker", null=True, on_delete=models.PROTECT)
    token_hash = models.BinaryField(null=True, unique=True, help_text="SHA-256 of the visitor's token")
    epoch = models.IntegerField(default=0)
    writes = models.BooleanField(default=True)
    reads_notes = models.BooleanField(default=False)
    ended = models.BooleanField(default=False)
    present = models.BooleanField(default=False)
    lease_until = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True, help_text="live: a visitor's writing rests; words of danger pass")

    class Meta:
        indexes = [
            models.Index("worker", name="participant_of_worker", condition=Q(ended=False, worker__isnull=False)),
            models.Index("lease_until", name="participant_leases", condition=Q(present=True)),
        ]
        constraints = [
            models.UniqueConstraint("conversation", "worker", name="participant_once_per_worker"),
            models.UniqueConstraint("conversation", condition=Q(role=Role.VISITOR), name="participant_one_visitor"),
        ]

    def __str__(self) -> str:
        return f"participant {self.id}"


class ReturnToken(models.Model):
    """A token that a return code opened: its page shows nothing up to `hidden_until`, and the professional is told."""

    hash = models.BinaryField(primary_key=True, max_length=32, help_text="SHA-256 of the token")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE)
    hidden_until = models.IntegerField(db_default=0, help_text="the seq up to which earlier words stay hidden")

    def __str__(self) -> str:
        return f"return of participant {self.participant_id}"


class Event(models.Model):
    """One line of a conversation's log: `seq` runs 1..n without holes in each stream."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    stream = models.SmallIntegerField(default=Stream.TALK)
    seq = models.IntegerField()
    kind = models.SmallIntegerField(choices=[(kind.value, kind.name) for kind in Kind])
    side = models.SmallIntegerField(choices=[(side.value, side.name) for side in Side])
    participant = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE)
    mid = models.UUIDField(null=True)
    payload = models.BinaryField(help_text="sealed; AES-256-GCM bound to conversation, stream, seq, side and kind")
    minute = models.DateTimeField(help_text="minute-coarse, database clock")

    class Meta:
        constraints = [
            models.UniqueConstraint("conversation", "stream", "seq", name="event_one_order"),
            models.UniqueConstraint("conversation", "participant", "mid", name="event_once_per_mid"),
        ]

    def __str__(self) -> str:
        return f"event {self.seq} of conversation {self.conversation_id}"
