"""Makes a professional's account; the operator hands over the one password it prints."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from chatservice.accounts.models import Profession, Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.places.models import Area


class Command(BaseCommand):
    """``manage.py create_worker --area demo --email ... --name ... --profession curator``."""

    help = "Make an account for a professional and print its first password once."

    def add_arguments(self, parser: CommandParser) -> None:
        """What is not given is asked for."""
        parser.add_argument("--area", help="the area's slug")
        parser.add_argument("--email", help="the address the worker signs in with")
        parser.add_argument("--name", help="the first name visitors see")
        parser.add_argument("--profession", choices=Profession.values)
        parser.add_argument("--capacity", type=int, default=2, choices=range(1, 6))
        parser.add_argument("--coordinator", action="store_true", help="may edit hours, queues and the rota")
        parser.add_argument("--statistician", action="store_true", help="may draft, check and sign reports")
        parser.add_argument("--reader", action="store_true", help="reads frozen reports and may do nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError when the area is unknown or the address is taken or no address."""
        area = _area(slug=options["area"] or input("Area (slug): "))
        email = _free(email=options["email"] or input("Email: "))
        name = options["name"] or input("First name shown to visitors: ")
        profession = _profession(options)
        password = secrets.token_urlsafe(18)
        worker = Worker.objects.create_worker(
            email=email,
            password=password,
            area=area,
            display_name=name.strip(),
            profession=profession,
            capacity=options["capacity"],
            **{role: bool(options.get(role)) for role in ("coordinator", "statistician", "reader")},
        )
        # The operator at the machine has no account: the service is the actor.
        append_now(area=area.pk, actor=None, action=Action.WORKER_ADDED, object=f"worker {worker.pk}")
        self.stdout.write(f"First password, shown once: {password}")


def _profession(options: dict[str, Any]) -> str:
    if options["reader"]:
        if options["coordinator"] or options["statistician"]:
            raise CommandError("A reader has no other role.")
        return str(options["profession"] or "")
    profession = options["profession"] or input(f"Profession ({', '.join(Profession.values)}): ")
    if profession not in Profession.values:
        raise CommandError(f"Expected a profession of: {', '.join(Profession.values)}.")
    return str(profession)


def _area(*, slug: str) -> Area:
    try:
        return Area.objects.get(slug=slug.strip())
    except Area.DoesNotExist:
        raise CommandError("Expected the slug of an existing area.") from None


def _free(*, email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError("Expected an email address.") from None
    if Worker.objects.filter(email=email).exists():
        raise CommandError("Expected an address that no account has yet.")
    return email
