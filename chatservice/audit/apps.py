"""The audit as a Django application."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from chatservice.audit.actions import Action
from chatservice.audit.roles import prepare_roles

ADD_ACTS = "INSERT INTO audit_act (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"


class AuditConfig(AppConfig):
    """Label `audit`; after every migrate it lists the acts and gives the application's role its rights."""

    name = "chatservice.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to migrations."""
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="audit.roles")


def _after_migrate(*, using: str, **facts: object) -> None:
    """Sent after all migrations; a mere flush of test data carries no plan and changes no table."""
    if "plan" not in facts or connections[using].vendor != "postgresql":
        return
    with connections[using].cursor() as cursor:
        cursor.execute(ADD_ACTS, [Action.values])
    prepare_roles(connections[using])
