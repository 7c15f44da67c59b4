"""What the pages of workers and of the rota share: queues by number, names, and the words of refusals."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from chatservice.accounts.models import Worker
from chatservice.duty.errors import Refused
from chatservice.duty.rules import QueueSkill
from chatservice.queues.models import Queue
from console.coordinator.words import lane_name


def known_queues(area: int) -> dict[int, QueueSkill]:
    """The queues in use, as the rota asks for them."""
    rows = Queue.objects.filter(area=area, active=True).order_by("-channel", "language", "pk")
    return {
        row.pk: QueueSkill(name=row.name or lane_name(row.channel, row.language), professions=tuple(row.professions))
        for row in rows
    }


def names(area: int) -> list[tuple[int, str]]:
    """Workers to choose from."""
    rows = Worker.objects.filter(area=area, is_active=True, reader=False).order_by("display_name", "pk")
    return [(row.pk, row.display_name) for row in rows]


def refused(error: Refused) -> ValidationError:
    """A refusal of the rota, in words, at its field."""
    told = ValidationError(refusal(error.code), code=error.code)
    return ValidationError({error.field: told}) if error.field else told


def refusal(code: str) -> str:
    """What was refused and what would do."""
    return {
        "repeat_before": pgettext("worker", "The repeating ends before it begins. Choose a later day."),
        "repeat_long": pgettext("worker", "The rota repeats for a year at most. Choose an earlier day."),
        "ends_first": pgettext("worker", "The shift ends before it starts. Change one of the times."),
        "too_long": pgettext("worker", "The shift is longer than 14 hours. Check its times."),
        "past": pgettext("worker", "The shift is over already. Choose a coming day."),
        "no_queue": pgettext("worker", "There is no such queue any more. Choose from the list."),
        "profession": pgettext("worker", "The queue is for another profession. Choose another worker or queue."),
        "skill": pgettext(
            "worker", "The worker does not serve this queue. Choose another queue, or add it on the worker's page."
        ),
        "overlap": pgettext(
            "worker", "The worker has another shift at this time. Change that one, or choose other times."
        ),
        "own_pair": pgettext("worker", "A pair is two people. Choose another worker, or none."),
        "worker": pgettext("worker", "A shift goes to another worker as a substitute. Use that below."),
        "running": pgettext("worker", "Somebody is on duty in this shift. It can be changed when they have ended it."),
        "not_open": pgettext("worker", "The shift is not offered any more."),
        "changed": pgettext("worker", "Somebody else changed this meanwhile. Look at it again."),
        "missing": pgettext("worker", "There is no such shift or worker any more."),
    }.get(code, pgettext("worker", "This cannot be saved."))
