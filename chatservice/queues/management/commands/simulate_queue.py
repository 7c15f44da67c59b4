"""`manage.py simulate_queue`: what a changed rule of order would do to the waits."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.places.models import Area
from chatservice.queues.order import WORTHS, Reason
from chatservice.queues.simulation import SHARES, Setting, people, simulate
from chatservice.statistics.load import expected


class Command(BaseCommand):
    """Compare the present rule with a changed one on arrivals drawn from the counters of an area."""

    help = "Shows what a changed rule of order would do: --set risk_high=60 --set returned=30"

    def add_arguments(self, parser: CommandParser) -> None:
        """See `--help`."""
        parser.add_argument("--area", required=True, help="the area's short name, for example demo")
        parser.add_argument("--channel", default="youth")
        parser.add_argument("--language", default="fi")
        parser.add_argument("--servers", type=int, default=2, help="places that serve at once")
        parser.add_argument("--talk", type=float, default=20.0, help="mean length of a talk in minutes")
        parser.add_argument("--weeks", type=int, default=20)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--set", action="append", default=[], metavar="REASON=MINUTES", dest="changed")
        parser.add_argument(
            "--per-band", type=float, default=None, help="people per open two-hour band, in place of the counters"
        )

    def handle(self, **options: Any) -> None:
        """Print the waits by reason under both rules."""
        setting = Setting(
            arrivals=self._arrivals(options),
            servers=options["servers"],
            talk_minutes=options["talk"],
            weeks=options["weeks"],
            seed=options["seed"],
        )
        who = people(setting)
        worths = {**WORTHS, **dict(map(_changed, options["changed"]))}
        before, after = simulate(setting=setting, who=who), simulate(setting=setting, who=who, worths=worths)
        self.stdout.write(f"{len(who)} people in {setting.weeks} weeks; shares assumed: ")
        self.stdout.write(", ".join(f"{reason.value} {share:.0%}" for reason, share in SHARES.items()))
        self.stdout.write(f"{'reason':<16}{'people':>8}{'median now':>12}{'changed':>9}{'p90 now':>9}{'changed':>9}")
        for name, waits in before.items():
            other = after[name]
            self.stdout.write(
                f"{name:<16}{len(waits.minutes):>8}{waits.at(0.5):>12.0f}{other.at(0.5):>9.0f}"
                f"{waits.at(0.9):>9.0f}{other.at(0.9):>9.0f}"
            )

    def _arrivals(self, options: dict[str, Any]) -> dict[tuple[int, int], float]:
        if options["per_band"] is not None:
            return {(weekday, band): options["per_band"] for weekday in range(5) for band in (7, 8)}
        area = Area.objects.filter(slug=options["area"]).first()
        if area is None:
            raise CommandError("expected the short name of an area, for example --area demo")
        found = dict(expected(area=area.pk, channel=options["channel"], language=options["language"]))
        if not any(found.values()):
            raise CommandError("the counters of this area are empty: give --per-band 6 to try with a made-up profile")
        return found


def _changed(text: str) -> tuple[Reason, timedelta]:
    name, _, minutes = text.partition("=")
    try:
        return Reason(name), timedelta(minutes=float(minutes))
    except ValueError:
        known = ", ".join(reason.value for reason in Reason)
        raise CommandError(f"expected --set REASON=MINUTES with a reason of {known}") from None
