"""A visitor comes to a queue: the right one, if there is room, once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from chatservice.conversations import admission
from chatservice.conversations.access import Talk
from chatservice.conversations.admission import Entrance, Placing
from chatservice.conversations.errors import Gone, NotAdmitted
from chatservice.conversations.tokens import make
from chatservice.queues.errors import QueueError
from chatservice.queues.lanes import place_for, room_in
from chatservice.queues.order import Standing, head_start
from chatservice.queues.routing import PROFESSIONS, Need
from chatservice.store.pool import Connection, transaction

TOPIC_LENGTH: Final = 16


class Full(QueueError):
    """The queue has no room: nobody is let in beyond its cap."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a visitor says before coming in, besides the entrance; all of it may be left out."""

    wish: str = ""
    topic: str = ""


async def enter(*, entrance: Entrance, asked: Asked) -> tuple[str, Talk]:
    """Let a visitor into the queue for their need and return their token and talk.

    The same attempt sent again finds what it made, also when the door has closed meanwhile. Raises NotAdmitted, Full,
    NoQueue, StoreAway, VaultError.
    """
    admission.checked(entrance)
    if asked.wish not in {"", *PROFESSIONS} or len(asked.topic) > TOPIC_LENGTH:
        raise NotAdmitted("expected a profession of this service and a topic code")
    need = Need(channel=entrance.channel, language=entrance.language, wish=asked.wish, topic=asked.topic)
    async with transaction() as connection:
        place = await place_for(connection=connection, area=entrance.host.area_id, need=need)
    standing = Standing(arrival=datetime.now(UTC), ticket=0)
    placing = Placing(
        queue=place.queue,
        wish=asked.wish,
        topic=asked.topic,
        head_start=head_start(standing),
        overflow=place.overflow,
    )

    async def admit(connection: Connection) -> None:
        if place.cap is not None and not await room_in(connection=connection, queue=place.queue):
            raise Full("the queue has no room for one more")

    try:
        return await admission.enter(entrance=entrance, placing=placing, admit=admit)
    except Full:
        return await _again(entrance)


async def _again(entrance: Entrance) -> tuple[str, Talk]:
    """A repeated attempt is inside already; everybody else hears that there is no room."""
    token = make(attempt=entrance.attempt)
    try:
        return token, await admission.come_back(token=token)
    except Gone:
        raise Full("the queue has no room for one more") from None
