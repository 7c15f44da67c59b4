"""Six hours after its end a talk's codes are counted and gone, whether somebody wrote them or not."""

from collections.abc import Mapping
from typing import Final

from psycopg.rows import TupleRow

from chatservice.screening.agreement import half_year, raised
from chatservice.screening.marking import names_of
from chatservice.statistics.catalogue import cell, uncell
from chatservice.statistics.classes import school_year
from chatservice.statistics.closings import Said, count_said
from chatservice.statistics.nightly import Columns
from chatservice.statistics.raising import Raise
from chatservice.store.pool import transaction
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
SET: Final = "desk_topics"
# Applied at night with the counters of reports, in random order (`statistics/nightly.py`).
KEEP: Final = """
INSERT INTO wrapup_topiccount AS kept (area_id, period, channel, topic, talks)
SELECT %(area)s, * FROM unnest(%(periods)s::text[]::date[], %(channels)s::text[], %(topics)s::text[], %(talks)s::int[])
ON CONFLICT (area_id, period, channel, topic) DO UPDATE SET talks = kept.talks + EXCLUDED.talks
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
        beside: list[Raise] = []
        for _, area, channel, machine, kinds, topic, judged, day, *_ in due:
            said = UNKNOWN if judged is None else judged
            beside += raised(area=area, machine=machine, categories=names_of(kinds), judged=said, day=day)
            at = cell({"half": half_year(day).isoformat(), "channel": channel, "topic": topic})
            beside.append(Raise(area=area, year=school_year(day), name=SET, cell=at))
        await count_said(connection, said={row[0]: _said(row) for row in due}, beside=beside)
    return len(due)


def columns(counts: Mapping[str, int]) -> Columns:
    """Return counters of topics as columns of the statement."""
    rows = [uncell(at) for at in counts]
    return {
        "periods": [row["half"] for row in rows],
        "channels": [row["channel"] for row in rows],
        "topics": [row["topic"] for row in rows],
        "talks": list(counts.values()),
    }


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
