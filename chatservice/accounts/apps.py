"""Django's entry to the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Label ``accounts``; other rooms refer to ``accounts.Worker``."""

    name = "chatservice.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
