"""A visitor comes to a queue: the right one, if there is room, once; or back by their code."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from chatservice.conversations import admission
from chatservice.conversations.access import Talk
from chatservice.conversations.admission import Entrance, Placing
from chatservice.conversations.errors import Gone, NotAdmitted, StillOpen
from chatservice.conversations.returning import Returned, begin_anew, by_code
from chatservice.conversations.tokens import make
from chatservice.queues import tries
from chatservice.queues.door import DoorState, look
from chatservice.queues.errors import Full, Shut
from chatservice.queues.lanes import Place, place_for, room_in
from chatservice.queues.order import Standing, head_start
from chatservice.queues.routing import PROFESSIONS, Need
from chatservice.store.pool import Connection, transaction

TOPIC_LENGTH: Final = 16
SPEND = "UPDATE conversations_thread SET voucher_for = NULL, code_until = NULL WHERE id = %(thread)s"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a visitor says before coming in, besides the entrance; all of it may be left out."""

    wish: str = ""
    topic: str = ""
    code: str = ""
    caller: str = ""


async def enter(*, entrance: Entrance, asked: Asked) -> tuple[str, Talk]:
    """Let a visitor into the queue for their need and return their token and talk.

    With a code: into the talk it keeps, or into a new one of the same thread. The same attempt sent again finds what
    it made, also when the queue has filled meanwhile. Raises NotAdmitted, Gone (code), Full, NoQueue, TooManyTries,
    LimitsAway, Shut (carries the door), StoreAway, VaultError.
    """
    admission.checked(entrance, known=bool(asked.code))
    if asked.wish not in {"", *PROFESSIONS} or len(asked.topic) > TOPIC_LENGTH:
        raise NotAdmitted("expected a profession of this service and a topic code")
    back = await _returned(entrance, asked)
    if back is not None and back.token is not None:
        return back.token, await admission.come_back(token=back.token)
    try:
        await _through_the_door(entrance, early=back is not None and back.credit)
        return await _new(entrance, asked, back)
    except (Full, Shut) as refusal:
        return await _again(entrance, refusal)
    except StillOpen:
        # The same code was used elsewhere in this moment: there is one talk, and it is open to both.
        first = await by_code(text=asked.code, channel=entrance.channel)
        return first.token or "", await admission.come_back(token=first.token or "")


async def _through_the_door(entrance: Entrance, *, early: bool) -> None:
    """Whoever has an early place is not turned away by those who came without one; the cap holds for all."""
    door = await look(area=entrance.host.area_id, channel=entrance.channel, language=entrance.language)
    if not door.lets_in and not (early and door.state is DoorState.FULL):
        raise Shut(door)


async def _returned(entrance: Entrance, asked: Asked) -> Returned | None:
    if not asked.code:
        return None
    await tries.count(caller=asked.caller)
    back = await by_code(text=asked.code, channel=entrance.channel)
    if back.area != entrance.host.area_id:
        raise Gone("no such code")
    return back


async def _new(entrance: Entrance, asked: Asked, back: Returned | None) -> tuple[str, Talk]:
    need = Need(channel=entrance.channel, language=entrance.language, wish=asked.wish, topic=asked.topic)
    async with transaction() as connection:
        place = await place_for(connection=connection, area=entrance.host.area_id, need=need)
    thread = back.thread if back is not None else None

    async def admit(connection: Connection) -> None:
        if not await room_in(connection=connection, queue=place.queue, capped=place.cap is not None):
            raise Full("the queue has no room for one more")
        if thread is not None:
            await begin_anew(connection=connection, thread=thread)
            await connection.execute(SPEND, {"thread": thread})

    placing = _placing(place, asked, thread=thread, credit=back is not None and back.credit)
    return await admission.enter(entrance=entrance, placing=placing, admit=admit)


def _placing(place: Place, asked: Asked, *, thread: UUID | None, credit: bool) -> Placing:
    return Placing(
        queue=place.queue,
        wish=asked.wish,
        topic=asked.topic,
        credit=credit,
        head_start=head_start(Standing(arrival=datetime.now(UTC), ticket=0, credit=credit)),
        overflow=place.overflow,
        thread=thread,
    )


async def _again(entrance: Entrance, refusal: Full | Shut) -> tuple[str, Talk]:
    """A repeated attempt is inside already; everybody else hears how the door stands."""
    token = make(attempt=entrance.attempt)
    try:
        return token, await admission.come_back(token=token)
    except Gone:
        raise refusal from None
