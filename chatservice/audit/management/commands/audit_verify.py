"""Check the audit chain and print its head, to be kept elsewhere."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.audit.chain import Head
from chatservice.audit.check import check


class Command(BaseCommand):
    """`audit_verify [--head N:MAC]`: exit status 1 names the first bad row."""

    help = "Verify the audit chain, against an earlier head when one is given, and print the new head."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--head", type=Head.parse, help="a head printed earlier, as N:MAC")

    def handle(self, *_args: object, head: Head | None = None, **_options: object) -> None:
        """Check, and print the head."""
        finding = check(exported=head)
        if finding.fault:
            raise CommandError(f"The audit is broken at row {finding.fault.n}: {finding.fault.reason}.")
        self.stdout.write(f"The audit is whole. Head: {finding.head}")
