"""A mail server that refuses every connection."""

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Fails as a server does that is down."""

    def send_messages(self, email_messages: object) -> int:
        """Refuse; the message of the error holds what a log must not."""
        raise ConnectionRefusedError("sari@example.org")
