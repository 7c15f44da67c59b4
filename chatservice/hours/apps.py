"""Hours as a Django application."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    """Label `hours`."""

    name = "chatservice.hours"
    label = "hours"
    default_auto_field = "django.db.models.BigAutoField"
