"""The professionals' notes beside a talk: a second stream of the same conversation, with numbers of its own.

Whispers between a professional and a colleague, the note of a hand-over, and what became of an offer. Only parts with
the right to notes read them, under the present claim; no frame of a visitor's type can carry them.
"""

from uuid import UUID

from chatservice.conversations import access
from chatservice.conversations.access import Talk
from chatservice.conversations.errors import Closed, IdConflict
from chatservice.conversations.events import Stored, announce
from chatservice.conversations.log import INSERT, Line, columns, key_of, read_after
from chatservice.conversations.payload import Kind, Payload, Side, Stream, Who, pack
from chatservice.conversations.post import Receipt
from chatservice.conversations.rows import Clear, EventRow, minute_of, opened
from chatservice.conversations.sealers import sealer
from chatservice.conversations.states import WITH_PROFESSIONAL
from chatservice.store.pool import Connection, rows, transaction

GROW = """
UPDATE conversations_conversation SET last_note = last_note + 1 WHERE id = %(conversation)s
RETURNING last_note, key_day, wrapped_key, date_trunc('minute', clock_timestamp()), claim_epoch
"""

SAID = """
SELECT old.stream, old.seq, old.kind, old.side, old.payload, old.minute, talk.key_day, talk.wrapped_key
FROM conversations_event old JOIN conversations_conversation talk ON talk.id = old.conversation_id
WHERE old.conversation_id = %(conversation)s AND old.participant_id = %(participant)s AND old.mid = %(mid)s
"""

BY_MID = """
SELECT seq, kind, side, participant_id, payload, minute FROM conversations_event
WHERE conversation_id = %(conversation)s AND stream = 1 AND mid = %(mid)s
"""


async def whisper(*, conversation: UUID, worker: int, epoch: int, mid: UUID, payload: Payload) -> Receipt:
    """Store one note of a professional or of the colleague beside them; the same `mid` stores once.

    Raises Gone, Stale (no right to notes under this claim), IdConflict, Closed, StoreAway.
    """
    async with transaction() as connection:
        talk = await access.part_of(connection=connection, conversation=conversation, worker=worker)
        old = await _said(connection, talk, mid)
        if old is not None:
            return _again(old, payload)
        await access.fence(connection=connection, talk=talk, epoch=epoch, right=access.READS_NOTES)
        if talk.state not in WITH_PROFESSIONAL:
            raise Closed("expected a talk that somebody holds")
        line = Line(kind=Kind.MESSAGE, side=Side.PROFESSIONAL, payload=payload, participant=talk.participant)
        item = await append(connection=connection, conversation=conversation, line=line, mid=mid)
    announce(Stored((item,)))
    return Receipt(item, dup=False)


async def append(*, connection: Connection, conversation: UUID, line: Line, mid: UUID | None = None) -> Clear:
    """Number, seal and insert a note. The caller's transaction holds the conversation's row lock."""
    grown = await (await connection.execute(GROW, {"conversation": conversation})).fetchone()
    seq, day, wrapped, minute, epoch = grown or (0, None, None, None, 0)
    found = sealer(conversation=conversation, wrapped=wrapped, day=day)
    sealed = found.seal(stream=Stream.NOTES, seq=seq, side=line.side, kind=line.kind, payload=pack(line.payload))
    row = EventRow(
        conversation=conversation,
        stream=Stream.NOTES,
        seq=seq,
        kind=line.kind,
        side=line.side,
        participant=line.participant,
        mid=mid,
        minute=minute_of(minute),
        payload=sealed,
        epoch=epoch,
    )
    await connection.execute(INSERT, columns([row]))
    return Clear(row=row, payload=line.payload)


async def notice(*, connection: Connection, conversation: UUID, code: str, who: Who) -> Clear:
    """Append a note of the service's own: `who` did what `code` says."""
    line = Line(kind=Kind.NOTICE, payload=Payload(code=code, who=who))
    return await append(connection=connection, conversation=conversation, line=line)


async def read(*, conversation: UUID, reader: UUID, after: int) -> list[Clear]:
    """Return the next notes for one participant; nothing without the right to them. Raises StoreAway."""
    return await read_after(conversation=conversation, reader=reader, after=after, stream=Stream.NOTES)


async def text_of(*, conversation: UUID, mid: UUID) -> str:
    """Return the words of one note, for whom the caller has checked; empty when there is none. Raises StoreAway."""
    found = await rows(BY_MID, {"conversation": conversation, "mid": mid})
    if not found:
        return ""
    seq, kind, side, who, payload, minute = found[0]
    row = EventRow(conversation, Stream.NOTES, seq, kind, side, who, mid, minute_of(minute), bytes(payload))
    clear = opened(row=row, sealer=await key_of(conversation=conversation))
    return clear.payload.text if clear.payload else ""


async def _said(connection: Connection, talk: Talk, mid: UUID) -> Clear | None:
    """Return what this participant said under `mid` before; raises IdConflict when that was in the talk itself."""
    asked = {"conversation": talk.conversation, "participant": talk.participant, "mid": mid}
    old = await (await connection.execute(SAID, asked)).fetchone()
    if old is None:
        return None
    stream, seq, kind, side, payload, minute, day, wrapped = old
    if stream != Stream.NOTES or wrapped is None:
        raise IdConflict("this id was used in the talk: expected a new id for a note")
    row = EventRow(talk.conversation, stream, seq, kind, side, talk.participant, mid, minute_of(minute), bytes(payload))
    return opened(row=row, sealer=sealer(conversation=talk.conversation, wrapped=bytes(wrapped), day=day))


def _again(old: Clear, payload: Payload) -> Receipt:
    if old.payload is not None and old.payload.text != payload.text:
        raise IdConflict("this id was used for another text: expected a new id for a new text")
    return Receipt(old, dup=True)
