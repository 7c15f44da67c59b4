"""The forms of a shift."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from chatservice.duty.models import Shift
from chatservice.duty.rules import HOME, Draft, QueueSkill, wall
from console.coordinator import people
from console.coordinator.forms import DeskForm
from console.coordinator.inputs import day_field, offer, ticks, time_field


class ShiftForm(DeskForm):
    """Times, queues and pair of a shift."""

    day = day_field(pgettext_lazy("worker", "Day"))
    starts = time_field(pgettext_lazy("worker", "Starts"), required=True)
    ends = time_field(
        pgettext_lazy("worker", "Ends"),
        required=True,
        help_text=pgettext_lazy("worker", "A time before the start is on the next day."),
    )
    queues = ticks(
        pgettext_lazy("worker", "Only in these queues"),
        help_text=pgettext_lazy("worker", "None ticked: all that the worker serves."),
    )
    pair = forms.ChoiceField(
        label=pgettext_lazy("worker", "Pair"),
        required=False,
        help_text=pgettext_lazy("worker", "A second worker gets a shift at the same times."),
    )

    def ask(self, area: int) -> None:
        """Choices of the area."""
        names = people.names(area)
        offer(self, "pair", [("", pgettext("worker", "alone")), *names])
        known = people.known_queues(area)
        if known:
            offer(self, "queues", [(queue, skill.name) for queue, skill in known.items()])
        else:
            del self.fields["queues"]

    def draft(self, known: Mapping[int, QueueSkill], *, worker: int) -> Draft:
        """The shift that is wanted; raises Refused."""
        found = self.cleaned_data
        next_day = found["ends"] <= found["starts"]
        return Draft(
            worker=worker,
            starts=wall(found["day"], found["starts"]),
            ends=wall(found["day"] + timedelta(days=next_day), found["ends"], ending=True),
            queues=tuple(int(each) for each in found.get("queues", ())),
            pair=int(found["pair"]) if found["pair"] else None,
            known=known,
        )


class NewShiftForm(ShiftForm):
    """A shift that is not there yet."""

    worker = forms.ChoiceField(label=pgettext_lazy("worker", "Worker"))
    repeat_until = day_field(
        pgettext_lazy("worker", "Repeat each week until"),
        required=False,
        help_text=pgettext_lazy("worker", "Empty: this week only."),
    )
    field_order = ["worker", "day", "starts", "ends", "repeat_until", "pair", "queues"]

    def ask(self, area: int) -> None:
        """Choices of the area."""
        super().ask(area)
        offer(self, "worker", people.names(area))

    def draft(self, known: Mapping[int, QueueSkill], *, worker: int = 0) -> Draft:
        """The shift that is wanted; raises Refused."""
        return super().draft(known, worker=worker or int(self.cleaned_data["worker"]))


class SubstituteForm(DeskForm):
    """Somebody else for a shift."""

    substitute = forms.ChoiceField(label=pgettext_lazy("worker", "Substitute"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_other_%s", **kwargs})

    def ask(self, area: int, *, but: int) -> None:
        """Everybody else of the area."""
        offer(self, "substitute", [(pk, name) for pk, name in people.names(area) if pk != but])


def facts(row: Shift) -> dict[str, Any]:
    """A stored shift as its form shows it."""
    starts, ends = row.starts.astimezone(HOME), row.ends.astimezone(HOME)
    pair = row.pair_of or row.pairs.first()
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "queues": row.queues,
        "pair": pair.worker_id if pair else "",
        "version": row.version,
    }
