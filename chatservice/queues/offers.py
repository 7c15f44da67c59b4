"""Offers from one professional to another: take this talk over, or sit beside me.

The talk stays with its owner until an offer is accepted, and whatever comes between leaves it there. What became of an
offer is told in the notes. A colleague at the side does not count against anybody's capacity: they answer for no talk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import claim, notes, sides
from chatservice.conversations.access import Talk
from chatservice.conversations.claim import held_count
from chatservice.conversations.errors import Full
from chatservice.conversations.events import Announcement, Desks, Stored, announce
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Payload, Side
from chatservice.conversations.payload import Kind as EventKind
from chatservice.duty.errors import Finishing, OffDuty, OnPause
from chatservice.duty.presence import OnDutyView, view
from chatservice.queues import offered
from chatservice.queues.beside import sit_down
from chatservice.queues.errors import NotOffered
from chatservice.queues.offered import Kind
from chatservice.queues.taking_over import take_over
from chatservice.store.pool import Connection, rows, transaction, twice

MINE = """
SELECT offer.id, offer.kind, offer.conversation_id, offer.from_worker_id = %(worker)s, other.id, other.display_name,
    other.profession, talk.ticket, talk.channel, talk.language, talk.age_band, offer.until
FROM queues_offer offer JOIN conversations_conversation talk ON talk.id = offer.conversation_id
JOIN accounts_worker other ON other.id = CASE WHEN offer.from_worker_id = %(worker)s THEN offer.to_worker_id
    ELSE offer.from_worker_id END
WHERE %(worker)s IN (offer.from_worker_id, offer.to_worker_id) AND offer.until > clock_timestamp()
    AND offer.epoch = talk.claim_epoch AND talk.state = 'active' ORDER BY offer.until, offer.id
"""

DUE = f"""
SELECT {", ".join(f"offer.{name}" for name in offered.COLUMNS.split(", "))} FROM queues_offer offer
JOIN conversations_conversation talk ON talk.id = offer.conversation_id
WHERE offer.until < clock_timestamp() OR offer.epoch <> talk.claim_epoch OR talk.state <> 'active'
ORDER BY offer.id LIMIT 100
"""  # noqa: S608 - COLUMNS is a constant


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer as one of its two sides sees it: never a word of the visitor's, the note for its addressee only."""

    id: UUID
    kind: str
    conversation: UUID
    mine: bool
    other: int
    name: str
    profession: str
    ticket: int
    channel: str
    language: str
    age_band: str
    until: datetime
    note: str = ""


async def offer(*, conversation: UUID, worker: int, epoch: int, colleague: int, note: str = "") -> UUID:
    """Offer a talk to a colleague for 90 s; the note is sealed among the notes. The same offer again changes nothing.

    Raises Gone, Stale (not the owner's claim), NotOffered, NotTaking (the colleague), Full (the colleague),
    AlreadyOffered, StoreAway.
    """
    async with transaction() as connection:
        talk = await offered.owned(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        _other_than(worker, colleague)
        await _can_take_over(connection, talk, colleague)
        made, fresh = await offered.put(
            connection=connection, talk=talk, kind=Kind.TAKE_OVER, sender=worker, addressee=colleague
        )
        told: Sequence[Announcement] = ()
        if fresh:
            told = [*await _noted(connection, talk=talk, made=made, note=note), Desks((worker, colleague))]
            await audit(connection, area=talk.area, actor=worker, action=Action.TALK_OFFERED, object=str(conversation))
    announce(*told)
    return made.id


async def ask(*, conversation: UUID, worker: int, epoch: int, colleague: int) -> UUID:
    """Ask a colleague to the side for 90 s. Raises as `offer`, without Full and Finishing."""
    async with transaction() as connection:
        talk = await offered.owned(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        _other_than(worker, colleague)
        await _on_duty(connection, talk, colleague)
        made, fresh = await offered.put(
            connection=connection, talk=talk, kind=Kind.BESIDE, sender=worker, addressee=colleague
        )
        if fresh:
            action = Action.COLLEAGUE_ASKED
            await audit(connection, area=talk.area, actor=worker, action=action, object=str(conversation))
    announce(Desks((worker, colleague)))
    return made.id


async def accept(*, offer: UUID, worker: int) -> UUID:
    """Accept an offer and return its conversation.

    Raises NotOffered (foreign, answered, withdrawn, too old, or the talk has moved), OffDuty, OnPause, Finishing,
    Full (the offer stays), StoreAway.
    """

    async def act() -> tuple[UUID, Sequence[Announcement]]:
        async with transaction() as connection:
            found = await offered.to_me(connection=connection, offer=offer, worker=worker)
            step = take_over if found.kind == Kind.TAKE_OVER else sit_down
            return found.conversation, await step(connection=connection, found=found)

    conversation, told = await twice(act)
    announce(*told)
    return conversation


async def refuse(*, offer: UUID, worker: int) -> None:
    """The addressee declines: the owner reads it among the notes. Raises NotOffered, StoreAway."""
    async with transaction() as connection:
        found = await offered.to_me(connection=connection, offer=offer, worker=worker)
        await offered.settle(connection=connection, offered=found)
        line = await _told_owner(connection, found, Code.OFFER_REFUSED)
    announce(line, Desks((found.sender, found.addressee)))


async def withdraw(*, offer: UUID, worker: int) -> None:
    """The owner takes an offer back. Raises NotOffered (answered already), StoreAway."""
    async with transaction() as connection:
        found = await offered.from_me(connection=connection, offer=offer, worker=worker)
        await offered.settle(connection=connection, offered=found, alive=False)
    announce(Desks((found.sender, found.addressee)))


async def of_worker(*, worker: int) -> list[OfferView]:
    """Return the living offers to and from a worker; raises StoreAway."""
    found = [OfferView(*row) for row in await rows(MINE, {"worker": worker})]
    return [await _with_note(one) for one in found]


async def sweep() -> int:
    """End what nobody answered in time, or what a new claim has overtaken; returns how many. Raises StoreAway.

    Every process may: the conversation's row lock lets one of them settle each offer.
    """
    ended = 0
    for row in await rows(DUE):
        ended += await _expire(offered.Offered(*row))
    return ended


async def _expire(found: offered.Offered) -> bool:
    told: list[Announcement] = [Desks((found.sender, found.addressee))]
    async with transaction() as connection:
        talk = await claim.locked(connection=connection, conversation=found.conversation)
        if not await offered.take_away(connection=connection, offered=found, alive=False):
            return False
        if talk is not None and offered.is_current(found, talk):
            told.insert(0, await _told_owner(connection, found, Code.OFFER_EXPIRED))
    announce(*told)
    return True


def _other_than(worker: int, colleague: int) -> None:
    if colleague == worker:
        raise NotOffered("expected a colleague")


async def _on_duty(connection: Connection, talk: Talk, colleague: int) -> OnDutyView:
    """Refuse a colleague who could not say yes now; judged again, under their row's lock, when they accept.

    A worker of another area answers like one who is not on duty, and like none.
    """
    duty = await view(connection, worker=colleague)
    if duty is None or duty.area != talk.area or not duty.present:
        raise OffDuty("expected a colleague on duty in this area")
    if duty.paused:
        raise OnPause("the colleague pauses")
    return duty


async def _can_take_over(connection: Connection, talk: Talk, colleague: int) -> None:
    duty = await _on_duty(connection, talk, colleague)
    if not duty.accepting:
        raise Finishing("the colleague takes no new ones any more")
    if await held_count(connection=connection, worker=colleague) >= duty.capacity:
        raise Full("the colleague holds as many talks as agreed")


async def _noted(connection: Connection, *, talk: Talk, made: offered.Offered, note: str) -> list[Announcement]:
    if not note.strip():
        return []
    who = await sides.name_of(connection=connection, worker=made.sender)
    line = Line(
        kind=EventKind.MESSAGE,
        side=Side.PROFESSIONAL,
        payload=Payload(text=note, who=who),
        participant=talk.participant,
    )
    item = await notes.append(connection=connection, conversation=talk.conversation, line=line, mid=made.id)
    return [Stored((item,))]


async def _told_owner(connection: Connection, found: offered.Offered, code: Code) -> Stored:
    who = await sides.name_of(connection=connection, worker=found.addressee)
    item = await notes.notice(connection=connection, conversation=found.conversation, code=code, who=who)
    return Stored((item,))


async def _with_note(found: OfferView) -> OfferView:
    if found.mine or found.kind != Kind.TAKE_OVER:
        return found
    note = await notes.text_of(conversation=found.conversation, mid=found.id)
    return replace(found, note=note)
