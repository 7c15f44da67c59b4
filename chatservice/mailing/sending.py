"""Sending what is queued. Any process may; one takes a mail, tries it a bounded number of times, then gives it up.

A process that dies in between leaves the mail `trying`; it is tried again when its time comes: once too often at worst.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

from chatservice.mailing.words import Facts, message
from chatservice.store.pool import connection, transaction

log = logging.getLogger(__name__)

MOST_TRIES: Final = 6
FIRST_WAIT: Final = timedelta(seconds=30)
APART: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=30)
A_ROUND: Final = 20

# Takers come one after the other: two mails to one coordinator cannot leave side by side.
ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('mailing', 18))"
TAKE: Final = """
UPDATE mailing_mail mail SET state = 'trying', tries = mail.tries + 1, moved = clock_timestamp(),
    due = clock_timestamp() + %(wait)s::interval * (2 ^ mail.tries)
FROM accounts_worker worker JOIN places_area area ON area.id = worker.area_id
WHERE worker.id = mail.worker_id AND mail.id = (
    SELECT next.id FROM mailing_mail next WHERE next.state IN ('queued', 'trying') AND next.due <= clock_timestamp()
        AND NOT EXISTS (
            SELECT 1 FROM mailing_mail other WHERE other.worker_id = next.worker_id AND other.template = next.template
                AND other.id <> next.id AND other.state IN ('trying', 'sent')
                AND other.moved > clock_timestamp() - %(apart)s::interval)
    ORDER BY next.due, next.id LIMIT 1)
RETURNING mail.id, mail.tries, mail.template, mail.language, mail.count, mail.since, worker.email,
    CASE mail.language WHEN 'sv' THEN area.name_sv WHEN 'en' THEN area.name_en ELSE area.name_fi END,
    worker.is_active AND worker.coordinator
"""
SETTLE: Final = "UPDATE mailing_mail SET state = %(state)s, moved = clock_timestamp() WHERE id = %(mail)s"
FORGET: Final = (
    "DELETE FROM mailing_mail WHERE state NOT IN ('queued', 'trying') AND moved < clock_timestamp() - %(kept)s"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that this process tries now."""

    mail: int
    tries: int
    template: str
    language: str
    count: int
    since: datetime
    address: str
    area: str
    wanted: bool


async def send_due() -> int:
    """Try what is due, a bounded number a round; returns how many left. Raises StoreAway."""
    sent = 0
    for _ in range(A_ROUND):
        taken = await _take()
        if taken is None:
            break
        sent += await _try(taken)
    return sent


async def forget_old() -> None:
    """Delete what was settled long ago; raises StoreAway."""
    async with connection() as lent:
        await lent.execute(FORGET, {"kept": KEPT})


async def _take() -> Taken | None:
    async with transaction() as lent:
        await lent.execute(ALONE)
        row = await (await lent.execute(TAKE, {"wait": FIRST_WAIT, "apart": APART})).fetchone()
    return None if row is None else Taken(*row)


async def _try(taken: Taken) -> bool:
    """Send one mail and store what came of it; its number and the class of an error are all that is logged."""
    if not taken.wanted:
        await _settle(taken, "dropped")
        return False
    if not settings.MAIL_GOES_OUT:
        log.error("staff mail %d cannot leave: set EMAIL_HOST and EMAIL_FROM", taken.mail)
        await _settle(taken, "failed")
        return False
    try:
        await asyncio.to_thread(_send, taken)
    except (OSError, SMTPException) as error:
        last = taken.tries >= MOST_TRIES
        told = "given up" if last else "tried again later"
        log.warning("staff mail %d, try %d: %s, %s", taken.mail, taken.tries, type(error).__name__, told)
        if last:
            await _settle(taken, "failed")
        return False
    await _settle(taken, "sent")
    return True


async def _settle(taken: Taken, state: str) -> None:
    async with connection() as lent:
        await lent.execute(SETTLE, {"mail": taken.mail, "state": state})


def _send(taken: Taken) -> None:
    facts = Facts(
        area=taken.area,
        count=taken.count,
        since=taken.since,
        desk=settings.DESK_ORIGIN,
        service=settings.SERVICE_NAME,
    )
    subject, body = message(template=taken.template, language=taken.language, facts=facts)
    EmailMessage(subject, body, to=[taken.address]).send()
