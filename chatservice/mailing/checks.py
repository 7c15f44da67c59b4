"""What `manage.py check --deploy` says about mail."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Told

NO_SERVER = Told(
    "There is no mail server: coordinators will not be told of an urgent talk that nobody takes.",
    hint="Set EMAIL_HOST and EMAIL_FROM (see docs/operations.md).",
    id="mailing.W001",
)


def has_a_server(**_: Any) -> list[CheckMessage]:
    """Warn when production has nowhere to send mail to."""
    return [] if settings.MAIL_GOES_OUT else [NO_SERVER]
