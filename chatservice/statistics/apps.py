"""The room of statistics."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Label ``statistics``."""

    name = "chatservice.statistics"
    label = "statistics"
    default_auto_field = "django.db.models.BigAutoField"
