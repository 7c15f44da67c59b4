"""What other rooms store in the same transaction as a step of a conversation. Registered in composition."""

from collections.abc import Awaitable, Callable

from chatservice.conversations.access import Talk
from chatservice.conversations.states import State
from chatservice.store.pool import Connection

Hook = Callable[..., Awaitable[None]]

_hooks: list[Hook] = []


def on_step(hook: Hook) -> Callable[[], None]:
    """Call `hook(connection=, talk=, after=, reason=)` at each step; return what takes it away again.

    `talk` is as it was before the step. The hook runs in the step's transaction: what it raises undoes the step.
    """
    _hooks.append(hook)
    return lambda: _hooks.remove(hook)


async def stepped(*, connection: Connection, talk: Talk, after: State, reason: str) -> None:
    """Call every hook."""
    for hook in _hooks:
        await hook(connection=connection, talk=talk, after=after, reason=reason)
