"""Give the application's database role its rights; run as the owner of the tables."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from chatservice.audit.errors import RoleMissing
from chatservice.audit.roles import ROLE, prepare_roles


class Command(BaseCommand):
    """`prepare_roles`: what every migrate does at its end, by hand."""

    help = "Make the application's database role and give it its rights on all tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--database", default="owner", help="the connection that owns the tables (default: owner)")

    def handle(self, *_args: object, database: str, **_options: object) -> None:
        """Make the role and grant."""
        try:
            prepare_roles(connections[database])
        except RoleMissing as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"The role {ROLE} has its rights.")
