"""Why somebody stands further back than before: never without a reason that can be told. Pure.

What is told names no person and no danger: only that somebody needed help sooner, kept an early place, or came back to
a place of their own (after a talk that broke, or a call that passed).
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from math import inf
from typing import Final
from uuid import UUID

from chatservice.queues.order import Reason


class Why(StrEnum):
    """The values go over the wire; the page has a sentence for each."""

    URGENT = "urgent"
    EARLY = "early"
    RETURNED = "returned"


URGENT: Final = frozenset({Reason.RISK_IMMEDIATE, Reason.RISK_HIGH, Reason.RISK_CONCERN, Reason.NEEDS_TODAY})


def overtaken(*, before: Mapping[UUID, int], now: Iterable[tuple[UUID, Collection[Reason]]]) -> dict[UUID, Why]:
    """Return why for each whose place is greater than `before`; `now` is the queue in its order.

    Of all who are ahead, the one who was furthest back, or not there, has passed whoever lost a place behind them.
    """
    found: dict[UUID, Why] = {}
    furthest, why = 0.0, Why.RETURNED
    for place, (conversation, reasons) in enumerate(now, start=1):
        was = before.get(conversation)
        if was is not None and place > was:
            found[conversation] = why
        rank = inf if was is None else was
        if rank > furthest:
            furthest, why = rank, _why(reasons)
    return found


def _why(reasons: Collection[Reason]) -> Why:
    if URGENT.intersection(reasons) and Reason.RETURNED not in reasons:
        return Why.URGENT
    return Why.EARLY if Reason.TURNED_AWAY in reasons and Reason.RETURNED not in reasons else Why.RETURNED
