"""The room of statistics."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Label ``statistics``."""

    name = "chatservice.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Count at the entrances and steps of conversations, which do not know that anybody does."""
        from chatservice.conversations.hooks import register  # noqa: PLC0415 - models load before hooks
        from chatservice.statistics.steps import entered, stepped  # noqa: PLC0415 - the same

        register(on_enter=entered, on_step=stepped)
