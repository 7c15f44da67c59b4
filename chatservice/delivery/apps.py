"""The room that carries events to sockets."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Frames, hub, rooms, limits; hears what conversations announce."""

    name = "chatservice.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Listen to announcements: the core does not know that anybody does."""
        from chatservice.conversations.events import listen  # noqa: PLC0415 - models load before listeners
        from chatservice.delivery.publish import hear  # noqa: PLC0415 - the same

        listen(hear)
