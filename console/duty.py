"""What a worker does with their own shift over the socket: decode, call the duty room, encode."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from chatservice.conversations import talk
from chatservice.conversations.access import Talk
from chatservice.conversations.errors import ConversationError
from chatservice.conversations.selectors import held_by
from chatservice.delivery import frames, views
from chatservice.duty import presence, services
from chatservice.duty.care import after_talk
from chatservice.duty.presence import OnDutyView
from chatservice.queues.advising import advised
from chatservice.store.pool import Connection, connection, transaction

Act = Callable[[Connection], Awaitable[object]]


async def change(*, worker: int, frame: frames.Duty) -> frames.DutyShown:
    """Do what the frame asks and return the duty as it stands. Raises DutyError, StoreAway."""
    act = _act(worker, frame)
    async with transaction() as lent:
        await act(lent)
    if frame.act == "end":
        await _give_back(worker)
    return await shown(worker=worker, ref=frame.ref)


async def shown(*, worker: int, ref: str = "", offer_pause: int | None = None) -> frames.DutyShown:
    """Return the worker's duty as a frame; raises StoreAway."""
    async with connection() as lent:
        duty = await presence.view(lent, worker=worker)
    if duty is None:
        return frames.DutyShown(state="off", capacity=0, ref=ref)
    advice, stop_at = await advised(duty=duty)
    return frames.DutyShown(
        state=_state(duty),
        capacity=duty.capacity,
        since=views.minute_text(duty.since),
        until=views.minute_text(duty.until) if duty.until else None,
        pause_until=views.minute_text(duty.pause_until) if duty.paused and duty.pause_until else None,
        advice=advice,
        stop_at=views.minute_text(stop_at) if stop_at else None,
        alone=duty.alone,
        offer_pause=offer_pause,
        ref=ref,
    )


async def after(*, worker: int, talk: Talk) -> frames.DutyShown:
    """Return the duty after a talk has ended, with a pause to offer when it was heavy; raises StoreAway."""
    minutes = (datetime.now(UTC) - talk.began).total_seconds() / 60 if talk.began else 0.0
    offer = after_talk(risk=talk.risk, minutes=minutes, alone=False)
    return await shown(worker=worker, offer_pause=offer.minutes if offer else None)


def _state(duty: OnDutyView) -> str:
    if duty.paused:
        return "paused"
    return "on" if duty.accepting else "finishing"


def _act(worker: int, frame: frames.Duty) -> Act:
    match frame.act:
        case "start":
            return lambda lent: services.start(lent, worker=worker, capacity=frame.capacity)
        case "pause":
            return lambda lent: services.pause(lent, worker=worker, minutes=frame.minutes)
        case "resume":
            return lambda lent: services.resume(lent, worker=worker)
        case "capacity":
            return lambda lent: services.set_capacity(lent, worker=worker, capacity=frame.capacity or 1)
        case "pair_absent":
            return lambda lent: services.pair_absent(lent, worker=worker)
        case "end":
            return lambda lent: services.end(lent, worker=worker)


async def _give_back(worker: int) -> None:
    """The end of a shift gives every open talk back to the head of its queue; who left meanwhile is no matter."""
    for held in await held_by(worker=worker):
        try:
            await talk.release(conversation=held.conversation, worker=worker, epoch=held.epoch)
        except ConversationError:
            continue
