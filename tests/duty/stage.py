"""What the tests of duty share: acts in a transaction of their own, and shifts around the database's now."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.duty.models import Shift
from chatservice.store.pool import transaction
from tests.people import sql

Result = TypeVar("Result")


async def do(service: Callable[..., Awaitable[Result]], **asked: Any) -> Result:
    """Call a service of duty in a transaction."""
    async with transaction() as connection:
        return await service(connection, **asked)


async def now() -> datetime:
    """The database's clock."""
    found: datetime = (await sql("SELECT clock_timestamp()"))[0][0]
    return found


async def shift_of(worker: Worker, *, begins: int = -30, lasts: int = 120, **details: Any) -> Shift:
    """A shift that began half an hour ago, in minutes from now."""
    starts = await now() + timedelta(minutes=begins)
    return await Shift.objects.acreate(
        area_id=worker.area_id, worker=worker, starts=starts, ends=starts + timedelta(minutes=lasts), **details
    )


async def acts(worker: Worker) -> list[str]:
    """What the audit holds of this worker's area, in order."""
    return [entry.action async for entry in Entry.objects.filter(area=worker.area_id).order_by("n")]


async def desk_gone(worker: Worker, *, seconds: int) -> None:
    """The worker's desk has not been heard of since its lease ended that long ago."""
    query = (
        "UPDATE duty_onduty SET lease_until = clock_timestamp() - %(s)s * interval '1 second' WHERE worker_id = %(id)s"
    )
    await sql(query, id=worker.pk, s=seconds)
