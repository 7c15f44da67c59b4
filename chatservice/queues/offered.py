"""An offer as a row: put, found, settled once. Whoever settles one holds the conversation's row lock.

Locks are taken in one order by everybody: the worker's row, the conversation's, the offer's.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from chatservice.conversations import access, claim
from chatservice.conversations.access import Talk
from chatservice.conversations.states import State
from chatservice.queues.errors import AlreadyOffered, NotOffered
from chatservice.queues.models import Offer
from chatservice.store.pool import Connection

OFFER_S: Final = 90
Kind = Offer.Kind

COLUMNS = "id, conversation_id, kind, from_worker_id, to_worker_id, epoch"

# One offer of a kind at a time; one that time or another claim has ended makes room.
PUT = """
INSERT INTO queues_offer AS old (id, area_id, conversation_id, kind, from_worker_id, to_worker_id, epoch, until)
VALUES (%(id)s, %(area)s, %(conversation)s, %(kind)s, %(sender)s, %(addressee)s, %(epoch)s,
    clock_timestamp() + %(life)s * interval '1 second')
ON CONFLICT (conversation_id, kind) DO UPDATE SET id = EXCLUDED.id, from_worker_id = EXCLUDED.from_worker_id,
    to_worker_id = EXCLUDED.to_worker_id, epoch = EXCLUDED.epoch, until = EXCLUDED.until
WHERE old.until < clock_timestamp() OR old.epoch <> EXCLUDED.epoch RETURNING id
"""

STANDING = f"""
SELECT {COLUMNS} FROM queues_offer WHERE conversation_id = %(conversation)s AND kind = %(kind)s
"""  # noqa: S608 - COLUMNS is a constant

TO_ME = f"""
SELECT {COLUMNS} FROM queues_offer
WHERE id = %(id)s AND to_worker_id = %(worker)s AND until > clock_timestamp()
"""  # noqa: S608 - COLUMNS is a constant

FROM_ME = f"""
SELECT {COLUMNS} FROM queues_offer WHERE id = %(id)s AND from_worker_id = %(worker)s
"""  # noqa: S608 - COLUMNS is a constant

TAKE_AWAY = "DELETE FROM queues_offer WHERE id = %(id)s AND (NOT %(alive)s OR until > clock_timestamp()) RETURNING id"
END_ALL = "DELETE FROM queues_offer WHERE conversation_id = %(conversation)s RETURNING from_worker_id, to_worker_id"


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer between two workers."""

    id: UUID
    conversation: UUID
    kind: str
    sender: int
    addressee: int
    epoch: int


async def put(*, connection: Connection, talk: Talk, kind: Kind, sender: int, addressee: int) -> tuple[Offered, bool]:
    """Make an offer for 90 s of the database's clock; the same one again is found (False). Raises AlreadyOffered."""
    asked = {
        "id": uuid4(),
        "area": talk.area,
        "conversation": talk.conversation,
        "kind": kind.value,
        "sender": sender,
        "addressee": addressee,
        "epoch": talk.epoch,
        "life": OFFER_S,
    }
    fresh = await (await connection.execute(PUT, asked)).fetchone() is not None
    row = await (await connection.execute(STANDING.encode(), asked)).fetchone()
    if row is None:
        raise NotOffered("the offer has ended in this moment: offer again")
    found = Offered(*row)
    if not fresh and found.addressee != addressee:
        raise AlreadyOffered("somebody else has been asked: take that back first, or wait for the answer")
    return found, fresh


async def to_me(*, connection: Connection, offer: UUID, worker: int) -> Offered:
    """Return a living offer to this worker; raises NotOffered (foreign, ended and missing answer alike)."""
    return await _one(connection, TO_ME, id=offer, worker=worker)


async def from_me(*, connection: Connection, offer: UUID, worker: int) -> Offered:
    """Return this worker's own offer; raises NotOffered."""
    return await _one(connection, FROM_ME, id=offer, worker=worker)


async def settle(*, connection: Connection, offered: Offered, alive: bool = True) -> Talk:
    """Lock the conversation, take the offer away and return the talk; of two who settle, one does.

    Raises NotOffered: answered, withdrawn, too old (when `alive` is asked for), or the claim has passed.
    """
    talk = await claim.locked(connection=connection, conversation=offered.conversation)
    taken = await take_away(connection=connection, offered=offered, alive=alive)
    if not taken or talk is None or not is_current(offered, talk):
        raise NotOffered("the offer has ended")
    return talk


async def take_away(*, connection: Connection, offered: Offered, alive: bool) -> bool:
    """Delete the offer under the conversation's row lock; False when somebody else did."""
    gone = await connection.execute(TAKE_AWAY, {"id": offered.id, "alive": alive})
    return await gone.fetchone() is not None


def is_current(offered: Offered, talk: Talk) -> bool:
    """Whether the talk is still in the claim under which the offer was made."""
    return talk.state is State.ACTIVE and talk.epoch == offered.epoch


async def end_all(*, connection: Connection, talk: Talk) -> set[int]:
    """Take away every offer of a conversation; return whom to tell."""
    cursor = await connection.execute(END_ALL, {"conversation": talk.conversation})
    return {worker for row in await cursor.fetchall() for worker in row}


async def owned(*, connection: Connection, conversation: UUID, worker: int, epoch: int) -> Talk:
    """Return an active talk this worker owns; raises Gone, Stale, NotOffered (not active)."""
    talk = await access.worker(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
    if talk.state is not State.ACTIVE:
        raise NotOffered("expected a talk that has begun")
    return talk


async def _one(connection: Connection, query: str, **asked: object) -> Offered:
    row = await (await connection.execute(query.encode(), asked)).fetchone()
    if row is None:
        raise NotOffered("no such offer")
    return Offered(*row)
