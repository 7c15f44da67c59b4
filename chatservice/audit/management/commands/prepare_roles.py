"""Give the application's database role its rights; run as the owner of the tables."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from chatservice.audit.errors import RoleMissing
from chatservice.audit.roles import ROLE, prepare_roles


class Command(BaseCommand):
    """`prepare_roles`: what every migrate does at its end, by hand."""

    help = "Make the application's database role and give it its rights on all tables."

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            prepare_roles(connection)
        except RoleMissing as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"The role {ROLE} has its rights.")
