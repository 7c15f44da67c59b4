"""The socket both faces build on: a Channels consumer that handles each frame itself, without Channels' thread hop.

Reading never waits for writing: what goes out is queued here, bounded, and one task writes it. A client that does not
acknowledge loses its socket and comes back with its cursors.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from channels.consumer import AsyncConsumer
from django.conf import settings

from chatservice.conversations.errors import ConversationError, Refused
from chatservice.conversations.post import Post, Receipt
from chatservice.conversations.rows import moment_of
from chatservice.conversations.selectors import Head
from chatservice.conversations.writer import writers
from chatservice.delivery import process
from chatservice.delivery.frames import (
    Ack,
    Acked,
    Bye,
    Drain,
    Malformed,
    Nack,
    Ping,
    Pong,
    ServerFrame,
    Unknown,
    encode,
)
from chatservice.delivery.limits import Bucket
from chatservice.delivery.owed import Owed
from chatservice.delivery.views import minute_text
from chatservice.store.errors import StoreError
from chatservice.vault.errors import VaultError

log = logging.getLogger(__name__)

HELLO_S = 5.0
QUEUED_FRAMES = 2000
PROTOCOL_ERRORS = 3
PONG_S = 1.0
RETRY_S = 1.0

PROTOCOL, AUTHENTICATE, SIGNED_OUT, DRAINING, TRY_LATER = 4000, 4001, 4010, 4012, 4013

FrameT = TypeVar("FrameT")
Event = dict[str, Any]


def misfit(body: str) -> str:
    """Why a text can be no message, whoever writes it: the code of a nack, or nothing."""
    if not body.strip():
        return "empty"
    return "too_long" if len(body) > settings.MESSAGE_CHARACTERS else ""


class FrameSocket(AsyncConsumer, Generic[FrameT]):  # type: ignore[misc]  # channels has no types
    """One WebSocket: reads frames of type FrameT, answers with server frames."""

    read: ClassVar[Callable[[str], Any]]

    def __init__(self) -> None:
        self.process = process.current()
        self.greeted = False
        self._out: deque[str] = deque()
        self._wake = asyncio.Event()
        self._closing: tuple[int, str] | None = None
        self._errors = 0
        self._owed = Owed()
        self._messages = Bucket(rate=settings.LIMIT_MESSAGES_PER_SECOND, burst=settings.LIMIT_MESSAGE_BURST)
        self._typing = Bucket(rate=0.5, burst=2)
        self._pongs = Bucket(rate=1 / PONG_S, burst=3)

    # -- what a face gives ---------------------------------------------------------------------------------------

    async def greet(self, frame: FrameT) -> bool:
        """Handle a first frame; return whether this socket is let in."""
        raise NotImplementedError

    async def handle(self, frame: FrameT) -> None:
        """Handle a frame of a socket that is in."""
        raise NotImplementedError

    def left(self) -> None:
        """The socket is gone: give back what it held."""
        raise NotImplementedError

    def renewed(self) -> None:
        """A ping came: the lease goes on."""
        raise NotImplementedError

    def stored(self, post: Post) -> None:
        """A message of this socket is in the log."""

    # -- the connection ------------------------------------------------------------------------------------------

    async def __call__(self, scope: Event, receive: Callable[[], Awaitable[Event]], send: Any) -> None:
        """Serve one connection until the client or we close it."""
        self.scope = scope
        self._send = send
        await receive()
        await send({"type": "websocket.accept"})
        if self.process.draining:
            self.close(DRAINING, "drain")
        loop = asyncio.get_running_loop()
        writing = asyncio.create_task(self._write())
        late = loop.call_later(HELLO_S, self._say_hello_now)
        self.process.registry.add(self)
        try:
            while (event := await receive())["type"] == "websocket.receive":
                if self._closing is None:
                    await self._receive(event)
        finally:
            late.cancel()
            self.process.registry.discard(self)
            self.left()
            self._closing = self._closing or (1000, "")
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    def _say_hello_now(self) -> None:
        if not self.greeted:
            self.close(AUTHENTICATE, "expected a first frame within 5 s")

    async def _receive(self, event: Event) -> None:
        text = event.get("text")
        try:
            frame: FrameT = type(self).read(text if text is not None else "")
        except Unknown:
            self._complain("unknown")
            return
        except Malformed:
            self._complain("malformed")
            return
        try:
            if not self.greeted:
                self.greeted = await self.greet(frame)
                if not self.greeted:
                    self.close(AUTHENTICATE, "expected a valid first frame")
            else:
                await self._dispatch(frame)
        except (StoreError, VaultError):
            self.close(TRY_LATER, "try again shortly")
        except ConversationError:
            self.close(AUTHENTICATE, "expected a valid first frame")

    async def _dispatch(self, frame: FrameT) -> None:
        if isinstance(frame, Ack):
            self._owed.paid(frame.cid, frame.seq)
        elif isinstance(frame, Ping):
            self.renewed()
            if self._pongs.take() == 0.0:
                self.say(Pong(n=frame.n))
        else:
            try:
                await self.handle(frame)
            except Refused as refused:
                self.refuse(frame, refused.code)

    def _complain(self, code: str) -> None:
        self._errors += 1
        self.say(Nack(code=code))
        if self._errors >= PROTOCOL_ERRORS:
            self.close(PROTOCOL, "expected frames of docs/protocol.md")

    # -- going out -----------------------------------------------------------------------------------------------

    def say(self, frame: ServerFrame) -> None:
        """Queue a frame."""
        self.push(encode(frame))

    def push(self, text: str) -> None:
        """Queue a frame that is encoded already."""
        if self._closing is not None:
            return
        if len(self._out) >= QUEUED_FRAMES:
            self.close(TRY_LATER, "too slow")
            return
        self._out.append(text)
        self._wake.set()

    def push_lines(self, conversation: UUID, seq: int, text: str) -> None:
        """Queue lines of a log; they are owed until acknowledged. An empty page (seq 0) has nothing to acknowledge."""
        self.push(text)
        if seq and self._owed.owe(conversation, seq, len(text)) > settings.UNACKED_BYTES:
            self.close(TRY_LATER, "too much unacknowledged")

    def check_owed(self) -> None:
        """Close when something has been owed for 30 s."""
        if self._owed.is_late():
            self.close(TRY_LATER, "nothing acknowledged for 30 s")

    def refuse(self, frame: Any, code: str, *, retry_in: float | None = None) -> None:
        """Answer a frame with a nack that names what it was about."""
        self.say(
            Nack(
                code=code,
                cid=getattr(frame, "cid", None),
                mid=getattr(frame, "mid", None),
                ref=getattr(frame, "ref", ""),
                retry_in=retry_in,
            )
        )

    def drain(self, in_ms: int) -> None:
        """Tell the client when to come back."""
        self.say(Drain(in_ms=in_ms))

    def close(self, code: int, reason: str) -> None:
        """Say why, then close; what is queued goes out first. Only the first reason counts."""
        if self._closing is None:
            self._out.append(encode(Bye(code=code, reason=reason)))
            self._closing = (code, reason)
            self._wake.set()

    async def _write(self) -> None:
        while True:
            while self._out:
                await self._send({"type": "websocket.send", "text": self._out.popleft()})
            if self._closing is not None:
                await self._send({"type": "websocket.close", "code": self._closing[0]})
                return
            self._wake.clear()
            await self._wake.wait()

    # -- messages ------------------------------------------------------------------------------------------------

    def post(self, post: Post, *, body: str) -> None:
        """Hand a message to the writer; the answer goes out when the commit has returned. Never waits."""
        if wrong := misfit(body):
            self._nack(post, wrong)
        elif (wait := self._messages.take()) and not post.urgent:
            self._nack(post, "limited", retry_in=round(wait, 2))
        else:
            writers.get().submit(post).add_done_callback(lambda answer: self._answer(post, answer))

    def _answer(self, post: Post, answer: asyncio.Future[Receipt]) -> None:
        if answer.cancelled():
            return
        error = answer.exception()
        if error is None:
            row = answer.result().item.row
            at = minute_text(moment_of(row.minute))
            self.say(Acked(cid=post.conversation, mid=post.mid, seq=row.seq, at=at, dup=answer.result().dup))
            self.stored(post)
        elif isinstance(error, Refused):
            self._nack(post, error.code, retry_in=RETRY_S if error.code == "busy" else None)
        else:
            self._nack(post, "retry", retry_in=RETRY_S)

    def _nack(self, post: Post, code: str, *, retry_in: float | None = None) -> None:
        self.say(Nack(code=code, cid=post.conversation, mid=post.mid, retry_in=retry_in))

    # -- what the registry asks ----------------------------------------------------------------------------------

    @property
    def session(self) -> tuple[int, str] | None:
        """The worker and session behind this socket; None for a visitor."""
        return None

    def look_again(self) -> None:
        """The healing tick: see in the database whether something was missed."""

    def marked(self, level: int) -> None:  # noqa: ARG002 - each face reads it in its own way
        """A visitor's line came with words of danger of this level, 1 to 3: see where the talk stands."""
        self.look_again()

    def head(self, head: Head) -> None:
        """The healing read found where a conversation stands."""
