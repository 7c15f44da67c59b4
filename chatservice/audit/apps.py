"""The audit as a Django application."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from chatservice.audit.roles import prepare_roles


class AuditConfig(AppConfig):
    """Label `audit`; gives the application's role its rights after every migrate."""

    name = "chatservice.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to migrations."""
        post_migrate.connect(_grant_after_migrate, sender=self, dispatch_uid="audit.roles")


def _grant_after_migrate(*, using: str, **facts: object) -> None:
    """Sent after all migrations; a mere flush of test data carries no plan and changes no table."""
    if "plan" in facts and connections[using].vendor == "postgresql":
        prepare_roles(connections[using])
