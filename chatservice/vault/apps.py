"""The vault as a Django application."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Label `vault`."""

    name = "chatservice.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
