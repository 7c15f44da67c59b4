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
    KEY_DESTROYED = "key_destroyed"
