"""A worker's own rota as a calendar (RFC 5545) under an unguessable address; only the token's hash is kept.

The calendar holds times and the shift's state, nothing of any talk, queue or colleague. By hand rather than by a
library: seven properties, one escape rule and one folding rule do not need a dependency.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from chatservice.accounts.models import Worker
from chatservice.duty.models import CalendarFeed, Shift

TOKEN_BYTES: Final = 32
LINE_OCTETS: Final = 75
PAST: Final = timedelta(days=31)
WORDS: Final = {
    "fi": {"planned": "Päivystysvuoro", "open_for_swap": "Päivystysvuoro (tarjolla vaihtoon)"},
    "sv": {"planned": "Jourpass", "open_for_swap": "Jourpass (erbjuds för byte)"},
    "en": {"planned": "Shift", "open_for_swap": "Shift (offered for swap)"},
}


def issue(*, worker: Worker) -> str:
    """Make a new token, shown once; the one before is worthless from now on."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(worker=worker, defaults={"token_hash": _hash(token)})
    return token


def revoke(*, worker: Worker) -> None:
    """Make the worker's calendar address worthless."""
    CalendarFeed.objects.filter(worker=worker).delete()


def exists(*, worker: Worker) -> bool:
    """Whether the worker has a calendar address."""
    return CalendarFeed.objects.filter(worker=worker).exists()


def render(token: str) -> str | None:
    """Return the calendar of the token's worker; None for unknown, revoked, and those who have left."""
    feed = CalendarFeed.objects.select_related("worker").filter(token_hash=_hash(token), worker__is_active=True).first()
    if feed is None:
        return None
    shifts = Shift.objects.filter(worker=feed.worker, ends__gt=timezone.now() - PAST)
    words = WORDS.get(feed.worker.language, WORDS["fi"])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escaped(settings.SERVICE_NAME)}//duty//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(settings.SERVICE_NAME)}"]
    # A shift given up is told as cancelled: calendars that know its UID take it away.
    for shift in shifts.order_by("starts", "pk"):
        lines += _event(shift, words)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def escaped(text: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11)."""
    for plain in ("\\", ";", ","):
        text = text.replace(plain, f"\\{plain}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 octets, never inside a character (RFC 5545, 3.1)."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE_OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece


def _event(shift: Shift, words: dict[str, str]) -> list[str]:
    given_up = shift.state == Shift.State.GIVEN_UP
    return [
        "BEGIN:VEVENT",
        f"UID:shift-{shift.pk}-{shift.worker_id}@{escaped(settings.SERVICE_NAME.lower().replace(' ', '-'))}",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"DTSTART:{_utc(shift.starts)}",
        f"DTEND:{_utc(shift.ends)}",
        f"SEQUENCE:{shift.version}",
        f"STATUS:{'CANCELLED' if given_up else 'CONFIRMED'}",
        f"SUMMARY:{escaped(words.get(shift.state, words['planned']))}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
