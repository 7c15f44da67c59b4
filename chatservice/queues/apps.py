"""The room of queues."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    """Queues, offers between workers, vouchers."""

    name = "chatservice.queues"
    label = "queues"
    default_auto_field = "django.db.models.BigAutoField"
