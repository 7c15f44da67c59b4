"""The tables that migrations make are the tables that the models tell."""

from io import StringIO

from django.core.management import call_command


def test_no_model_has_changed_without_its_migration() -> None:
    told = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=told)
    assert "No changes detected" in told.getvalue()


def test_a_second_migrate_changes_nothing() -> None:
    told = StringIO()
    call_command("migrate", database="owner", interactive=False, stdout=told, no_color=True)
    assert "No migrations to apply." in told.getvalue()
