"""The room of screening."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Label ``screening``."""

    name = "chatservice.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the night keep how marks and judgement agree: the room of statistics does not know that anybody does."""
        from chatservice.screening import agreement  # noqa: PLC0415 - models load before it
        from chatservice.statistics.nightly import Kept, keep  # noqa: PLC0415 - the same

        keep(agreement.SET, Kept(agreement.KEEP, agreement.columns))
