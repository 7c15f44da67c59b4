"""What workers do with shifts themselves: give up, offer for swap, keep, take over; and the coordinator's substitute.

A shift that was given up shows as a gap until somebody takes it; one offered stays its worker's until then.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.duty.errors import Missing, Refused
from chatservice.duty.models import OnDuty, Shift
from chatservice.duty.rota import locked, part, record, save
from chatservice.duty.rules import Draft, QueueSkill, check_free, check_skill, lock_workers

OPEN = (Shift.State.GIVEN_UP, Shift.State.OPEN_FOR_SWAP)


def give_up(*, by: Worker, shift: int, version: int) -> Shift:
    """Leave a shift of one's own to whoever takes it. Raises Missing, Changed, Refused."""
    return _mark(by=by, shift=shift, version=version, state=Shift.State.GIVEN_UP)


def offer_swap(*, by: Worker, shift: int, version: int) -> Shift:
    """Offer a shift of one's own and keep it until somebody takes it. Raises Missing, Changed, Refused."""
    return _mark(by=by, shift=shift, version=version, state=Shift.State.OPEN_FOR_SWAP)


def keep(*, by: Worker, shift: int, version: int) -> Shift:
    """Take a giving up or an offer back. Raises Missing, Changed, Refused (another shift in these times)."""
    return _mark(by=by, shift=shift, version=version, state=Shift.State.PLANNED)


def take_over(*, by: Worker, shift: int, version: int, known: Mapping[int, QueueSkill]) -> Shift:
    """Take a shift that a colleague gave up or offers; the rota tells for whom. Raises Missing, Changed, Refused."""
    with transaction.atomic():
        person = lock_workers(area=by.area_id, workers=[by.pk])[by.pk]
        mine, pair = locked(by=by, shift=shift, version=version)
        if mine.state not in OPEN:
            raise Refused("not_open", "the shift is not offered: ask its worker to offer it, or the coordinator")
        return _hand(by=by, shift=mine, pair=pair, to=person, known=known)


def substitute(*, by: Worker, shift: int, version: int, worker: int, known: Mapping[int, QueueSkill]) -> Shift:
    """Put another worker into a shift. Raises NotCoordinator, Missing, Changed, Refused."""
    require_coordinator(by)
    with transaction.atomic():
        person = lock_workers(area=by.area_id, workers=[worker])[worker]
        mine, pair = locked(by=by, shift=shift, version=version)
        return _hand(by=by, shift=mine, pair=pair, to=person, known=known)


def _mark(*, by: Worker, shift: int, version: int, state: Shift.State) -> Shift:
    with transaction.atomic():
        person = lock_workers(area=by.area_id, workers=[by.pk])[by.pk]
        mine, _ = locked(by=by, shift=shift, version=version)
        if mine.worker_id != by.pk:
            raise Missing
        _not_over(mine)
        if state == Shift.State.PLANNED:
            check_free(person, _draft(mine, {}), but=mine.pk)
        elif OnDuty.objects.filter(shift=mine).exists():
            raise Refused("running", "you are on duty in this shift: end it instead, your talks go back to the queue")
        mine.state = state
        save(mine)
        record(by, mine)
    return mine


def _hand(*, by: Worker, shift: Shift, pair: Shift | None, to: Worker, known: Mapping[int, QueueSkill]) -> Shift:
    _not_over(shift)
    if OnDuty.objects.filter(shift=shift).exists():
        raise Refused("running", "somebody is on duty in this shift: start a duty of your own beside it")
    if shift.worker_id != to.pk:
        draft = _draft(shift, known)
        check_skill(to, draft)
        check_free(to, draft, but=shift.pk)
        # Whose shift it was first stays told, through any number of hands.
        first = shift.substitute_for_id or shift.worker_id
        shift.substitute_for_id = None if first == to.pk else first
        shift.worker = to
    shift.state = Shift.State.PLANNED
    if pair is not None and pair.worker_id == to.pk:
        part(shift, pair)
    else:
        save(shift)
    record(by, shift)
    return shift


def _draft(shift: Shift, known: Mapping[int, QueueSkill]) -> Draft:
    queues = tuple(shift.queues)
    return Draft(worker=shift.worker_id, starts=shift.starts, ends=shift.ends, queues=queues, known=known)


def _not_over(shift: Shift) -> None:
    if shift.ends <= timezone.now():
        raise Refused("past", "the shift is over already: choose a coming one")
