"""The room of duty."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """Label ``duty``."""

    name = "chatservice.duty"
    label = "duty"
    default_auto_field = "django.db.models.BigAutoField"
