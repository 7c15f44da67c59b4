"""After retention nothing can be read, wherever the job was broken off (P13); a damaged line is shown as damaged."""

import asyncio

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import admission, retention, sealers, talk
from chatservice.conversations.errors import Gone
from chatservice.places.models import Host
from tests.people import Visitor, enter, in_own_loop, in_talk, sql

LINES = "SELECT count(*) FROM conversations_event WHERE conversation_id = %(id)s"
LATER = "UPDATE conversations_conversation SET closed = closed - interval '25 hours' WHERE id = %(id)s"


async def over(host: Host, *, words: int = 2) -> Visitor:
    """Mia, whose talk ended more than a day ago."""
    mia = await enter(host)
    for number in range(words):
        await mia.write(f"salaisuus {number}")
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    await sql(LATER, id=mia.cid)
    return mia


async def assert_ended(mia: Visitor) -> None:
    """Nothing of Mia's talk is left to read, in the rows or by her token."""
    assert await sql("SELECT 1 FROM conversations_conversation WHERE id = %(id)s", id=mia.cid) == []
    assert await sql("SELECT 1 FROM conversations_participant WHERE id = %(id)s", id=mia.talk.participant) == []
    assert await sql(LINES, id=mia.cid) == [(0,)]
    assert sealers.sealer_in_use(conversation=mia.cid) is None
    with pytest.raises(Gone):
        await admission.come_back(token=mia.token)


async def test_a_day_after_the_end_words_and_key_and_token_are_gone(host: Host) -> None:
    mia, jonas = await over(host), await enter(host)
    await jonas.write("vielä tässä")
    await retention.end_what_is_over()
    await assert_ended(mia)
    assert [item.payload and item.payload.text for item in await jonas.read()] == ["vielä tässä"]


async def test_a_talk_that_ended_just_now_stays(host: Host) -> None:
    mia = await enter(host)
    await mia.write("hei")
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    await retention.end_what_is_over()
    assert (await mia.read())[0].payload is not None


async def test_more_than_one_round_of_talks_is_emptied(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "SOME", 2)
    gone = [await over(host, words=1) for _ in range(5)]
    await retention.end_what_is_over()
    for mia in gone:
        await assert_ended(mia)


@pytest.mark.parametrize("statement", ["SHRED", "OVER", "EMPTY", "THREADS", "keys"])
async def test_broken_off_anywhere_and_repeated_it_ends_complete(
    host: Host, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    mia = await over(host)
    with monkeypatch.context() as broken:
        wrong: dict[str, object] = {"EMPTY": (*retention.EMPTY[:2], BROKEN), "keys": _no_days}
        broken.setattr(retention, statement, wrong.get(statement, BROKEN))
        with pytest.raises(Exception, match=r"broken_off_here|no days"):
            await retention.end_what_is_over()
    await asyncio.gather(retention.end_what_is_over(), retention.end_what_is_over())
    await assert_ended(mia)


BROKEN = "SELECT broken_off_here()"


def _no_days() -> None:
    raise RuntimeError("no days")


async def test_two_processes_end_the_same_talks_without_harm(host: Host) -> None:
    gone = [await over(host) for _ in range(4)]

    async def both() -> None:
        await asyncio.gather(retention.end_what_is_over(), retention.end_what_is_over())

    other = in_own_loop(both)
    await both()
    await asyncio.to_thread(other.join)
    for mia in gone:
        await assert_ended(mia)


async def test_a_shredded_talk_takes_no_word_any_more(host: Host) -> None:
    mia = await over(host)
    await retention.end_what_is_over()
    with pytest.raises(Gone):
        await mia.write("jatkuuko?")


FLIP = "payload = set_byte(payload, {at}, get_byte(payload, {at}) # 1)"
OTHERS = "payload = (SELECT payload FROM conversations_event WHERE conversation_id = %(id)s AND seq = 1)"


@pytest.mark.parametrize(
    "harm",
    [
        FLIP.format(at="0"),
        FLIP.format(at="20"),
        FLIP.format(at="length(payload) - 1"),
        "payload = ''",
        "side = 2",
        "kind = 7",
        OTHERS,
    ],
    ids=["version", "cipher", "tag", "empty", "other side", "other kind", "other place"],
)
async def test_a_damaged_line_is_shown_in_its_place_and_its_neighbours_are_read(host: Host, harm: str) -> None:
    """C2: it opens in no other place, and is never skipped."""
    mia = await enter(host)
    for text in ("yksi", "kaksi", "kolme"):
        await mia.write(text)
    await sql(f"UPDATE conversations_event SET {harm} WHERE conversation_id = %(id)s AND seq = 2", id=mia.cid)  # noqa: S608
    found = [(item.row.seq, item.payload.text if item.payload else None) for item in await mia.read()]
    assert found == [(1, "yksi"), (2, None), (3, "kolme")]


async def test_a_line_of_another_talk_does_not_open_here(host: Host, aino: Worker) -> None:
    mia, _ = await in_talk(host, aino)
    eve = await enter(host)
    await mia.write("yksi")
    await eve.write("vieras")
    move = (
        "UPDATE conversations_event a SET payload = b.payload FROM conversations_event b"
        " WHERE a.conversation_id = %(eve)s AND a.seq = 1 AND b.conversation_id = %(mia)s AND b.seq = 2"
    )
    await sql(move, eve=eve.cid, mia=mia.cid)
    assert [item.payload for item in await eve.read()] == [None]
