"""What the tests of hand-over share."""

from asgiref.sync import sync_to_async

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests import wire
from tests.people import on_duty


async def colleague(host: Host, name: str, *, capacity: int = 2) -> Worker:
    """One more worker on duty in this host's area."""
    made = await sync_to_async(lambda: wire.make_worker(host.area, name, capacity=capacity))()
    await on_duty(made)
    return made


async def stranger(name: str = "Eve") -> Worker:
    """A worker on duty in an area of her own."""
    made = await sync_to_async(lambda: wire.make_worker(wire.make_area(), name))()
    await on_duty(made)
    return made
