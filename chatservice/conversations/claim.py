"""A worker takes the next one who waits: first come first served, under the worker's own row lock."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from chatservice.audit import actions
from chatservice.audit.append import append as audit
from chatservice.conversations import access
from chatservice.conversations.access import Talk
from chatservice.conversations.admission import LEASE_S
from chatservice.conversations.errors import Full, Gone, NothingWaiting
from chatservice.conversations.events import Moved, announce
from chatservice.conversations.states import Step
from chatservice.conversations.steps import take
from chatservice.store.pool import Connection, transaction, twice

CALL_S = 60

# The worker's own row serialises their claims: two tabs cannot pass the capacity together.
ME = "SELECT area_id, capacity FROM accounts_worker WHERE id = %(worker)s AND is_active FOR NO KEY UPDATE"

HELD = """
SELECT count(*) FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
WHERE part.worker_id = %(worker)s AND NOT part.ended AND talk.state IN ('called', 'active')
"""

# Who is away is skipped, not dropped. SKIP LOCKED: two workers who ask at once get two different children.
NEXT = """
SELECT talk.id FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.area_id = %(area)s AND talk.state = 'queued' AND part.lease_until > clock_timestamp()
ORDER BY talk.requeued DESC, talk.ticket FOR NO KEY UPDATE OF talk SKIP LOCKED LIMIT 1
"""

CALLED = """
UPDATE conversations_conversation SET claim_epoch = claim_epoch + 1,
    called_until = clock_timestamp() + %(call)s * interval '1 second'
WHERE id = %(conversation)s RETURNING claim_epoch
"""

JOIN = """
INSERT INTO conversations_participant
    (id, conversation_id, role, worker_id, epoch, writes, reads_notes, ended, present, lease_until)
VALUES (%(participant)s, %(conversation)s, 'professional', %(worker)s, %(epoch)s, true, true, false, true,
    clock_timestamp() + %(lease)s * interval '1 second')
ON CONFLICT (conversation_id, worker_id) DO UPDATE SET role = 'professional', epoch = EXCLUDED.epoch, writes = true,
    ended = false, present = true, lease_until = EXCLUDED.lease_until
"""

BY_ID = f"""
SELECT {access.COLUMNS} FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.id = %(conversation)s
"""  # noqa: S608 - COLUMNS is a constant


@dataclass(frozen=True, slots=True)
class Claimed:
    """The conversation a worker has been given and the epoch that every later write of theirs carries."""

    conversation: UUID
    epoch: int


async def claim_next(*, worker: int) -> Claimed:
    """Reserve the next waiting conversation for `worker`: called for 60 s, until the visitor says "I am here".

    Raises Gone (not an active worker), Full, NothingWaiting, StoreAway.
    """

    async def act() -> tuple[Claimed, Moved]:
        async with transaction() as connection:
            return await _claim(connection, worker)

    claimed, moved = await twice(act)
    announce(moved)
    return claimed


async def _claim(connection: Connection, worker: int) -> tuple[Claimed, Moved]:
    area = await _room_for_one_more(connection, worker)
    found = await (await connection.execute(NEXT, {"area": area})).fetchone()
    if found is None:
        raise NothingWaiting("nobody waits who could be taken now")
    talk = await _talk(connection, found[0])
    _, moved = await take(connection=connection, talk=talk, by=Step.CALL)
    asked = {"conversation": talk.conversation, "call": CALL_S}
    row = await (await connection.execute(CALLED, asked)).fetchone()
    epoch: int = row[0] if row else 0
    part = {"participant": uuid4(), "conversation": talk.conversation, "worker": worker, "epoch": epoch}
    await connection.execute(JOIN, {**part, "lease": LEASE_S})
    await audit(connection, area=area, actor=worker, action=actions.Action.TALK_CLAIMED, object=str(talk.conversation))
    return Claimed(talk.conversation, epoch), Moved(talk.conversation, area, moved.state, epoch, (worker,), "claimed")


async def _room_for_one_more(connection: Connection, worker: int) -> int:
    me = await (await connection.execute(ME, {"worker": worker})).fetchone()
    if me is None:
        raise Gone("no such worker")
    held = await (await connection.execute(HELD, {"worker": worker})).fetchone()
    if held is not None and held[0] >= me[1]:
        raise Full("the agreed number of talks is in use: end or give back one first")
    area: int = me[0]
    return area


async def _talk(connection: Connection, conversation: UUID) -> Talk:
    return await access.one(connection, BY_ID, {"conversation": conversation})
