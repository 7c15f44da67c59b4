"""Content as a Django application."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Label `content`."""

    name = "chatservice.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"
