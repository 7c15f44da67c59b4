"""A talk that ended leaves codes for six hours: written by who held it last, counted once, then gone."""

from typing import Any
from uuid import uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.conversations.errors import Gone
from chatservice.conversations.risk import Risk
from chatservice.places.models import Area, Host
from chatservice.screening.models import Agreement
from chatservice.statistics import nightly
from chatservice.statistics.models import Pending
from chatservice.wrapup.codes import Codes
from chatservice.wrapup.counting import count_due
from chatservice.wrapup.errors import UnknownTopic
from chatservice.wrapup.models import TopicCount, WrapUp
from chatservice.wrapup.save import open_of, save
from tests.people import Visitor, enter, in_talk, sql


async def ended(host: Host, worker: Worker) -> Visitor:
    """Mia's talk with this worker is over."""
    mia, claimed = await in_talk(host, worker)
    await talk.close(conversation=mia.cid, worker=worker.pk, epoch=claimed.epoch)
    return mia


async def say(mia: Visitor, worker: Worker, *, topic: str, judged: Risk = Risk.NONE, **more: Any) -> None:
    """The worker says what Mia's talk was about."""
    await save(conversation=mia.cid, worker=worker.pk, codes=Codes(topic=topic, judged=judged, **more))


async def let_six_hours_pass(area: Area) -> None:
    await sql("UPDATE wrapup_wrapup SET closed = closed - interval '6 hours' WHERE area_id = %(area)s", area=area.pk)


async def counts(area: Area) -> list[tuple[str, int]]:
    return [(row.topic, row.talks) async for row in TopicCount.objects.filter(area=area).order_by("topic")]


async def test_who_held_the_talk_says_what_it_was(host: Host, aino: Worker, area: Area) -> None:
    mia = await ended(host, aino)
    [waiting] = await open_of(worker=aino.pk)
    assert (waiting.conversation, waiting.topic, waiting.judged) == (mia.cid, "", None)
    await say(mia, aino, topic="Y.PEER.LONE", judged=Risk.NONE)
    await say(mia, aino, topic="Y.MIND", judged=Risk.CONCERN)
    [changed] = await open_of(worker=aino.pk)
    assert (changed.topic, changed.judged) == ("Y.MIND", Risk.CONCERN)
    assert await counts(area) == []


async def test_nobody_else_does(host: Host, aino: Worker, petri: Worker) -> None:
    mia = await ended(host, aino)
    assert await open_of(worker=petri.pk) == []
    for worker, conversation in ((petri, mia.cid), (aino, uuid4())):
        with pytest.raises(Gone):
            await save(conversation=conversation, worker=worker.pk, codes=Codes(topic="Y.MIND", judged=Risk.NONE))


@pytest.mark.parametrize("topic", ["Y.NOTHING", "P.COPE", "mia was sad", ""])
async def test_only_codes_of_the_channel_are_taken(host: Host, aino: Worker, topic: str) -> None:
    mia = await ended(host, aino)
    with pytest.raises(UnknownTopic):
        await say(mia, aino, topic=topic, judged=Risk.NONE)


async def test_a_talk_that_goes_on_or_was_never_answered_has_none(host: Host, aino: Worker) -> None:
    await in_talk(host, aino)
    jonas = await enter(host)
    await talk.leave(conversation=jonas.cid, participant=jonas.talk.participant)
    assert await open_of(worker=aino.pk) == []


async def test_after_six_hours_it_is_counted_once_and_gone(host: Host, aino: Worker, area: Area) -> None:
    said, silent = await ended(host, aino), await ended(host, aino)
    await say(said, aino, topic="Y.MIND", judged=Risk.NONE)
    await count_due()
    assert await WrapUp.objects.filter(area=area).acount() == 2, "not before its time"
    await let_six_hours_pass(area)
    with pytest.raises(Gone):
        await say(silent, aino, topic="Y.MIND", judged=Risk.NONE)
    await count_due()
    await count_due()
    assert await counts(area) == [], "whoever looks at the table twice in a day sees no talk"
    kept = [row.cell async for row in Pending.objects.filter(area=area, name="desk_topics")]
    assert len(kept) == 2
    await nightly.apply()
    await nightly.apply()
    assert await counts(area) == [("", 1), ("Y.MIND", 1)]
    assert [row.talks async for row in Agreement.objects.filter(area=area, category="all")] == [1, 1]
    assert not await Pending.objects.filter(area=area).aexists()
    assert await WrapUp.objects.filter(area=area).acount() == 0


async def test_the_codes_do_not_end_with_the_words(host: Host, aino: Worker) -> None:
    mia = await ended(host, aino)
    for query in (
        "DELETE FROM conversations_event WHERE conversation_id = %(id)s",
        "DELETE FROM conversations_participant WHERE conversation_id = %(id)s",
        "DELETE FROM conversations_conversation WHERE id = %(id)s",
    ):
        await sql(query, id=mia.cid)
    await say(mia, aino, topic="Y.MIND", judged=Risk.NONE)
