"""The professional's socket: decodes, calls one service, encodes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings

from chatservice.accounts.tickets import Redeemed, redeem, still_signed_in
from chatservice.conversations import talk
from chatservice.conversations.errors import Refused, WrongStep
from chatservice.conversations.events import Desks, Moved, Presence
from chatservice.conversations.payload import Code, Payload, Side, Who
from chatservice.conversations.post import Post
from chatservice.conversations.selectors import Head, Held, held_by
from chatservice.delivery import frames, views
from chatservice.delivery.asides import Beside
from chatservice.delivery.channels import of_conversation, of_worker
from chatservice.delivery.frames import WorkerFrame
from chatservice.delivery.nudges import Nudge, Typing
from chatservice.delivery.rooms import Member
from chatservice.delivery.socket import SIGNED_OUT, FrameSocket
from chatservice.duty.errors import DutyError, NotTaking
from chatservice.queues.claim import claim_next
from chatservice.store.errors import StoreAway
from chatservice.store.pool import connection
from console import care, duty
from console.asides import ACTS, Act, Asides
from console.asides import act as aside
from console.wrapups import WrapUps, wrap_up

# The desk keeps what was said in a talk that has ended; it forgets one that somebody else may hold now.
Deed = frames.Claim | frames.Close | frames.Duty | frames.WrapUp | Act | care.Care
ENDINGS = frozenset({Code.ENDED_BY_VISITOR, Code.ENDED_BY_PROFESSIONAL, Code.HOLD_ENDED})


class WorkerSocket(FrameSocket[WorkerFrame]):
    """One window of a worker's desk."""

    read: ClassVar[Callable[[str], Any]] = staticmethod(frames.read_worker)

    def __init__(self) -> None:
        super().__init__()
        self._me: Redeemed | None = None
        self._cursors: frames.Cursors = {}
        self._held: dict[UUID, Held] = {}
        self._members: dict[UUID, Member] = {}
        self._refs: dict[UUID, str] = {}
        self._reasons: dict[UUID, str] = {}
        self._asides = Asides(self)
        self._wrap_ups = WrapUps(self)
        self._looking: asyncio.Task[None] | None = None
        self._look_once_more = False
        self._duty: frames.DutyShown | None = None

    # -- coming in -----------------------------------------------------------------------------------------------

    async def greet(self, frame: WorkerFrame) -> bool:
        """Let in by a one-time ticket."""
        if not isinstance(frame, frames.WorkerHello):
            return False
        async with connection() as lent:
            me = self._me = await redeem(lent, ticket=frame.ticket)
        if me is None:
            return False
        self._cursors = frame.cursors
        self._asides.greet(frame.note_cursors)
        self.process.hub.join(of_worker(me.worker), self._hear)
        self.process.worker_pings.add(me.worker)
        held = await held_by(worker=me.worker)
        self.say(
            frames.WorkerWelcome(
                v=frames.VERSION,
                server_time=views.second_text(datetime.now(UTC)),
                limits=frames.Limits(message_characters=settings.MESSAGE_CHARACTERS, frame_bytes=settings.FRAME_BYTES),
                worker=frames.Me(id=me.worker, name=me.display_name, profession=me.profession, capacity=me.capacity),
                talks=[views.talk(one) for one in held],
            )
        )
        self._duty = await duty.shown(worker=me.worker)
        self.say(self._duty)
        for one in held:
            self._held[one.conversation] = one
            await self._join(one)
        self.process.news.watch_list(area=me.area, socket=self)
        self.process.colleagues.watch(area=me.area, desk=self)
        self.process.alerts.watch(area=me.area, worker=me.worker, desk=self)
        await self._asides.look(me.worker)
        await self._wrap_ups.look(me.worker)
        return True

    async def _join(self, held: Held) -> None:
        """Subscribe, read, then follow. A cursor beyond the log means a restored backup: begin again."""
        old = self._members.pop(held.conversation, None)
        if old is not None:
            self.process.rooms.part(old)
        cursor = old.sent if old is not None else self._cursors.pop(held.conversation, 0)
        if old is None and (cursor > held.last_seq or self._asides.is_ahead(held)):
            cursor = 0
            self.say(frames.Reset(cid=held.conversation))
        seat = Member if held.role == "professional" else Beside
        member = seat(
            conversation=held.conversation, reader=held.participant, outlet=self, sent=cursor, epoch=held.epoch
        )
        self._members[held.conversation] = member
        self.process.rooms.join(member)
        await member.open()
        self._asides.follow(held)

    # -- acting --------------------------------------------------------------------------------------------------

    async def handle(self, frame: WorkerFrame) -> None:
        """Everything after the greeting."""
        match frame:
            case frames.WorkerSend():
                self._send_message(frame)
            case frames.Typing():
                self._tell_typing(frame)
            case frames.Whisper() if self._me is not None:
                await self._asides.whisper(self._me, frame)
            case frames.Claim() | frames.Close() | frames.Duty() | frames.WrapUp():
                await self._act(frame)
            case _ if isinstance(frame, ACTS + care.ACTS):
                await self._act(frame)
            case _:
                self.refuse(frame, "unknown")

    async def _act(self, frame: Deed) -> None:
        """An act that changes who holds what; the right to act is read again each time."""
        me = self._me
        if me is None or not await self._signed_in(me):
            self.close(SIGNED_OUT, "signed out")
            return
        try:
            await self._do(me, frame)
        except WrongStep:
            self.refuse(frame, "closed")
        except NotTaking as refused:
            self.refuse(frame, refused.code)
        except DutyError:
            self.refuse(frame, "wrong_step")
        except StoreAway:
            self.refuse(frame, "retry", retry_in=1.0)
        self.look_again()

    async def _do(self, me: Redeemed, frame: Deed) -> None:
        match frame:
            case frames.Claim():
                claimed = await claim_next(worker=me.worker, ticket=frame.ticket)
                self._refs[claimed.conversation] = frame.ref
            case frames.Close():
                ended = await talk.close(conversation=frame.cid, worker=me.worker, epoch=frame.epoch)
                self.say(await duty.after(worker=me.worker, talk=ended))
            case frames.Duty():
                self.say(await duty.change(worker=me.worker, frame=frame))
                self.process.news.stir(area=me.area)
            case frames.WrapUp():
                self.say(await wrap_up(worker=me.worker, frame=frame))
            case frames.Reveal() | frames.Lower() | frames.Caution():
                told = await care.act(worker=me.worker, frame=frame)
                if told is not None:
                    self.say(told)
            case _:
                new = await aside(worker=me.worker, frame=frame)
                if new is not None:
                    self._refs[new] = frame.ref

    async def _signed_in(self, me: Redeemed) -> bool:
        async with connection() as lent:
            return await still_signed_in(lent, worker=me.worker, session_key=me.session_key)

    def _send_message(self, frame: frames.WorkerSend) -> None:
        held, member, me = self._held.get(frame.cid), self._members.get(frame.cid), self._me
        if held is None or member is None or me is None:
            self.refuse(frame, "gone")
        elif frame.seen > member.sent:
            self.refuse(frame, "stale")
        else:
            who = Who(name=me.display_name, profession=me.profession)
            post = Post(
                conversation=frame.cid,
                participant=held.participant,
                side=Side.PROFESSIONAL,
                mid=frame.mid,
                payload=Payload(text=frame.body, who=who, code=Code.ASKS_PLACE if frame.asks_place else ""),
                epoch=frame.epoch,
            )
            self.post(post, body=frame.body)

    def _tell_typing(self, frame: frames.Typing) -> None:
        held = self._held.get(frame.cid)
        if held is None or not held.writes:
            self.refuse(frame, "gone")
        elif self._typing.take() == 0.0:
            self.process.hub.publish(of_conversation(frame.cid), Typing(frame.cid, Side.PROFESSIONAL, frame.on))

    def left(self) -> None:
        """Leave every room; the lease in the database tells when the worker is lost."""
        if self._looking is not None:
            self._looking.cancel()
        for member in self._members.values():
            self.process.rooms.part(member)
        self._members.clear()
        self._asides.close()
        if self._me is not None:
            self.process.hub.part(of_worker(self._me.worker), self._hear)
            self.process.news.leave_list(area=self._me.area, socket=self)
            self.process.colleagues.leave(area=self._me.area, desk=self)
            self.process.alerts.leave(area=self._me.area, desk=self)

    def renewed(self) -> None:
        """Prolong all leases of this worker with the next tick."""
        if self._me is not None:
            self.process.worker_pings.add(self._me.worker)

    @property
    def session(self) -> tuple[int, str] | None:
        """Whose session this socket stands on."""
        return None if self._me is None else (self._me.worker, self._me.session_key)

    # -- hearing -------------------------------------------------------------------------------------------------

    def _hear(self, nudge: Nudge) -> None:
        if isinstance(nudge, Moved):
            self.moved(nudge)
        elif isinstance(nudge, Desks):
            self.look_again()

    def moved(self, moved: Moved) -> None:
        """One of the talks moved: read what this worker holds now."""
        self._reasons[moved.conversation] = moved.reason
        self.look_again()

    def head(self, head: Head) -> None:
        """The healing read; `look_again` follows for every socket and sees the same."""

    def ephemeral(self, nudge: Presence | Typing) -> None:
        """The visitor writes, came or went."""
        if nudge.side != Side.VISITOR or nudge.conversation not in self._held:
            return
        if isinstance(nudge, Typing):
            self.say(frames.TypingShown(cid=nudge.conversation, side=views.SIDES[nudge.side], on=nudge.on))
        else:
            self.say(frames.PresenceShown(cid=nudge.conversation, side=views.SIDES[nudge.side], link=nudge.link))

    def look_again(self) -> None:
        """Compare with the database what this worker holds; one look at a time, one more if something came."""
        if self._me is None or not self.greeted:
            return
        self._look_once_more = True
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(self._me.worker))

    async def _look(self, worker: int) -> None:
        while self._look_once_more:
            self._look_once_more = False
            try:
                held = {one.conversation: one for one in await held_by(worker=worker)}
                for conversation in [known for known in self._held if known not in held]:
                    self._lose(conversation)
                for one in held.values():
                    await self._compare(one)
                await self._asides.look(worker)
                await self._wrap_ups.look(worker)
                await self._tell_duty(worker)
            except StoreAway:
                return
            except Refused:
                continue

    async def _tell_duty(self, worker: int) -> None:
        """A shift begun by taking, a pause that ended, a change by the pair: told when it differs."""
        now = await duty.shown(worker=worker)
        if now != self._duty:
            self._duty = now
            self.say(now)

    async def _compare(self, now: Held) -> None:
        before = self._held.get(now.conversation)
        self._held[now.conversation] = now
        if before is None or _shown(before) != _shown(now):
            self.say(frames.TalkShown(talk=views.talk(now), ref=self._refs.pop(now.conversation, "")))
        if before is None or (before.epoch, before.role) != (now.epoch, now.role):
            await self._join(now)
        else:
            self._asides.follow(now)

    def _lose(self, conversation: UUID) -> None:
        del self._held[conversation]
        self._asides.drop(conversation)
        member = self._members.pop(conversation, None)
        if member is not None:
            self.process.rooms.part(member)
        reason = self._reasons.pop(conversation, "ended")
        self.say(frames.GoneShown(cid=conversation, reason="closed" if reason in ENDINGS else reason))


def _shown(held: Held) -> tuple[object, ...]:
    """What of a held talk the desk draws."""
    return held.epoch, held.state, held.visitor_present, held.role, held.writes, held.beside, held.risk
