"""The coordinator's rota: make, change, remove and substitute shifts. All or nothing, audited, version-checked.

Both shifts of a pair have the same times; each knows its own worker and queues.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.duty.errors import Changed, Missing, Refused
from chatservice.duty.models import OnDuty, Serves, Shift
from chatservice.duty.rules import (
    Draft,
    QueueSkill,
    check_free,
    check_pair,
    check_skill,
    check_times,
    lock_workers,
    people_of,
    weekly,
)


def create(*, by: Worker, draft: Draft, repeat_until: date | None = None) -> list[Shift]:
    """Make a shift, or two as a pair, each week until a date; returns them in order of time.

    Raises NotCoordinator, Missing, Refused; then none of the weeks is made.
    """
    require_coordinator(by)
    check_pair(draft)
    drafts = weekly(draft, until=repeat_until)
    with transaction.atomic():
        people = lock_workers(area=by.area_id, workers=people_of(draft))
        made = [shift for one in drafts for shift in _make(by.area_id, one, people)]
        for shift in made:
            record(by, shift)
    return made


def change(*, by: Worker, shift: int, version: int, draft: Draft) -> Shift:
    """Give a shift and its pair new times and queues, or a new pair; without a pair in the draft the two part.

    Raises NotCoordinator, Missing, Changed, Refused.
    """
    require_coordinator(by)
    check_pair(draft)
    check_times(draft)
    with transaction.atomic():
        people = lock_workers(area=by.area_id, workers=people_of(draft))
        mine, pair = locked(by=by, shift=shift, version=version)
        if mine.worker_id != draft.worker:
            raise Refused("worker", "a shift goes to another worker by a substitute: use that", field="worker")
        check_skill(people[draft.worker], draft)
        check_free(people[draft.worker], draft, but=mine.pk)
        mine.starts, mine.ends, mine.queues = draft.starts, draft.ends, list(draft.queues)
        if pair is not None and pair.worker_id != draft.pair:
            part(mine, pair)
            record(by, pair)
            pair = None
        save(mine)
        if draft.pair is not None:
            record(by, _with_pair(mine, pair, draft=draft, person=people[draft.pair]))
        record(by, mine)
    return mine


def remove(*, by: Worker, shift: int, version: int) -> None:
    """Take a shift off the rota; its pair stays, alone. Raises NotCoordinator, Missing, Changed, Refused (it runs)."""
    require_coordinator(by)
    with transaction.atomic():
        mine, pair = locked(by=by, shift=shift, version=version)
        if OnDuty.objects.filter(shift=mine).exists():
            raise Refused("running", "somebody is on duty in this shift: it can be removed when they have ended it")
        if pair is not None:
            part(mine, pair)
            record(by, pair)
        number = f"shift {mine.pk}"
        mine.delete()
        append_now(area=by.area_id, actor=by.pk, action=Action.ROTA_CHANGED, object=number)


def set_serves(
    *, by: Worker, worker: int, queues: Collection[int], was: Collection[int], known: dict[int, QueueSkill]
) -> None:
    """Say which queues a worker serves (none: all); `was` is what the page showed.

    Raises NotCoordinator, Missing, Changed, Refused.
    """
    require_coordinator(by)
    with transaction.atomic():
        person = lock_workers(area=by.area_id, workers=[worker])[worker]
        mine = Serves.objects.filter(worker=person)
        if set(mine.values_list("queue_id", flat=True)) != set(was):
            raise Changed
        for queue in queues:
            skill = known.get(queue)
            if skill is None:
                raise Refused("no_queue", "there is no such queue any more: choose from the list", field="queues")
            if skill.professions and person.profession not in skill.professions:
                raise Refused("profession", "the queue is for another profession: choose another queue", field="queues")
        mine.delete()
        Serves.objects.bulk_create(Serves(worker=person, queue_id=queue) for queue in sorted(set(queues)))
        append_now(area=by.area_id, actor=by.pk, action=Action.ROTA_CHANGED, object=f"worker {person.pk}")


def unserved(*, area: int, queues: Collection[int]) -> set[int]:
    """Return those of an area's queues that no active worker serves; who serves none by name serves all."""
    workers = Worker.objects.filter(area_id=area, is_active=True, reader=False)
    if workers.filter(serves=None).exists():
        return set()
    return set(queues) - set(Serves.objects.filter(worker__in=workers).values_list("queue_id", flat=True))


def locked(*, by: Worker, shift: int, version: int) -> tuple[Shift, Shift | None]:
    """Lock a shift of the worker's area and its pair, in order; raises Missing, Changed."""
    linked = Q(pk=shift) | Q(pair_of=shift) | Q(pairs=shift)
    rows = Shift.objects.filter(pk__in=Shift.objects.filter(linked, area_id=by.area_id).values("pk"))
    found = {row.pk: row for row in rows.select_for_update(no_key=True).order_by("pk")}
    mine = found.pop(shift, None)
    if mine is None:
        raise Missing
    if mine.version != version:
        raise Changed
    return mine, next(iter(found.values()), None)


def save(shift: Shift) -> None:
    """Store a change of a locked shift under its next version; who is on duty in it has its new end at once."""
    shift.version += 1
    shift.save()
    OnDuty.objects.filter(shift=shift).update(until=shift.ends)


def part(mine: Shift, pair: Shift) -> None:
    """Make two shifts of one pair."""
    for one in (mine, pair):
        one.pair_of = None
    save(mine)
    save(pair)


def record(by: Worker, shift: Shift) -> None:
    """Audit a change of a shift."""
    append_now(area=by.area_id, actor=by.pk, action=Action.ROTA_CHANGED, object=f"shift {shift.pk}")


def _make(area: int, draft: Draft, people: dict[int, Worker]) -> list[Shift]:
    check_times(draft)
    check_skill(people[draft.worker], draft)
    check_free(people[draft.worker], draft)
    mine = Shift.objects.create(
        area_id=area,
        worker=people[draft.worker],
        starts=draft.starts,
        ends=draft.ends,
        queues=list(draft.queues),
    )
    return [mine] if draft.pair is None else [mine, _with_pair(mine, None, draft=draft, person=people[draft.pair])]


def _with_pair(mine: Shift, pair: Shift | None, *, draft: Draft, person: Worker) -> Shift:
    """Give a shift its pair, a new row or the one it has, at the same times and in the same queues."""
    check_skill(person, draft)
    check_free(person, draft, but=pair.pk if pair else None)
    pair = pair or Shift(area_id=mine.area_id, worker=person, pair_of=mine, version=0)
    pair.starts, pair.ends, pair.queues = mine.starts, mine.ends, list(mine.queues)
    save(pair)
    return pair
