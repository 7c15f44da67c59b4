"""Who was alerted of a talk at immediate risk, and who takes care of a parked one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chatservice.conversations.risk
import chatservice.conversations.states


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0002_queues"),
        ("places", "0002_school_calendar"),
        ("queues", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="conversation",
            name="conversation_closed_is_coarse",
        ),
        migrations.AddField(
            model_name="conversation",
            name="alert_stage",
            field=models.SmallIntegerField(
                db_default=0, help_text="who was alerted: 0 nobody, 1 desks, 2 coordinators"
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="care_of",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="urgent_since",
            field=models.DateTimeField(help_text="live: waits at immediate risk since then", null=True),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("area"),
                condition=models.Q(
                    ("risk__gte", chatservice.conversations.risk.Risk["HIGH"]),
                    models.Q(("state", chatservice.conversations.states.State["CLOSED"]), _negated=True),
                ),
                name="conversation_urgent",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", chatservice.conversations.states.State["CLOSED"]), _negated=True),
                    models.Q(
                        ("answer_by", None),
                        ("arrived", None),
                        ("called_at", None),
                        ("called_until", None),
                        ("held_until", None),
                        ("order_key", None),
                        ("overflow_at", None),
                        ("urgent_since", None),
                    ),
                    _connector="OR",
                ),
                name="conversation_closed_is_coarse",
            ),
        ),
    ]
