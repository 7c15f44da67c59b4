"""The closed list of acts that are recorded."""

from django.db import models


class Action(models.TextChoices):
    """Every act that is recorded. A new one is added here, never written as free text."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an act, no password
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    WORKER_ADDED = "worker_added"
    WORKER_CHANGED = "worker_changed"
    WORKER_DISABLED = "worker_disabled"
    TALK_CLAIMED = "talk_claimed"
    TALK_RELEASED = "talk_released"
    TALK_TAKEN_BACK = "talk_taken_back"
    TALK_CLOSED = "talk_closed"
    TALK_READ = "talk_read"
    TALK_CARED_FOR = "talk_cared_for"
    TALK_QUEUED_BY_HAND = "talk_queued_by_hand"
    TALK_WRITTEN_TO = "talk_written_to"
    TALK_OFFERED = "talk_offered"
    TALK_TAKEN_OVER = "talk_taken_over"
    COLLEAGUE_ASKED = "colleague_asked"
    HOURS_CHANGED = "hours_changed"
    CALENDAR_CHANGED = "calendar_changed"
    QUEUE_CHANGED = "queue_changed"
    ROTA_CHANGED = "rota_changed"
    CONTACTS_CHANGED = "contacts_changed"
    SHIFT_STARTED = "shift_started"
    SHIFT_PAUSED = "shift_paused"
    SHIFT_ENDED = "shift_ended"
    KEY_DESTROYED = "key_destroyed"
