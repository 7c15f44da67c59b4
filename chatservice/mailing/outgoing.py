"""Putting mail into the queue, in the transaction of what it is about: no mail without its cause, no cause twice."""

from datetime import datetime
from typing import Final

from chatservice.mailing.models import Mail
from chatservice.store.pool import Connection

# What has not left yet is summed up: one mail, the number of all, the earliest time.
PUT: Final = """
INSERT INTO mailing_mail (worker_id, template, language, count, since, state, tries, due, moved)
SELECT worker.id, %(template)s, worker.language, %(count)s, date_trunc('minute', %(since)s::timestamptz),
    'queued', 0, clock_timestamp(), clock_timestamp()
FROM accounts_worker worker
WHERE worker.area_id = %(area)s AND worker.coordinator AND worker.is_active ORDER BY worker.id
ON CONFLICT (worker_id, template) WHERE state = 'queued' DO UPDATE
SET count = mailing_mail.count + EXCLUDED.count, since = least(mailing_mail.since, EXCLUDED.since)
"""


async def to_coordinators(
    connection: Connection, *, area: int, template: Mail.Template, count: int, since: datetime
) -> int:
    """Queue a mail to every coordinator of an area in the caller's transaction; returns to how many."""
    asked = {"area": area, "template": template.value, "count": count, "since": since}
    return (await connection.execute(PUT, asked)).rowcount
