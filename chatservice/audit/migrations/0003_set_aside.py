"""Acts of a coordinator for a talk that was set aside."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_acts_of_duty"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_action_known",
        ),
        migrations.AlterField(
            model_name="entry",
            name="action",
            field=models.CharField(
                choices=[
                    ("signed_in", "Signed In"),
                    ("signed_out", "Signed Out"),
                    ("sign_in_refused", "Sign In Refused"),
                    ("password_changed", "Password Changed"),
                    ("second_factor_added", "Second Factor Added"),
                    ("second_factor_removed", "Second Factor Removed"),
                    ("recovery_codes_made", "Recovery Codes Made"),
                    ("worker_added", "Worker Added"),
                    ("worker_changed", "Worker Changed"),
                    ("worker_disabled", "Worker Disabled"),
                    ("talk_claimed", "Talk Claimed"),
                    ("talk_released", "Talk Released"),
                    ("talk_taken_back", "Talk Taken Back"),
                    ("talk_closed", "Talk Closed"),
                    ("talk_read", "Talk Read"),
                    ("talk_cared_for", "Talk Cared For"),
                    ("talk_queued_by_hand", "Talk Queued By Hand"),
                    ("talk_written_to", "Talk Written To"),
                    ("talk_offered", "Talk Offered"),
                    ("talk_taken_over", "Talk Taken Over"),
                    ("colleague_asked", "Colleague Asked"),
                    ("hours_changed", "Hours Changed"),
                    ("calendar_changed", "Calendar Changed"),
                    ("queue_changed", "Queue Changed"),
                    ("rota_changed", "Rota Changed"),
                    ("contacts_changed", "Contacts Changed"),
                    ("shift_started", "Shift Started"),
                    ("shift_paused", "Shift Paused"),
                    ("shift_ended", "Shift Ended"),
                    ("key_destroyed", "Key Destroyed"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "action__in",
                        [
                            "signed_in",
                            "signed_out",
                            "sign_in_refused",
                            "password_changed",
                            "second_factor_added",
                            "second_factor_removed",
                            "recovery_codes_made",
                            "worker_added",
                            "worker_changed",
                            "worker_disabled",
                            "talk_claimed",
                            "talk_released",
                            "talk_taken_back",
                            "talk_closed",
                            "talk_read",
                            "talk_cared_for",
                            "talk_queued_by_hand",
                            "talk_written_to",
                            "talk_offered",
                            "talk_taken_over",
                            "colleague_asked",
                            "hours_changed",
                            "calendar_changed",
                            "queue_changed",
                            "rota_changed",
                            "contacts_changed",
                            "shift_started",
                            "shift_paused",
                            "shift_ended",
                            "key_destroyed",
                        ],
                    )
                ),
                name="entry_action_known",
            ),
        ),
    ]
