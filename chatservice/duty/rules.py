"""What may stand in the rota. Each refusal says why and what would do; the face words it by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from chatservice.accounts.models import Worker
from chatservice.duty.errors import Missing, Refused
from chatservice.duty.models import Serves, Shift

HOME: Final = ZoneInfo("Europe/Helsinki")
LONGEST: Final = timedelta(hours=14)
MOST_WEEKS: Final = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSkill:
    """What a queue asks of who serves it; no professions: any. `name` is for the face's words."""

    name: str
    professions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A shift as somebody wants it. No queues: all that the worker serves. `pair`: a second worker, the same times."""

    worker: int
    starts: datetime
    ends: datetime
    queues: tuple[int, ...] = ()
    pair: int | None = None
    known: Mapping[int, QueueSkill] = field(default_factory=dict)


def wall(day: date, at: time, *, ending: bool = False) -> datetime:
    """Return the moment of a wall time in Finland; in the hour that comes twice a shift begins first, ends last."""
    return datetime.combine(day, at.replace(fold=int(ending)), HOME).astimezone(UTC)


def weekly(draft: Draft, *, until: date | None) -> list[Draft]:
    """Return the draft and its repeats each week, at the same wall time, to `until` (inclusive). Raises Refused."""
    first = draft.starts.astimezone(HOME).date()
    if until is None:
        return [draft]
    weeks = (until - first).days // 7
    if weeks < 0:
        raise Refused("repeat_before", "the repeating ends before it begins: choose a later date", field="repeat_until")
    if weeks >= MOST_WEEKS:
        raise Refused(
            "repeat_long", "the rota repeats for a year at most: choose an earlier date", field="repeat_until"
        )
    return [_later(draft, weeks=number) for number in range(weeks + 1)]


def check_times(draft: Draft) -> None:
    """Raises Refused for times that cannot be a shift."""
    if draft.ends <= draft.starts:
        raise Refused("ends_first", "the shift ends before it starts: move its end after its start", field="ends")
    if draft.ends - draft.starts > LONGEST:
        raise Refused("too_long", "the shift is longer than 14 hours: check the day of its end", field="ends")
    if draft.ends <= timezone.now():
        raise Refused("past", "the shift is over already: choose a coming day", field="starts")


def lock_workers(*, area: int, workers: list[int]) -> dict[int, Worker]:
    """Lock active workers of the area in order, so that two edits cannot overlap them. Raises Missing."""
    rows = Worker.objects.select_for_update(no_key=True).filter(
        area_id=area, is_active=True, reader=False, pk__in=workers
    )
    found = {worker.pk: worker for worker in rows.order_by("pk")}
    if set(workers) - set(found):
        raise Missing
    return found


def check_skill(worker: Worker, draft: Draft) -> None:
    """Raises Refused when a queue of the shift is unknown, or asks for what the worker is not or does not serve."""
    serves = set(Serves.objects.filter(worker=worker).values_list("queue_id", flat=True))
    for queue in draft.queues:
        skill = draft.known.get(queue)
        if skill is None:
            raise Refused("no_queue", "there is no such queue any more: choose from the list", field="queues")
        if skill.professions and worker.profession not in skill.professions:
            raise Refused(
                "profession",
                "the queue is for another profession: choose somebody of it, or another queue",
                field="queues",
            )
        if serves and queue not in serves:
            raise Refused(
                "skill",
                "the worker does not serve this queue (its language or topic): choose another queue, or add it to them",
                field="queues",
            )


def check_free(worker: Worker, draft: Draft, *, but: int | None = None) -> None:
    """Raises Refused when the worker has another shift in these times (one they gave up does not count)."""
    same = Shift.objects.filter(worker=worker, starts__lt=draft.ends, ends__gt=draft.starts)
    if but is not None:
        same = same.exclude(pk=but)
    if same.exclude(state=Shift.State.GIVEN_UP).exists():
        raise Refused(
            "overlap",
            "the worker has another shift in these times: change that one, or choose other times",
            field="starts",
        )


def check_pair(draft: Draft) -> None:
    """Raises Refused when a worker would be their own pair."""
    if draft.pair == draft.worker:
        raise Refused("own_pair", "a pair is two people: choose another worker, or none", field="pair")


def people_of(draft: Draft) -> list[int]:
    """Return the one or two workers of a draft."""
    return [draft.worker] if draft.pair is None else [draft.worker, draft.pair]


def _later(draft: Draft, *, weeks: int) -> Draft:
    return replace(draft, starts=_moved(draft.starts, weeks), ends=_moved(draft.ends, weeks, ending=True))


def _moved(moment: datetime, weeks: int, *, ending: bool = False) -> datetime:
    if weeks == 0:
        return moment
    here = moment.astimezone(HOME)
    return wall(here.date() + timedelta(weeks=weeks), here.time(), ending=ending)
