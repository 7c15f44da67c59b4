"""The room of queues."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    """Queues, offers between workers, vouchers."""

    name = "chatservice.queues"
    label = "queues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the steps of conversations: the core does not know that anybody does."""
        from chatservice.conversations.hooks import register  # noqa: PLC0415 - models load before hooks
        from chatservice.queues.steps import stepped  # noqa: PLC0415 - the same

        register(on_step=stepped)
