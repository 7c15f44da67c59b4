"""Counting at the steps of a conversation, in the same transaction: came in, answered, left, turned away."""

from chatservice.conversations.access import Talk
from chatservice.conversations.payload import Code
from chatservice.conversations.states import State
from chatservice.statistics import closings
from chatservice.statistics.load import What, tally
from chatservice.store.pool import Connection


async def entered(*, connection: Connection, talk: Talk) -> None:
    """Registered with conversations.hooks in `apps.py`: somebody came into a queue."""
    await _count(connection, talk, What.ARRIVALS)


async def stepped(*, connection: Connection, talk: Talk, after: State, reason: str) -> None:
    """Registered with conversations.hooks in `apps.py`: the first answer, or an end."""
    if talk.began is not None:
        if after is State.CLOSED:
            await closings.answered(connection, talk=talk)
    elif after is State.ACTIVE:
        await _count(connection, talk, What.ANSWERED)
    elif after is State.CLOSED:
        await closings.missed(connection, talk=talk, reason=reason)
        await _count(connection, talk, What.TURNED_AWAY if reason == Code.HOURS_ENDED else What.LEFT)


async def _count(connection: Connection, talk: Talk, what: What) -> None:
    await tally(connection, area=talk.area, channel=talk.channel, language=talk.language, queue=talk.queue, what=what)
