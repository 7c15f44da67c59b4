"""The room of bulletins."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """Label ``bulletins``."""

    name = "chatservice.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"
