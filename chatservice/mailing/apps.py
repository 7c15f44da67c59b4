"""The room of staff mail."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class MailingConfig(AppConfig):
    """The queue of outgoing mail and its sender."""

    name = "chatservice.mailing"
    label = "mailing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell an operator who deploys without a mail server."""
        from chatservice.mailing.checks import has_a_server  # noqa: PLC0415 - wants loaded settings

        register(has_a_server, Tags.security, deploy=True)
