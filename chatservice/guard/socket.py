"""One WebSocket between the server and the application.

A pump empties the server's queue at once, always, because Daphne's is unbounded
(threats M6); what the application has not read yet waits here, within limits.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque

from asgiref.sync import ThreadSensitiveContext

from chatservice.guard.failures import report
from chatservice.guard.limits import (
    DRAINING,
    FLOOD,
    NORMAL,
    PROTOCOL,
    TOO_BIG,
    TRY_LATER,
    Application,
    Limits,
    Message,
    Receive,
    Scope,
    Send,
)

logger = logging.getLogger("chatservice.guard")

PRIVATE_CODES = range(3000, 5000)
ABNORMAL = 1006
# Codes of the RFC that a server may mean, in words that Daphne can send (threats M4).
TRANSLATED = {1001: DRAINING, 1002: PROTOCOL, 1003: PROTOCOL, 1007: PROTOCOL, 1008: PROTOCOL, 1009: TOO_BIG}


def sendable(code: int) -> int:
    """A close code that any server can send: 1000 or 3000-4999."""
    if code == NORMAL or code in PRIVATE_CODES:
        return code
    return TRANSLATED.get(code, TRY_LATER)


class Socket:
    """A socket's whole life: `run` returns when the application and the socket have ended."""

    def __init__(self, *, scope: Scope, receive: Receive, send: Send, limits: Limits) -> None:
        self._scope = scope
        self._from_server = receive
        self._to_server = send
        self._limits = limits
        self._waiting: deque[Message] = deque()
        self._wake: asyncio.Future[None] | None = None
        self._closed: Message | None = None
        self._tokens = limits.frame_burst
        self._counted_at = time.monotonic()
        self._end = asyncio.timeout(None)
        self._ended = False

    async def run(self, application: Application) -> None:
        """Serve the application behind the limits; never raises but when cancelled."""
        pump = asyncio.create_task(self._pump())
        life = asyncio.get_running_loop().call_later(self._limits.socket_life, self._outlived)
        try:
            await self._serve(application)
            await self.close(NORMAL)
            # The closing handshake is still open: the pump goes on draining for that time.
            await asyncio.wait({pump}, timeout=self._limits.grace)
        finally:
            life.cancel()
            pump.cancel()

    async def close(self, code: int) -> None:
        """Close at once, also while the application is busy; it is told by a disconnect."""
        if self._closed is None:
            self._waiting.clear()
            self._finish(code)
            await self._deliver({"type": "websocket.close", "code": code})

    async def _serve(self, application: Application) -> None:
        try:
            async with self._end:
                await self._apply(application)
        except TimeoutError as error:
            if not self._end.expired():
                await self._fail(error)
            else:
                logger.warning("A socket's application did not end in time and was cancelled.")
        except Exception as error:  # noqa: BLE001 - the outermost edge: nothing may reach the server
            await self._fail(error)

    async def _apply(self, application: Application) -> None:
        """A thread context per socket: one slow query must not hold up the other sockets (threats M20)."""
        try:
            async with ThreadSensitiveContext():
                await application(self._scope, self._receive, self._send)
        finally:
            self._ended = True

    async def _fail(self, error: Exception) -> None:
        report(error, during="A socket")
        await self.close(TRY_LATER)

    async def _pump(self) -> None:
        """Runs until the server reports the end; a frame costs no task and no wait here."""
        try:
            while True:
                message = await self._from_server()
                if message["type"] == "websocket.disconnect":
                    self._finish(message.get("code") or ABNORMAL)
                    return
                if self._closed is None and (code := self._refusal(message)):
                    await self.close(code)
        except Exception as error:  # noqa: BLE001 - the server's own failure ends this socket only
            report(error, during="A server's receive")
            self._finish(ABNORMAL)

    def _refusal(self, message: Message) -> int:
        """Queue a message for the application, or tell the code to close with; 0 is fine."""
        if message["type"] == "websocket.receive":
            text = message.get("text")
            if not self._take_token():
                return FLOOD
            if text is None:
                return PROTOCOL
            if _size(text) > self._limits.frame_bytes:
                return TOO_BIG
            if len(self._waiting) >= self._limits.waiting_frames:
                return TRY_LATER
        self._waiting.append(message)
        self._wake_application()
        return 0

    def _take_token(self) -> bool:
        now = time.monotonic()
        limits = self._limits
        gained = (now - self._counted_at) * limits.frames_per_second
        self._tokens = min(limits.frame_burst, self._tokens + gained)
        self._counted_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    async def _receive(self) -> Message:
        while not self._waiting:
            if self._closed is not None:
                return self._closed
            self._wake = asyncio.get_running_loop().create_future()
            await self._wake
        return self._waiting.popleft()

    async def _send(self, message: Message) -> None:
        if self._closed is not None:
            return  # too late; the application will read the disconnect
        if message["type"] == "websocket.close":
            await self.close(sendable(message.get("code") or NORMAL))
        elif _size(message.get("text") or message.get("bytes") or "") > self._limits.outgoing_bytes:
            logger.error("A frame above the server's limit was held back.")
            await self.close(TRY_LATER)
        else:
            await self._deliver(message)

    async def _deliver(self, message: Message) -> None:
        try:
            await self._to_server(message)
        except Exception as error:  # noqa: BLE001 - servers raise all sorts once the peer has gone
            logger.debug("A server's send failed: %s", type(error).__name__)
            self._finish(ABNORMAL)

    def _finish(self, code: int) -> None:
        """No frame goes out from now on; the application may read what waits, then ends."""
        if self._closed is None:
            self._closed = {"type": "websocket.disconnect", "code": code}
            logger.info("A socket closed with %d.", code)
            if not self._ended:
                self._end.reschedule(asyncio.get_running_loop().time() + self._limits.grace)
        self._wake_application()

    def _wake_application(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    def _outlived(self) -> None:
        self._closing = asyncio.ensure_future(self.close(DRAINING))


def _size(content: str | bytes) -> int:
    """Bytes on the wire; ASCII, the usual case, is measured without a copy."""
    if isinstance(content, bytes) or content.isascii():
        return len(content)
    return len(content.encode("utf-8", "surrogatepass"))
