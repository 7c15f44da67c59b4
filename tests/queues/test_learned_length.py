"""How long talks take is learned from talks that ended between two people, and from nothing else."""

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.places.models import Host
from chatservice.queues.models import Queue
from tests.people import in_talk, sql


async def taught(host: Host) -> int:
    """How many talks the area's queues have learned from."""
    return sum([queue.talks async for queue in Queue.objects.filter(area_id=host.area_id)])


async def test_a_talk_that_its_professional_ends_is_learned_from(host: Host, aino: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    before = await taught(host)
    await talk.close(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
    assert await taught(host) == before + 1


async def test_one_that_ended_after_waiting_again_is_not(host: Host, aino: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    before = await taught(host)
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
    await sql(
        "UPDATE conversations_conversation SET called_at = called_at - interval '5 h' WHERE id = %(id)s", id=mia.cid
    )
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    assert await taught(host) == before
