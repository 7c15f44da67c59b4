"""What a place in a queue needs: wish, rating, order key, return code, voucher."""

import django.db.models.deletion
from django.db import migrations, models

import chatservice.conversations.states


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0001_initial"),
        ("places", "0001_initial"),
        ("queues", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnToken",
            fields=[
                (
                    "hash",
                    models.BinaryField(
                        help_text="SHA-256 of the token", max_length=32, primary_key=True, serialize=False
                    ),
                ),
                (
                    "hidden_until",
                    models.IntegerField(db_default=0, help_text="the seq up to which earlier words stay hidden"),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="conversation",
            name="conversation_closed_is_coarse",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_waiting",
        ),
        migrations.AddField(
            model_name="conversation",
            name="answer_by",
            field=models.DateTimeField(help_text="live: the professional's first word is due", null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="arrived",
            field=models.DateTimeField(help_text="live: the moment the order counts from", null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="called_at",
            field=models.DateTimeField(help_text="live: the talk began; its length teaches the estimate", null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="credit",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="conversation",
            name="order_key",
            field=models.DateTimeField(help_text="live: arrival minus head start, see queues.order", null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="overflow_at",
            field=models.DateTimeField(help_text="live: from now on any profession may take", null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="queue",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="queues.queue"),
        ),
        migrations.AddField(
            model_name="conversation",
            name="rating",
            field=models.CharField(blank=True, db_default="", max_length=12),
        ),
        migrations.AddField(
            model_name="conversation",
            name="topic",
            field=models.CharField(blank=True, db_default="", max_length=16),
        ),
        migrations.AddField(
            model_name="conversation",
            name="wish",
            field=models.CharField(blank=True, db_default="", max_length=16),
        ),
        migrations.AddField(
            model_name="thread",
            name="code_hash",
            field=models.BinaryField(help_text="scrypt of the return code and the pepper", null=True, unique=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="code_until",
            field=models.DateTimeField(help_text="minute-coarse; none while a conversation is open", null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="voucher_for",
            field=models.DateTimeField(help_text="the opening for which an early place was given", null=True),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("queue"),
                models.F("order_key"),
                models.F("ticket"),
                condition=models.Q(("state", chatservice.conversations.states.State["QUEUED"])),
                name="conversation_waiting",
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
                    ),
                    _connector="OR",
                ),
                name="conversation_closed_is_coarse",
            ),
        ),
        migrations.AddField(
            model_name="returntoken",
            name="participant",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.participant"),
        ),
    ]
