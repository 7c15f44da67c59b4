"""Django's entry to the face; connects what follows from sign-in events."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Label ``console``."""

    name = "console"
    label = "console"

    def ready(self) -> None:
        """Listen to the second factor's events once models are loaded."""
        from console import traces  # noqa: PLC0415 - needs loaded models

        traces.connect()
