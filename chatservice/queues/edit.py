"""What coordinators change in the queues of their own area: versioned, audited, whole or not at all.

Everybody who comes must find a queue, and every queue somebody who serves it; so an area keeps, for each channel and
language that has queues, one that takes everybody. Raises NotCoordinator, ValidationError (by field), StaleEdit,
Missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.conversations.models import Conversation
from chatservice.conversations.states import State
from chatservice.duty.models import Serves
from chatservice.places.errors import StaleEdit
from chatservice.places.models import CHANNELS, LANGUAGES, Area
from chatservice.queues.models import Queue
from chatservice.queues.routing import PROFESSIONS

TOPIC: Final = re.compile(r"[A-Za-z0-9._-]{1,16}")
MOST_PEOPLE: Final = 100_000
FIELDS: Final = ("channel", "language", "name", "overflow_minutes", "cap", "picking", "overrun_minutes")


class Missing(Exception):
    """Expected a queue of the coordinator's own area; a foreign one answers alike."""

    def __init__(self) -> None:
        super().__init__("Expected a queue of your own area.")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDraft:
    """A queue as a page sends it. `workers` are added to those of them who serve only queues named to them."""

    channel: str
    language: str
    name: str = ""
    professions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    overflow_minutes: int = 5
    cap: int | None = None
    picking: bool = False
    overrun_minutes: int = 15
    workers: tuple[int, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it takes everybody of its channel and language."""
        return not self.professions and not self.topics


def save_queue(*, actor: Worker, draft: QueueDraft, queue: int | None = None, version: int = 0) -> Queue:
    """Make a queue, or change the one of that id."""
    with transaction.atomic():
        area = _locked_area(actor)
        row = _own(area, queue, version) if queue is not None else Queue(area=area, version=0)
        _check_values(draft)
        _check_place(area, draft, row)
        for name in FIELDS:
            setattr(row, name, getattr(draft, name))
        row.professions, row.topics = sorted(set(draft.professions)), sorted(set(draft.topics))
        row.version += 1
        row.save()
        _assign(area, row, draft.workers)
        _check_served(area, row)
        _record(actor, row)
    return row


def deactivate(*, actor: Worker, queue: int, version: int) -> Queue:
    """Take a queue out of use; it stays for the counters."""
    with transaction.atomic():
        area = _locked_area(actor)
        row = _own(area, queue, version)
        if _people_in(row):
            raise _refusal("people_wait")
        if not row.professions and not row.topics:
            others = _active(area, row.channel, row.language).exclude(pk=row.pk)
            raise _refusal("others_need_it" if others.exists() else "only_one")
        row.active, row.version = False, row.version + 1
        row.save()
        _record(actor, row)
    return row


def _check_values(draft: QueueDraft) -> None:
    limits = (("overflow_minutes", 0, 120), ("overrun_minutes", 0, 120), ("cap", 1, MOST_PEOPLE))
    for name, least, most in limits:
        value = getattr(draft, name)
        if value is not None and not least <= value <= most:
            raise _refusal("cap" if name == "cap" else "minutes", field=name)
    if draft.channel not in CHANNELS or draft.language not in LANGUAGES or set(draft.professions) - set(PROFESSIONS):
        raise _refusal("unknown", field="channel")
    if not all(TOPIC.fullmatch(topic) for topic in draft.topics):
        raise _refusal("topic", field="topics")


def _check_place(area: Area, draft: QueueDraft, row: Queue) -> None:
    """No two alike, nobody without a queue, and nobody who waits carried to another channel or language."""
    others = _active(area, draft.channel, draft.language).exclude(pk=row.pk)
    alike = {(tuple(sorted(each.professions)), tuple(sorted(each.topics))) for each in others}
    if (tuple(sorted(set(draft.professions))), tuple(sorted(set(draft.topics)))) in alike:
        raise _refusal("duplicate", field="channel")
    if not draft.plain and not _takes_everybody(others):
        raise _refusal("nobody_elses", field="professions" if draft.professions else "topics")
    moved = row.pk is not None and (row.channel, row.language) != (draft.channel, draft.language)
    if not moved:
        return
    if _people_in(row):
        raise _refusal("people_wait", field="channel")
    left = _active(area, row.channel, row.language).exclude(pk=row.pk)
    if left.exists() and not _takes_everybody(left):
        raise _refusal("others_need_it", field="channel")


def _check_served(area: Area, row: Queue) -> None:
    workers = Worker.objects.filter(area=area, is_active=True, reader=False)
    if row.professions:
        workers = workers.filter(profession__in=row.professions)
    if not workers.filter(Q(serves=None) | Q(serves__queue_id=row.pk)).exists():
        raise _refusal("nobody_serves", field="professions" if row.professions else "workers")


def _assign(area: Area, row: Queue, workers: Iterable[int]) -> None:
    """Who serves every queue needs no row; who serves named ones gets this one beside them."""
    people = (
        Worker.objects.filter(area=area, is_active=True, reader=False, pk__in=list(workers))
        .exclude(serves=None)
        .distinct()
    )
    if row.professions:
        people = people.filter(profession__in=row.professions)
    rows = [Serves(worker=worker, queue_id=row.pk) for worker in people]
    Serves.objects.bulk_create(rows, ignore_conflicts=True)


def _active(area: Area, channel: str, language: str) -> QuerySet[Queue]:
    return Queue.objects.filter(area=area, channel=channel, language=language, active=True)


def _takes_everybody(queues: QuerySet[Queue]) -> bool:
    return queues.filter(professions=[], topics=[]).exists()


def _people_in(row: Queue) -> bool:
    return Conversation.objects.filter(queue=row.pk).exclude(state=State.CLOSED).exists()


def _locked_area(actor: Worker) -> Area:
    """Two coordinators who press at once come one after the other; the second meets the first one's version."""
    require_coordinator(actor)
    return Area.objects.select_for_update(no_key=True).get(pk=actor.area_id)


def _own(area: Area, queue: int, version: int) -> Queue:
    """Locked, so that whoever is just coming in waits, and finds it as it is afterwards."""
    row = Queue.objects.select_for_update().filter(pk=queue, area=area, active=True).first()
    if row is None:
        raise Missing
    if row.version != version:
        raise StaleEdit
    return row


def _record(actor: Worker, row: Queue) -> None:
    append_now(area=actor.area_id, actor=actor.pk, action=Action.QUEUE_CHANGED, object=f"queue {row.pk}")


def _refusal(code: str, *, field: str = "") -> ValidationError:
    """A refusal by code; the face words it."""
    error = ValidationError(REASONS[code], code=code)
    return ValidationError({field: error}) if field else error


REASONS: Final = {
    "cap": "Expected the cap to be 1 person or more, or empty: to take nobody, change the hours.",
    "minutes": "Expected 0 to 120 minutes.",
    "unknown": "Expected a channel, language and professions of this service.",
    "topic": "Expected topic codes of at most 16 letters, digits, dots and hyphens.",
    "duplicate": "There is such a queue already: change that one.",
    "nobody_elses": "Others of this channel and language would have no queue: first make one that takes everybody.",
    "nobody_serves": "Nobody serves this queue: choose a worker, or another profession.",
    "people_wait": "People are in this queue: close its hours and try again when it is empty.",
    "others_need_it": "It takes those whom the other queues of this channel and language do not: remove those first.",
    "only_one": "It is the only queue of this channel and language: to take nobody, change the hours.",
}
