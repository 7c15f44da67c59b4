"""The guard: who may come in, and with what."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import urlsplit

from django.conf import settings

from chatservice.guard.caller import DaySalt, Salts, bucket
from chatservice.guard.exchange import BAD_REQUEST, CHAT, DESK, Exchange
from chatservice.guard.limits import (
    DRAINING,
    LIMITED,
    NORMAL,
    TRY_LATER,
    WAITING_FRAMES,
    Application,
    Drain,
    Limits,
    Receive,
    Scope,
    Send,
)
from chatservice.guard.scope import Malformed, cleaned, header
from chatservice.guard.socket import Socket

logger = logging.getLogger("chatservice.guard")


def protect(application: Application, *, drain: Drain | None = None) -> Guard:
    """The guard with the limits of the settings."""
    rate = settings.LIMIT_FRAMES_PER_SECOND
    return Guard(
        application,
        limits=Limits(
            frames_per_second=rate,
            frame_burst=2 * rate,
            frame_bytes=settings.FRAME_BYTES,
            waiting_frames=max(WAITING_FRAMES, 2 * rate),
            sockets=settings.LIMIT_SOCKETS,
        ),
        trusted_header=settings.TRUSTED_ADDRESS_HEADER,
        desk_host=urlsplit(settings.DESK_ORIGIN).hostname or "",
        drain=drain,
    )


class Guard:
    """Wraps an ASGI application. `scope["caller"]` is the caller's bucket for the day."""

    def __init__(
        self,
        application: Application,
        *,
        limits: Limits | None = None,
        trusted_header: str = "",
        desk_host: str = "",
        salts: Salts | None = None,
        drain: Drain | None = None,
    ) -> None:
        self.drain = drain or Drain()
        self._application = application
        self._limits = limits or Limits()
        self._trusted = trusted_header.lower().encode("ascii")
        self._desk = desk_host.lower().encode("ascii")
        self._salts = salts or DaySalt()
        self._sockets: set[Socket] = set()
        self._by_caller: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's entry."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._application(scope, receive, send)

    @property
    def open_sockets(self) -> int:
        """How many sockets this process serves."""
        return len(self._sockets)

    async def close_all(self, *, code: int = DRAINING) -> None:
        """Close every open socket; their applications end by themselves."""
        await asyncio.gather(*(socket.close(code) for socket in tuple(self._sockets)))

    def _admit(self, scope: Scope) -> Scope:
        inner, address = cleaned(scope, trusted_header=self._trusted)
        try:
            inner["caller"] = bucket(address, salt=self._salts.current())
        except ValueError:
            raise Malformed from None
        return inner

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(
            receive=receive, send=send, headers=self._headers(scope), body_bytes=self._limits.body_bytes
        )
        try:
            inner = self._admit(scope)
        except Malformed:
            await exchange.answer(BAD_REQUEST)
        else:
            await exchange.run(self._application, inner)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            inner = self._admit(scope)
        except Malformed:
            await send({"type": "websocket.close", "code": NORMAL})  # before accept: the handshake fails
            return
        socket = Socket(scope=inner, receive=receive, send=send, limits=self._limits)
        code = self._refusal(inner["caller"])
        if code:
            await socket.run(_turned_away(code))
        else:
            await self._serve(socket, caller=inner["caller"])

    async def _serve(self, socket: Socket, *, caller: str) -> None:
        self._sockets.add(socket)
        self._by_caller[caller] = self._by_caller.get(caller, 0) + 1
        logger.info("A socket opened, %d now.", len(self._sockets))
        try:
            await socket.run(self._application)
        finally:
            self._sockets.discard(socket)
            self._by_caller[caller] -= 1
            if not self._by_caller[caller]:
                del self._by_caller[caller]

    def _refusal(self, caller: str) -> int:
        if self.drain.active:
            return DRAINING
        if len(self._sockets) >= self._limits.sockets:
            return TRY_LATER
        return LIMITED if self._by_caller.get(caller, 0) >= self._limits.sockets_per_caller else 0

    def _headers(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        host = header(scope["headers"], b"host").lower().partition(b":")[0]
        return DESK if self._desk and host == self._desk else CHAT


def _turned_away(code: int) -> Application:
    """Accepts only to close: a browser sees no code of a refused handshake."""

    async def application(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": code})

    return application
