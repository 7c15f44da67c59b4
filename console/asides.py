"""What professionals do among themselves over one desk's socket: notes, offers, colleagues. Decode, call, encode."""

from typing import Any, get_args
from uuid import UUID

from django.conf import settings

from chatservice.accounts.tickets import Redeemed
from chatservice.conversations import notes
from chatservice.conversations.payload import Payload, Who
from chatservice.conversations.rows import moment_of
from chatservice.conversations.selectors import Held
from chatservice.delivery import frames, views
from chatservice.delivery.asides import NotesReader
from chatservice.delivery.limits import Bucket
from chatservice.delivery.socket import FrameSocket
from chatservice.queues import beside, handback, offers
from chatservice.queues.handback import Words
from chatservice.queues.offers import OfferView
from chatservice.store.errors import StoreAway

InTalk = frames.Release | frames.Offer | frames.Ask | frames.BringIn | frames.StepOut
Act = InTalk | frames.Accept | frames.Refuse | frames.Withdraw
ACTS = get_args(Act)


async def act(*, worker: int, frame: Act) -> UUID | None:
    """Do what the frame asks; return the conversation that is new on this desk, if one is.

    Raises Refused, WrongStep, NotTaking, StoreAway.
    """
    if isinstance(frame, frames.Accept):
        return await offers.accept(offer=frame.offer, worker=worker)
    if isinstance(frame, frames.Refuse | frames.Withdraw):
        settle = offers.refuse if isinstance(frame, frames.Refuse) else offers.withdraw
        await settle(offer=frame.offer, worker=worker)
    else:
        await _in_talk(worker, frame)
    return None


async def _in_talk(worker: int, frame: InTalk) -> None:
    match frame:
        case frames.Release():
            words = Words(note=frame.note, queue=frame.queue)
            await handback.release(conversation=frame.cid, worker=worker, epoch=frame.epoch, words=words)
        case frames.Offer():
            await offers.offer(
                conversation=frame.cid, worker=worker, epoch=frame.epoch, colleague=frame.worker, note=frame.note
            )
        case frames.Ask():
            await offers.ask(conversation=frame.cid, worker=worker, epoch=frame.epoch, colleague=frame.worker)
        case frames.BringIn():
            await beside.bring_in(conversation=frame.cid, worker=worker, epoch=frame.epoch, colleague=frame.worker)
        case frames.StepOut():
            await beside.step_out(conversation=frame.cid, worker=worker)


class Asides:
    """The notes and offers of one desk."""

    def __init__(self, socket: FrameSocket[Any]) -> None:
        self._socket = socket
        self._cursors: frames.Cursors = {}
        self._readers: dict[UUID, NotesReader] = {}
        self._offers: list[OfferView] = []
        self._limit = Bucket(rate=settings.LIMIT_MESSAGES_PER_SECOND, burst=settings.LIMIT_MESSAGE_BURST)

    def greet(self, cursors: frames.Cursors) -> None:
        """The notes that this desk has already, by talk."""
        self._cursors = dict(cursors)

    def is_ahead(self, held: Held) -> bool:
        """Whether the desk has more notes than there are: a restored backup."""
        return self._cursors.get(held.conversation, 0) > held.last_note

    def follow(self, held: Held) -> None:
        """Read the notes of a talk from the desk's cursor on, and go on."""
        reader = self._readers.get(held.conversation)
        if reader is None:
            sent = self._cursors.pop(held.conversation, 0)
            reader = self._readers[held.conversation] = NotesReader(
                hub=self._socket.process.hub,
                conversation=held.conversation,
                reader=held.participant,
                desk=self._socket,
                sent=sent if sent <= held.last_note else 0,
            )
        reader.want(held.last_note)

    def drop(self, conversation: UUID) -> None:
        """The talk is no longer on this desk."""
        reader = self._readers.pop(conversation, None)
        if reader is not None:
            reader.close()

    def close(self) -> None:
        """The socket is gone."""
        for conversation in tuple(self._readers):
            self.drop(conversation)

    async def look(self, worker: int) -> None:
        """Tell the offers to and from this worker when they have changed. Raises StoreAway."""
        found = await offers.of_worker(worker=worker)
        if found != self._offers:
            self._offers = found
            self._socket.say(frames.Offers(items=[views.offer(one) for one in found]))

    async def whisper(self, me: Redeemed, frame: frames.Whisper) -> None:
        """Store a note and acknowledge it. Raises Refused."""
        if not frame.body.strip():
            self._socket.refuse(frame, "empty")
        elif len(frame.body) > settings.MESSAGE_CHARACTERS:
            self._socket.refuse(frame, "too_long")
        elif wait := self._limit.take():
            self._socket.refuse(frame, "limited", retry_in=round(wait, 2))
        else:
            await self._store(me, frame)

    async def _store(self, me: Redeemed, frame: frames.Whisper) -> None:
        payload = Payload(text=frame.body, who=Who(name=me.display_name, profession=me.profession))
        try:
            receipt = await notes.whisper(
                conversation=frame.cid, worker=me.worker, epoch=frame.epoch, mid=frame.mid, payload=payload
            )
        except StoreAway:
            self._socket.refuse(frame, "retry", retry_in=1.0)
            return
        row = receipt.item.row
        at = views.minute_text(moment_of(row.minute))
        self._socket.say(frames.Acked(cid=frame.cid, mid=frame.mid, seq=row.seq, at=at, dup=receipt.dup))
