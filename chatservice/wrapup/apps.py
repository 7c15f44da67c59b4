"""The room of the wrap-up."""

from django.apps import AppConfig


class WrapUpConfig(AppConfig):
    """Label ``wrapup``."""

    name = "chatservice.wrapup"
    label = "wrapup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open a wrap-up where a talk closes, and have the night keep topics: neither room knows that anybody does."""
        from chatservice.conversations.hooks import register  # noqa: PLC0415 - models load before hooks
        from chatservice.statistics.nightly import Kept, keep  # noqa: PLC0415 - the same
        from chatservice.wrapup import counting  # noqa: PLC0415 - the same
        from chatservice.wrapup.steps import stepped  # noqa: PLC0415 - the same

        register(on_step=stepped)
        keep(counting.SET, Kept(counting.KEEP, counting.columns))
