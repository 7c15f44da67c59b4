"""The acts of duty for synchronous pages: each in a transaction of its own, on a connection of its own."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from asgiref.sync import async_to_sync
from django.conf import settings
from psycopg import AsyncConnection

from chatservice.duty import presence, services
from chatservice.duty.presence import Ended, OnDutyView
from chatservice.store.pool import Connection, twice

Result = TypeVar("Result")


def run(act: Callable[[Connection], Awaitable[Result]]) -> Result:
    """Run `act` in a transaction, once more when PostgreSQL asks for that. The loop's pool is left to the sockets."""

    async def alone() -> Result:
        parameters: dict[str, Any] = settings.ASYNC_DATABASE
        link = await AsyncConnection.connect(**parameters, autocommit=True)
        async with link, link.transaction():
            return await act(link)

    async def whole() -> Result:
        return await twice(alone)

    return async_to_sync(whole)()


def start(*, worker: int, capacity: int | None = None) -> OnDutyView:
    """See `services.start`."""
    return run(lambda link: services.start(link, worker=worker, capacity=capacity))


def pause(*, worker: int, reason: str = "break", minutes: int | None = None) -> OnDutyView:
    """See `services.pause`."""
    return run(lambda link: services.pause(link, worker=worker, reason=reason, minutes=minutes))


def resume(*, worker: int) -> OnDutyView:
    """See `services.resume`."""
    return run(lambda link: services.resume(link, worker=worker))


def set_capacity(*, worker: int, capacity: int) -> OnDutyView:
    """See `services.set_capacity`."""
    return run(lambda link: services.set_capacity(link, worker=worker, capacity=capacity))


def pair_absent(*, worker: int) -> list[OnDutyView]:
    """See `services.pair_absent`."""
    return run(lambda link: services.pair_absent(link, worker=worker))


def end(*, worker: int) -> Ended:
    """See `services.end`; the caller gives the worker's talks back."""
    return run(lambda link: services.end(link, worker=worker))


def on_duty(*, area: int) -> list[OnDutyView]:
    """See `presence.on_duty`."""
    return run(lambda link: presence.on_duty(link, area=area))


def view(*, worker: int) -> OnDutyView | None:
    """See `presence.view`."""
    return run(lambda link: presence.view(link, worker=worker))
