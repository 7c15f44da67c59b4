"""The room of screening."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Label ``screening``."""

    name = "chatservice.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
