"""Threads, conversations, participants, events; tickets come from a sequence of their own."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chatservice.conversations.payload


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("form", models.CharField(default="chat", max_length=12)),
                ("channel", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=3)),
                ("age_band", models.CharField(blank=True, max_length=8)),
                ("state", models.CharField(default="queued", max_length=8)),
                ("risk", models.SmallIntegerField(default=0)),
                ("ticket", models.BigIntegerField(unique=True)),
                ("requeued", models.BooleanField(default=False)),
                ("claim_epoch", models.IntegerField(default=0)),
                ("last_seq", models.IntegerField(default=0)),
                ("last_note", models.IntegerField(default=0)),
                ("key_day", models.DateField()),
                ("wrapped_key", models.BinaryField(null=True)),
                ("entered", models.DateTimeField(help_text="minute-coarse, database clock")),
                ("closed", models.DateTimeField(help_text="minute-coarse, database clock", null=True)),
                ("closed_by", models.CharField(blank=True, max_length=24)),
                ("counted", models.BooleanField(default=False)),
                ("called_until", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.area")),
                ("host", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.host")),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("visitor", "Visitor"),
                            ("professional", "Professional"),
                            ("colleague", "Colleague"),
                            ("supervisor", "Supervisor"),
                        ],
                        max_length=12,
                    ),
                ),
                ("token_hash", models.BinaryField(help_text="SHA-256 of the visitor's token", null=True, unique=True)),
                ("epoch", models.IntegerField(default=0)),
                ("writes", models.BooleanField(default=True)),
                ("reads_notes", models.BooleanField(default=False)),
                ("ended", models.BooleanField(default=False)),
                ("present", models.BooleanField(default=False)),
                ("lease_until", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.conversation"),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.SmallIntegerField(default=chatservice.conversations.payload.Stream["TALK"])),
                ("seq", models.IntegerField()),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "MESSAGE"),
                            (2, "JOINED"),
                            (3, "LEFT"),
                            (4, "TRANSFERRED"),
                            (5, "REQUEUED"),
                            (6, "CLOSED"),
                            (7, "NOTICE"),
                            (8, "PARKED"),
                        ]
                    ),
                ),
                ("side", models.SmallIntegerField(choices=[(1, "VISITOR"), (2, "PROFESSIONAL"), (3, "SERVICE")])),
                ("mid", models.UUIDField(null=True)),
                (
                    "payload",
                    models.BinaryField(
                        help_text="sealed; AES-256-GCM bound to conversation, stream, seq, side and kind"
                    ),
                ),
                ("minute", models.DateTimeField(help_text="minute-coarse, database clock")),
                (
                    "conversation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.conversation"),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="conversations.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("begun", models.DateTimeField(help_text="minute-coarse, database clock")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="places.area")),
            ],
        ),
        migrations.AddField(
            model_name="conversation",
            name="thread",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.thread"),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                models.F("worker"),
                condition=models.Q(("ended", False), ("worker__isnull", False)),
                name="participant_of_worker",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                models.F("lease_until"), condition=models.Q(("present", True)), name="participant_leases"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                models.F("conversation"), models.F("worker"), name="participant_once_per_worker"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                models.F("conversation"), condition=models.Q(("role", "visitor")), name="participant_one_visitor"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                models.F("conversation"), models.F("stream"), models.F("seq"), name="event_one_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                models.F("conversation"), models.F("participant"), models.F("mid"), name="event_once_per_mid"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("area"),
                models.F("requeued"),
                models.F("ticket"),
                condition=models.Q(("state", "queued")),
                name="conversation_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("state"),
                condition=models.Q(("state", "closed"), _negated=True),
                name="conversation_live",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("closed"), condition=models.Q(("wrapped_key__isnull", False)), name="conversation_kept"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "queued",
                            "called",
                            "active",
                            "parked",
                            "closed",
                        ],
                    )
                ),
                name="conversation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("called_until", None), ("held_until", None)),
                    _connector="OR",
                ),
                name="conversation_closed_is_coarse",
            ),
        ),
        migrations.RunSQL(
            sql="CREATE SEQUENCE conversations_ticket AS bigint", reverse_sql="DROP SEQUENCE conversations_ticket"
        ),
    ]
