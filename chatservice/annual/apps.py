"""The room of the annual clock."""

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """Label ``annual``."""

    name = "chatservice.annual"
    label = "annual"
    default_auto_field = "django.db.models.BigAutoField"
