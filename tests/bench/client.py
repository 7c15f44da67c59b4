"""A WebSocket client that costs next to nothing: the generator shares the machine with what it measures."""

import asyncio
import secrets
from base64 import b64encode
from typing import Any, Self

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SHORT, MIDDLE = 126, 127
PATIENCE_S = 30.0


class Refused(Exception):
    """The server did not answer with 101."""


def frame(opcode: int, payload: bytes) -> bytes:
    """Return a client's frame; its mask is zero, which a server cannot tell from any other."""
    size = len(payload)
    if size < SHORT:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((0x80 | opcode, 0x80 | SHORT)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 0x80 | MIDDLE)) + size.to_bytes(8, "big")
    return head + b"\0\0\0\0" + payload


def frames(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Split what a server sent into whole frames (opcode, payload) and the rest."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while len(data) - at >= 2:
        opcode, size, start = data[at] & 15, data[at + 1] & 127, at + 2
        if size >= SHORT:
            wide = 2 if size == SHORT else 8
            size, start = int.from_bytes(data[start : start + wide], "big"), start + wide
        if len(data) < start + size:
            break
        found.append((opcode, data[start : start + size]))
        at = start + size
    return found, data[at:]


class Line(asyncio.Protocol):
    """One WebSocket. `hear` gets each text frame as bytes; fragments and extensions are not spoken."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._upgraded = False
        self.code: int | None = None

    def hear(self, text: bytes) -> None:
        """A text frame came."""
        raise NotImplementedError

    def lost(self) -> None:
        """The line ended without our asking."""

    async def connect(self, *, port: int, path: str, headers: dict[str, str]) -> Self:
        """Connect to the loopback and upgrade; raises Refused, OSError, TimeoutError."""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        lines = {
            **headers,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": b64encode(secrets.token_bytes(16)).decode(),
        }
        request = f"GET {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.write(request.encode() + b"\r\n")
        await asyncio.wait_for(self._open, PATIENCE_S)
        return self

    @property
    def is_open(self) -> bool:
        """Whether the line stands."""
        return self._transport is not None

    def send(self, text: bytes) -> None:
        """Send a text frame."""
        self.write(frame(TEXT, text))

    def write(self, data: bytes) -> None:
        """Send bytes; what is written to an ended line is dropped."""
        if self._transport is not None:
            self._transport.write(data)

    def cut(self) -> None:
        """End the line at once; `lost` is not called."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()

    # -- asyncio.Protocol ----------------------------------------------------------------------------------------

    def connection_made(self, transport: Any) -> None:
        """The TCP connection stands."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """The TCP connection is over."""
        if not self._open.done():
            self._open.set_exception(Refused("the line broke during the handshake"))
        if self._transport is not None:
            self._transport = None
            self.lost()

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        data = self._rest + data
        if not self._upgraded:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self._rest = head
                return
            self._upgraded = True
            self._greet(head)
        got, self._rest = frames(data)
        for opcode, payload in got:
            self._take(opcode, payload)

    def _greet(self, head: bytes) -> None:
        if head.startswith(b"HTTP/1.1 101"):
            self._open.set_result(None)
        else:
            self._open.set_exception(Refused(head.partition(b"\r\n")[0].decode()))

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self.hear(payload)
        elif opcode == PING:
            self.write(frame(PONG, payload))
        elif opcode == CLOSE:
            self.code = int.from_bytes(payload[:2], "big")
            self.write(frame(CLOSE, payload[:2]))
