"""Who is on duty and which queues there are, told to every desk on change: two queries for all areas and a tick."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from chatservice.delivery.frames import ColleagueItem, Colleagues, QueueItem, Queues, encode
from chatservice.queues.colleagues import OnDuty, colleagues_in
from chatservice.queues.listed import Listed, queues_in

T = TypeVar("T", OnDuty, Listed)


class Desk(Protocol):
    """A worker's socket."""

    def push(self, text: str) -> None: ...


class ColleagueNews:
    """The desks of one event loop, by area, and what each was told last."""

    def __init__(self) -> None:
        self._desks: dict[int, dict[Desk, tuple[str, ...]]] = {}

    def watch(self, *, area: int, desk: Desk) -> None:
        """Tell this desk from the next tick on."""
        self._desks.setdefault(area, {})[desk] = ()

    def leave(self, *, area: int, desk: Desk) -> None:
        """Tell it no more."""
        desks = self._desks.get(area, {})
        desks.pop(desk, None)
        if not desks:
            self._desks.pop(area, None)

    async def tick(self) -> None:
        """Read and tell what has changed. Raises StoreAway."""
        areas = list(self._desks)
        if not areas:
            return
        on_duty = _by_area(areas, await colleagues_in(areas=areas))
        listed = _by_area(areas, await queues_in(areas=areas))
        for area in areas:
            queues, people = (
                Queues(items=list(map(_queue, listed[area]))),
                Colleagues(items=list(map(_item, on_duty[area]))),
            )
            self._tell(area, (encode(queues), encode(people)))

    def _tell(self, area: int, texts: tuple[str, ...]) -> None:
        desks = self._desks.get(area, {})
        for desk, told in tuple(desks.items()):
            desks[desk] = texts
            for text in texts:
                if text not in told:
                    desk.push(text)


def _by_area(areas: list[int], found: Iterable[T]) -> dict[int, list[T]]:
    sorted_in: dict[int, list[T]] = {area: [] for area in areas}
    for one in found:
        sorted_in[one.area].append(one)
    return sorted_in


def _queue(one: Listed) -> QueueItem:
    return QueueItem(
        id=one.queue,
        name=one.name,
        channel=one.channel,
        language=one.language,
        professions=one.professions,
        picking=one.picking,
    )


def _item(one: OnDuty) -> ColleagueItem:
    return ColleagueItem(
        id=one.worker,
        name=one.name,
        profession=one.profession,
        state=one.state,
        capacity=one.capacity,
        free=one.free,
        queues=one.queues,
    )
