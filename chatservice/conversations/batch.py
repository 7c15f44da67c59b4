"""One transaction of group commit: lock, judge, number, seal, insert."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from chatservice.conversations.errors import Closed, Gone, IdConflict, Refused, Stale
from chatservice.conversations.log import INSERT, columns
from chatservice.conversations.payload import Kind, Side, Stream, pack
from chatservice.conversations.post import Post
from chatservice.conversations.rows import Clear, EventRow, minute_of, opened
from chatservice.conversations.sealers import sealer
from chatservice.conversations.states import PROFESSIONAL_WRITES, VISITOR_WRITES
from chatservice.store.arrays import array
from chatservice.store.pool import connection
from chatservice.vault.envelope import Sealer

# In id order, always: two processes that lock the same conversations cannot wait for each other in a ring.
LOCK = """
SELECT id, key_day, wrapped_key FROM conversations_conversation
WHERE id = ANY(%(conversations)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
"""

JUDGE = """
WITH asked AS (
    SELECT * FROM unnest(%(row)s::int[], %(conversation)s::uuid[], %(participant)s::uuid[], %(epoch)s::int[],
        %(mid)s::uuid[]) AS asked(row, conversation, participant, epoch, mid)
), judged AS (
    SELECT asked.row, asked.conversation, talk.claim_epoch, part.role <> 'visitor' AS answers,
        old.seq AS old_seq, old.minute AS old_minute, old.payload AS old_payload,
        CASE
            WHEN part.id IS NULL OR talk.wrapped_key IS NULL THEN 'gone'
            WHEN old.seq IS NOT NULL THEN 'dup'
            WHEN talk.state = 'closed' THEN 'closed'
            WHEN part.role <> 'visitor' AND NOT worker.is_active THEN 'gone'
            WHEN part.role <> 'visitor'
                AND (part.ended OR asked.epoch <> talk.claim_epoch OR part.epoch <> asked.epoch) THEN 'stale'
            WHEN part.ended OR NOT part.writes THEN 'gone'
            WHEN part.role = 'visitor' AND talk.state = ANY(%(visitor_writes)s::text[]) THEN 'ok'
            WHEN part.role <> 'visitor' AND talk.state = ANY(%(professional_writes)s::text[]) THEN 'ok'
            ELSE 'closed'
        END AS verdict
    FROM asked
    LEFT JOIN conversations_conversation talk ON talk.id = asked.conversation
    LEFT JOIN conversations_participant part
        ON part.id = asked.participant AND part.conversation_id = asked.conversation
    LEFT JOIN accounts_worker worker ON worker.id = part.worker_id
    LEFT JOIN conversations_event old ON old.conversation_id = asked.conversation
        AND old.participant_id = asked.participant AND old.mid = asked.mid
), grown AS (
    UPDATE conversations_conversation talk SET last_seq = talk.last_seq + fit.lines,
        answer_by = CASE WHEN fit.answers THEN NULL ELSE talk.answer_by END
    FROM (
        SELECT conversation, count(*)::int AS lines, bool_or(answers) AS answers
        FROM judged WHERE verdict = 'ok' GROUP BY conversation
    ) fit
    WHERE talk.id = fit.conversation
    RETURNING talk.id, talk.last_seq - fit.lines AS base
)
SELECT judged.row, judged.verdict, judged.old_seq, judged.old_minute, judged.old_payload,
    (grown.base + row_number() OVER (PARTITION BY judged.conversation, judged.verdict ORDER BY judged.row))::int,
    date_trunc('minute', clock_timestamp()), judged.claim_epoch
FROM judged LEFT JOIN grown ON grown.id = judged.conversation ORDER BY judged.row
"""

REFUSALS: dict[str, type[Refused]] = {"gone": Gone, "closed": Closed, "stale": Stale}


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of one message: stored now (`item`), stored before (`dup`), or refused."""

    item: Clear | None = None
    dup: bool = False
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    word: str
    old: tuple[int, datetime, bytes] | None
    seq: int
    minute: int
    epoch: int


async def store_batch(posts: Sequence[Post]) -> list[Judged]:
    """Store what may be stored and judge the rest, in the order given; raises StoreAway, psycopg.Error, VaultError."""
    async with connection() as lent, lent.pipeline(), lent.transaction():
        locked = await lent.execute(LOCK, {"conversations": array({post.conversation for post in posts})})
        judged = await lent.execute(JUDGE, _question(posts))
        keys: dict[UUID, tuple[date, bytes | None]] = {row[0]: (row[1], row[2]) for row in await locked.fetchall()}
        verdicts = [
            _Verdict(row[1], _old(row), row[5] or 0, minute_of(row[6]), row[7] or 0) for row in await judged.fetchall()
        ]
        outcome = [_judge(post, verdict, keys) for post, verdict in zip(posts, verdicts, strict=True)]
        fresh = [done.item.row for done in outcome if done.item is not None and not done.dup]
        if fresh:
            await lent.execute(INSERT, columns(fresh))
        for post, done in zip(posts, outcome, strict=True):
            if done.item is not None and not done.dup:
                for extra in post.extras:
                    await lent.execute(extra.query.encode(), extra.parameters)
    return outcome


def _question(posts: Sequence[Post]) -> dict[str, str]:
    return {
        "row": array(range(len(posts))),
        "conversation": array([post.conversation for post in posts]),
        "participant": array([post.participant for post in posts]),
        "epoch": array([post.epoch for post in posts]),
        "mid": array([post.mid for post in posts]),
        "visitor_writes": array(VISITOR_WRITES),
        "professional_writes": array(PROFESSIONAL_WRITES),
    }


def _old(row: tuple[object, ...]) -> tuple[int, datetime, bytes] | None:
    _, _, seq, minute, payload, *_ = row
    if isinstance(seq, int) and isinstance(minute, datetime) and isinstance(payload, bytes):
        return seq, minute, payload
    return None


def _judge(post: Post, verdict: _Verdict, keys: dict[UUID, tuple[date, bytes | None]]) -> Judged:
    if verdict.word in REFUSALS:
        return Judged(refusal=REFUSALS[verdict.word](f"refused: {verdict.word}"))
    day, wrapped = keys[post.conversation]
    found = sealer(conversation=post.conversation, wrapped=wrapped or b"", day=day)
    if verdict.old is None:
        return Judged(item=_fresh(post, verdict, found))
    seq, minute, payload = verdict.old
    stored = opened(row=_row(post, (seq, minute_of(minute)), payload), sealer=found)
    if stored.payload is not None and stored.payload.text != post.payload.text:
        return Judged(refusal=IdConflict("this id was used for another text: expected a new id for a new text"))
    return Judged(item=stored, dup=True)


def _fresh(post: Post, verdict: _Verdict, found: Sealer) -> Clear:
    sealed = found.seal(
        stream=Stream.TALK, seq=verdict.seq, side=post.side, kind=Kind.MESSAGE, payload=pack(post.payload)
    )
    row = _row(post, (verdict.seq, verdict.minute), sealed)
    return Clear(row=msgspec.structs.replace(row, epoch=verdict.epoch), payload=post.payload)


def _row(post: Post, place: tuple[int, int], payload: bytes) -> EventRow:
    seq, minute = place
    return EventRow(
        conversation=post.conversation,
        stream=Stream.TALK,
        seq=seq,
        kind=Kind.MESSAGE,
        side=Side(post.side),
        participant=post.participant,
        mid=post.mid,
        minute=minute,
        payload=payload,
    )
