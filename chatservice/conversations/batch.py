"""One transaction of group commit: lock, judge, number, seal, insert."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import msgspec
from psycopg.pq.abc import PGresult

from chatservice.conversations.errors import Closed, Gone, IdConflict, Paused, Refused, Stale
from chatservice.conversations.log import INSERT, columns
from chatservice.conversations.payload import Kind, Side, Stream, pack
from chatservice.conversations.post import Post
from chatservice.conversations.rows import Clear, EventRow, opened
from chatservice.conversations.sealers import sealer
from chatservice.conversations.states import PROFESSIONAL_WRITES, VISITOR_WRITES
from chatservice.store.arrays import array
from chatservice.store.direct import BEGIN, Question, direct, number, statement
from chatservice.vault.envelope import Sealer

# In id order, always: two processes that lock the same conversations cannot wait for each other in a ring.
LOCK = statement(
    "lock",
    """
SELECT id, key_day, wrapped_key FROM conversations_conversation
WHERE id = ANY(%(conversations)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
""",
)

JUDGE = statement(
    "judge",
    """
WITH asked AS (
    SELECT * FROM unnest(%(row)s::int[], %(conversation)s::uuid[], %(participant)s::uuid[], %(epoch)s::int[],
        %(mid)s::uuid[], %(urgent)s::bool[]) AS asked(row, conversation, participant, epoch, mid, urgent)
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
            WHEN part.paused_until > clock_timestamp() AND NOT asked.urgent THEN 'paused'
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
        answer_by = CASE WHEN fit.answers THEN NULL ELSE talk.answer_by END,
        called_until = CASE WHEN talk.state = 'queued' THEN NULL ELSE talk.called_until END
    FROM (
        SELECT conversation, count(*)::int AS lines, bool_or(answers) AS answers
        FROM judged WHERE verdict = 'ok' GROUP BY conversation
    ) fit
    WHERE talk.id = fit.conversation
    RETURNING talk.id, talk.last_seq - fit.lines AS base
)
SELECT judged.verdict, judged.old_seq, floor(extract(epoch FROM judged.old_minute) / 60)::int, judged.old_payload,
    (grown.base + row_number() OVER (PARTITION BY judged.conversation, judged.verdict ORDER BY judged.row))::int,
    floor(extract(epoch FROM clock_timestamp()) / 60)::int, judged.claim_epoch
FROM judged LEFT JOIN grown ON grown.id = judged.conversation ORDER BY judged.row
""",
)
STORE = statement("store", INSERT)
WRITES = {"visitor_writes": array(VISITOR_WRITES), "professional_writes": array(PROFESSIONAL_WRITES)}
DAY_ZERO = date(2000, 1, 1)

REFUSALS: dict[str, type[Refused]] = {"gone": Gone, "closed": Closed, "stale": Stale, "paused": Paused}


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of one message: stored now (`item`), stored before (`dup`), or refused."""

    item: Clear | None = None
    dup: bool = False
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    word: str
    old: tuple[int, int, bytes] | None
    seq: int
    minute: int
    epoch: int


async def store_batch(posts: Sequence[Post]) -> list[Judged]:
    """Store what may be stored and judge the rest, in the order given; raises StoreAway, psycopg.Error, VaultError.

    Two round trips: the snapshot of JUDGE is taken when LOCK has its locks, for the server runs one after the other.
    """
    async with direct() as link:
        _, locked, judged = await link.ask(BEGIN, LOCK.given(_concerned(posts)), JUDGE.given(_question(posts)))
        keys = {UUID(bytes=locked.get_value(row, 0)): _key(locked, row) for row in range(locked.ntuples)}
        outcome = [_judge(post, _verdict(judged, row), keys) for row, post in enumerate(posts)]
        fresh = [(post, done.item.row) for post, done in zip(posts, outcome, strict=True) if done.item and not done.dup]
        rest: list[Question] = [STORE.given(columns([row for _, row in fresh]))] if fresh else []
        rest += [link.once(extra.query, extra.parameters) for post, _ in fresh for extra in post.extras]
        await link.commit(*rest)
    return outcome


def _concerned(posts: Sequence[Post]) -> dict[str, str]:
    return {"conversations": array({post.conversation for post in posts})}


def _question(posts: Sequence[Post]) -> dict[str, str]:
    return {
        "row": array(range(len(posts))),
        "conversation": array([post.conversation for post in posts]),
        "participant": array([post.participant for post in posts]),
        "epoch": array([post.epoch for post in posts]),
        "mid": array([post.mid for post in posts]),
        "urgent": array(["t" if post.urgent else "f" for post in posts]),
        **WRITES,
    }


def _key(locked: PGresult, row: int) -> tuple[date, bytes | None]:
    return DAY_ZERO + timedelta(days=number(locked, row, 1) or 0), locked.get_value(row, 2)


def _verdict(judged: PGresult, row: int) -> _Verdict:
    word, payload = judged.get_value(row, 0) or b"", judged.get_value(row, 3)
    seq, minute = number(judged, row, 1), number(judged, row, 2)
    return _Verdict(
        word=word.decode(),
        old=None if seq is None or minute is None or payload is None else (seq, minute, payload),
        seq=number(judged, row, 4) or 0,
        minute=number(judged, row, 5) or 0,
        epoch=number(judged, row, 6) or 0,
    )


def _judge(post: Post, verdict: _Verdict, keys: dict[UUID, tuple[date, bytes | None]]) -> Judged:
    if verdict.word in REFUSALS:
        return Judged(refusal=REFUSALS[verdict.word](f"refused: {verdict.word}"))
    day, wrapped = keys[post.conversation]
    found = sealer(conversation=post.conversation, wrapped=wrapped or b"", day=day)
    if verdict.old is None:
        return Judged(item=_fresh(post, verdict, found))
    seq, minute, payload = verdict.old
    stored = opened(row=_row(post, (seq, minute), payload), sealer=found)
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
