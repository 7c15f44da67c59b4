"""Names that the visitor's origin uses are no keys; an old entrance of such a name stays, and cannot be saved."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0002_school_calendar")]

    operations = [
        AddConstraintNotValid(
            model_name="host",
            constraint=models.CheckConstraint(
                condition=~models.Q(key__in=("bulletins", "healthz", "host-page", "readyz", "socket", "static")),
                name="host_key_free",
                violation_error_message="The service uses this name itself: choose another key for the entrance.",
            ),
        ),
    ]
