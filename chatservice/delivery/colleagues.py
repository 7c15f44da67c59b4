"""Who is on duty, told to every desk of an area on change: one query for all areas of this process and tick."""

from typing import Protocol

from chatservice.delivery.frames import ColleagueItem, Colleagues, encode
from chatservice.queues.colleagues import OnDuty, colleagues_in


class Desk(Protocol):
    """A worker's socket."""

    def push(self, text: str) -> None: ...


class ColleagueNews:
    """The desks of one event loop, by area, and what each was told last."""

    def __init__(self) -> None:
        self._desks: dict[int, dict[Desk, str]] = {}

    def watch(self, *, area: int, desk: Desk) -> None:
        """Tell this desk from the next tick on."""
        self._desks.setdefault(area, {})[desk] = ""

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
        found: dict[int, list[OnDuty]] = {area: [] for area in areas}
        for one in await colleagues_in(areas=areas):
            found[one.area].append(one)
        for area, on_duty in found.items():
            self._tell(area, encode(Colleagues(items=[_item(one) for one in on_duty])))

    def _tell(self, area: int, text: str) -> None:
        desks = self._desks.get(area, {})
        for desk, told in tuple(desks.items()):
            if told != text:
                desks[desk] = text
                desk.push(text)


def _item(one: OnDuty) -> ColleagueItem:
    return ColleagueItem(
        id=one.worker,
        name=one.name,
        profession=one.profession,
        state=one.state,
        capacity=one.capacity,
        free=one.free,
    )
