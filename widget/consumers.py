"""The visitor's socket: decodes, calls one service, encodes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic, thread_time
from typing import Any, ClassVar

from django.conf import settings

from chatservice.conversations import admission, talk
from chatservice.conversations.access import Talk
from chatservice.conversations.admission import Entrance
from chatservice.conversations.errors import Gone, NotAdmitted
from chatservice.conversations.events import Moved, Presence
from chatservice.conversations.log import read_after
from chatservice.conversations.payload import Payload, Side
from chatservice.conversations.post import Post
from chatservice.conversations.risk import Risk
from chatservice.conversations.selectors import heads
from chatservice.conversations.states import State
from chatservice.delivery import frames
from chatservice.delivery.channels import of_area, of_conversation
from chatservice.delivery.frames import VisitorFrame
from chatservice.delivery.news import Told
from chatservice.delivery.nudges import Typing
from chatservice.delivery.rooms import Member
from chatservice.delivery.socket import FrameSocket, misfit
from chatservice.delivery.views import SIDES, minute_text, second_text
from chatservice.hours.words import when
from chatservice.places.selectors import host_by_key
from chatservice.queues import entering
from chatservice.queues.door import Door
from chatservice.queues.errors import Full, LimitsAway, Shut, TooManyTries
from chatservice.screening.marking import extras
from chatservice.screening.rules import rules_of
from chatservice.screening.watch import RECALLED, Watch
from chatservice.statistics import doors
from chatservice.store.errors import StoreAway
from widget.wishes import Wanted, change

NEWS_S = 28.0
CALL_S = 60


class VisitorSocket(FrameSocket[VisitorFrame]):
    """One tab of a young person or a parent."""

    read: ClassVar[Callable[[str], Any]] = staticmethod(frames.read_visitor)

    def __init__(self) -> None:
        super().__init__()
        self._talk: Talk | None = None
        self._member: Member | None = None
        self._state = State.QUEUED
        self._place: tuple[int, Told] | None = None
        self._placed = 0.0

    async def greet(self, frame: VisitorFrame) -> bool:
        """Let in by `enter` (new) or `hello` (back again)."""
        match frame:
            case frames.Enter():
                return await self._enter(frame)
            case frames.VisitorHello():
                found = await admission.come_back(token=frame.token)
                cursor = max(frame.cursors.get(found.conversation, 0), found.hidden_until)
                await self._welcome(found, cursor=cursor)
                return True
        return False

    async def _enter(self, frame: frames.Enter) -> bool:
        if wait := self.process.entrances.take(self.scope.get("caller", "")):
            self.refuse(frame, "limited", retry_in=round(wait, 1))
            self.close(4029, "many have come from there: try again later")
            return True
        host = await host_by_key(frame.host)
        if host is None:
            raise NotAdmitted("expected the key of an active host")
        asked = entering.Asked(
            wish=frame.wish, topic=frame.topic, code=frame.code, caller=str(self.scope.get("caller", ""))
        )
        entrance = Entrance(
            host=host,
            channel=frame.channel,
            language=frame.language,
            age_band=frame.age_band or "",
            attempt=frame.attempt or admission.new_attempt(),
        )
        try:
            token, found = await entering.enter(entrance=entrance, asked=asked)
        except Full:
            await doors.met(host=host.id, state=doors.FULL, caller=asked.caller)
            self._turn_away("full")
        except Shut as shut:
            await doors.met(host=host.id, state=shut.door.state, caller=asked.caller)
            self._tell_door(shut.door, frame.language)
        except (TooManyTries, LimitsAway):
            self._turn_away("codes_wait")
        except Gone:
            self._turn_away("no_such_code")
        else:
            await self._welcome(found, cursor=found.hidden_until, token=token)
        return True

    def _tell_door(self, door: Door, language: str) -> None:
        opening = door.next_opening
        self.say(
            frames.Shut(
                state=door.state,
                opens=minute_text(opening) if opening else None,
                opens_in_words=when(opening, door.now, language) if opening else "",
                reason=door.reason,
            )
        )
        self.close(1000, door.state)

    def _turn_away(self, state: str) -> None:
        self.say(frames.Shut(state=state))
        self.close(1000, state)

    async def _welcome(self, found: Talk, *, cursor: int, token: str | None = None) -> None:
        """Subscribe, greet, read, then follow."""
        self._talk, self._state = found, found.state
        member = self._member = Member(
            conversation=found.conversation, reader=found.participant, outlet=self, sent=cursor
        )
        anew = not self.process.watches.knows(found.conversation) and found.last_seq > 0
        self._watch(found).catch_up(risk=found.risk)  # from now on it hears what the professional asks
        self.process.rooms.join(member)
        if anew:
            await self._recall(found)
        self.say(
            frames.VisitorWelcome(
                v=frames.VERSION,
                server_time=second_text(datetime.now(UTC)),
                limits=frames.Limits(message_characters=settings.MESSAGE_CHARACTERS, frame_bytes=settings.FRAME_BYTES),
                cid=found.conversation,
                state=found.state,
                token=token,
                held_until=minute_text(found.held_until) if found.held_until else None,
                after=found.hidden_until,
                help=found.risk == Risk.IMMEDIATE and found.state is not State.CLOSED,
            )
        )
        if cursor > found.last_seq:
            member.sent = found.hidden_until
            self.say(frames.Reset(cid=found.conversation))
        await member.open()
        # A step between coming back and joining the room was told to nobody here.
        with suppress(StoreAway):
            for head in await heads(conversations=[found.conversation]):
                self._state = head.state
        self._show_state()

    async def _recall(self, found: Talk) -> None:
        """Another process heard the talk so far: a question that was asked there still waits for its answer here."""
        after = max(found.last_seq - RECALLED, 0)
        with suppress(StoreAway):
            lines = await read_after(conversation=found.conversation, reader=found.participant, after=after)
            self._watch(found).recall(lines)

    async def handle(self, frame: VisitorFrame) -> None:
        """Everything after the greeting."""
        mine = self._talk
        if mine is None or getattr(frame, "cid", None) != mine.conversation:
            self.refuse(frame, "gone")
            return
        conversation, participant = mine.conversation, mine.participant
        match frame:
            case frames.VisitorSend():
                self._send_message(mine, frame)
            case frames.Typing():
                self._tell_typing(mine, on=frame.on)
            case frames.Here():
                await talk.confirm(conversation=conversation, participant=participant)
            case frames.Rate() | frames.Wish() | frames.AskCode() | frames.AskVoucher():
                await self._change(mine, frame)
            case frames.Leave(how="quick"):
                await talk.leave_quickly(conversation=conversation, participant=participant)
            case frames.Leave():
                await talk.leave(conversation=conversation, participant=participant)

    async def _change(self, mine: Talk, frame: Wanted) -> None:
        if told := await change(mine, frame):
            self.say(told)

    def _watch(self, mine: Talk) -> Watch:
        return self.process.watches.of(conversation=mine.conversation, language=mine.language, risk=mine.risk)

    def _send_message(self, mine: Talk, frame: frames.VisitorSend) -> None:
        # Before anybody looks: hostile texts, many tabs and words of danger in every line must not cost others' time.
        if wrong := misfit(frame.body):
            self.refuse(frame, wrong)
            return
        caller, readings = str(self.scope.get("caller", "")), self.process.readings
        if wait := self.process.lines.take(mine.conversation) or readings.wait(mine.conversation, caller):
            self.refuse(frame, "limited", retry_in=round(wait, 2))
            return
        began = thread_time()
        seen = self._watch(mine).see(mid=frame.mid, text=frame.body, rules=rules_of(mine.area))
        readings.spent(mine.conversation, caller, thread_time() - began)
        post = Post(
            conversation=mine.conversation,
            participant=mine.participant,
            side=Side.VISITOR,
            mid=frame.mid,
            payload=Payload(text=frame.body, mark=seen.mark),
            urgent=seen.mark.level >= Risk.CONCERN,
            extras=extras(conversation=mine.conversation, sight=seen),
        )
        self.post(post, body=frame.body)

    def stored(self, post: Post) -> None:
        """Words of danger: the queue hears that the talk weighs more."""
        mine = self._talk
        if mine is None or post.payload.mark is None or not post.payload.mark.level:
            return
        self.process.hub.publish(of_area(mine.area), Moved(mine.conversation, mine.area, self._state, mine.epoch))

    def marked(self, level: int) -> None:
        """Words of danger, written in this tab or another: the page shows who helps now."""
        if self._talk is not None and level == Risk.IMMEDIATE:
            self.say(frames.Help(cid=self._talk.conversation))

    def _tell_typing(self, mine: Talk, *, on: bool) -> None:
        if self._typing.take() == 0.0:
            nudge = Typing(mine.conversation, Side.VISITOR, on)
            self.process.hub.publish(of_conversation(mine.conversation), nudge)

    def left(self) -> None:
        """Leave the room; the lease in the database tells when the visitor is away."""
        if self._member is not None:
            self.process.rooms.part(self._member)
        self._watch_place(on=False)

    def renewed(self) -> None:
        """Prolong the lease with the next tick."""
        if self._talk is not None and self._state is not State.CLOSED:
            self.process.visitor_pings.add(self._talk.participant)

    # -- what the room and the news tell -------------------------------------------------------------------------

    def moved(self, moved: Moved) -> None:
        """The conversation is in another state, or its professional has lowered its risk."""
        self._state = moved.state
        if moved.state is State.CLOSED:
            self.process.watches.forget(conversation=moved.conversation)
        if moved.risk is not None:
            self.process.watches.lower(conversation=moved.conversation, risk=moved.risk)
            return
        self._show_state()

    def ephemeral(self, nudge: Presence | Typing) -> None:
        """The professional writes, came or went."""
        if nudge.side != Side.PROFESSIONAL:
            return
        if isinstance(nudge, Typing):
            self.say(frames.TypingShown(cid=nudge.conversation, side=SIDES[nudge.side], on=nudge.on))
        else:
            self.say(frames.PresenceShown(cid=nudge.conversation, side=SIDES[nudge.side], link=nudge.link))

    def head(self, head: Any) -> None:
        """The healing read: a change of state that no nudge told."""
        if head.state is not self._state:
            self._state = head.state
            self._show_state()

    def place(self, place: int, waiting: int, told: Told) -> None:
        """The queue moved; said on change, and at least every 30 s so that nobody waits without news."""
        now = monotonic()
        if self._talk is None or (self._place == (place, told) and now - self._placed < NEWS_S):
            return
        self._place, self._placed = (place, told), now
        outlook = told.outlook
        self.say(
            frames.Queue(
                cid=self._talk.conversation,
                state=self._state,
                place=place,
                waiting=waiting,
                low=outlook.range.low if outlook else None,
                high=outlook.range.high if outlook else None,
                may_not_reach=outlook.may_not_reach if outlook else False,
                closing=told.closing,
                why=told.why,
            )
        )

    def _show_state(self) -> None:
        if self._talk is None:
            return
        self._place = None
        self._watch_place(on=self._state is State.QUEUED)
        answer_in = CALL_S if self._state is State.CALLED else None
        self.say(frames.Queue(cid=self._talk.conversation, state=self._state, answer_in=answer_in))

    def _watch_place(self, *, on: bool) -> None:
        if self._talk is not None:
            act = self.process.news.watch_place if on else self.process.news.leave_place
            act(area=self._talk.area, conversation=self._talk.conversation, socket=self)
