"""Six hours after its end a talk's codes are counted and gone, whether somebody wrote them or not."""

from datetime import date
from typing import Final

from psycopg.rows import TupleRow

from chatservice.screening.agreement import half_year, tally
from chatservice.screening.marking import names_of
from chatservice.statistics.closings import Said, count_said
from chatservice.store.pool import Connection, transaction
from chatservice.wrapup.save import OPEN_HOURS

SOME: Final = 200
# One process takes each row; a killed one takes nothing with it, for counting and ending are one transaction.
DUE: Final = """
DELETE FROM wrapup_wrapup WHERE conversation IN (
    SELECT conversation FROM wrapup_wrapup WHERE closed <= clock_timestamp() - %(hours)s * interval '1 hour'
    ORDER BY conversation LIMIT %(some)s FOR UPDATE SKIP LOCKED)
RETURNING conversation, area_id, channel, machine, kinds, topic, judged, (closed AT TIME ZONE 'Europe/Helsinki')::date,
    outcomes, age, municipality, role, stage, sides
"""
COUNT: Final = """
INSERT INTO wrapup_topiccount (area_id, period, channel, topic, talks)
VALUES (%(area)s, %(period)s, %(channel)s, %(topic)s, 1)
ON CONFLICT (area_id, period, channel, topic) DO UPDATE SET talks = wrapup_topiccount.talks + 1
"""
UNKNOWN: Final = -1


async def count_due() -> int:
    """Count what is due and return how many talks that were; raises StoreAway."""
    done = 0
    while some := await _count_some():
        done += some
    return done


async def _count_some() -> int:
    async with transaction() as connection:
        due = await (await connection.execute(DUE, {"hours": OPEN_HOURS, "some": SOME})).fetchall()
        for _, area, channel, machine, kinds, topic, judged, day, *_ in due:
            said = UNKNOWN if judged is None else judged
            await tally(connection, area=area, machine=machine, categories=names_of(kinds), judged=said, day=day)
            await _count_topic(connection, area=area, channel=channel, topic=topic, day=day)
        await count_said(connection, said={row[0]: _said(row) for row in due})
    return len(due)


def _said(row: TupleRow) -> Said:
    """What reports count of a wrap-up; the first outcome is the main one."""
    *_, topic, judged, _, outcomes, age, municipality, role, stage, sides = row
    return Said(
        topic=topic,
        outcome=outcomes[0] if outcomes else "",
        age=age,
        municipality=municipality,
        role=role,
        stage=stage,
        risk="" if judged is None else f"R{judged}",
        sides=tuple(sides),
    )


async def _count_topic(connection: Connection, *, area: int, channel: str, topic: str, day: date) -> None:
    period = half_year(day)
    await connection.execute(COUNT, {"area": area, "period": period, "channel": channel, "topic": topic})
