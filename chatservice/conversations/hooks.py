"""What other rooms store in the same transaction as an entrance or a step. Registered in composition (`apps.py`)."""

from typing import Protocol

from chatservice.conversations.access import Talk
from chatservice.conversations.states import State
from chatservice.store.pool import Connection


class OnEnter(Protocol):
    """Called when a conversation has been made. What it raises undoes the entrance."""

    async def __call__(self, *, connection: Connection, talk: Talk) -> None: ...


class OnStep(Protocol):
    """Called at each step; `talk` is as it was before. What it raises undoes the step."""

    async def __call__(self, *, connection: Connection, talk: Talk, after: State, reason: str) -> None: ...


_on_enter: list[OnEnter] = []
_on_step: list[OnStep] = []


def register(*, on_enter: OnEnter | None = None, on_step: OnStep | None = None) -> None:
    """Add hooks; each is called once however often it is registered."""
    if on_enter is not None and on_enter not in _on_enter:
        _on_enter.append(on_enter)
    if on_step is not None and on_step not in _on_step:
        _on_step.append(on_step)


async def entered(*, connection: Connection, talk: Talk) -> None:
    """Call every hook of an entrance."""
    for hook in _on_enter:
        await hook(connection=connection, talk=talk)


async def stepped(*, connection: Connection, talk: Talk, after: State, reason: str) -> None:
    """Call every hook of a step."""
    for hook in _on_step:
        await hook(connection=connection, talk=talk, after=after, reason=reason)
