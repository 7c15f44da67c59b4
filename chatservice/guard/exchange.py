"""One HTTP request between the server and the application."""

from __future__ import annotations

from chatservice.guard.failures import report
from chatservice.guard.limits import Application, Message, Receive, Scope, Send
from chatservice.guard.scope import Headers, header

BAD_REQUEST = 400
TOO_LARGE = 413
FAILED = 500
POWERS = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
COMMON: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"permissions-policy", ", ".join(f"{power}=()" for power in POWERS).encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
]
CHAT: Headers = [*COMMON, (b"referrer-policy", b"no-referrer")]
# Not no-referrer: a browser would then send `Origin: null` with forms, and the CSRF check refuses that.
DESK: Headers = [*COMMON, (b"referrer-policy", b"same-origin"), (b"cross-origin-opener-policy", b"same-origin")]


class Exchange:
    """Bounds the body, adds the headers both faces share, and answers for a failed application."""

    def __init__(self, *, receive: Receive, send: Send, headers: Headers, body_bytes: int) -> None:
        self._from_server = receive
        self._to_server = send
        self._headers = headers
        self._left = body_bytes
        self._too_large = False
        self._started = False
        self._finished = False

    async def run(self, application: Application, scope: Scope) -> None:
        """Serve one request; never raises but when cancelled."""
        refused = _length_refusal(scope, most=self._left)
        if refused:
            await self.answer(refused)
            return
        try:
            await application(scope, self._receive, self._send)
        except Exception as error:  # noqa: BLE001 - the outermost edge: nothing may reach the server
            report(error, during="A request")
        if not self._finished:
            await self.answer(TOO_LARGE if self._too_large else FAILED)

    async def answer(self, status: int) -> None:
        """An empty answer of our own, or the end of one that the application left open."""
        if not self._started:
            length = (b"content-length", b"0")
            await self._deliver({"type": "http.response.start", "status": status, "headers": [length, *self._headers]})
        await self._deliver({"type": "http.response.body", "body": b"", "more_body": False})

    async def _receive(self) -> Message:
        if self._too_large:
            return {"type": "http.disconnect"}
        message = await self._from_server()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                self._too_large = True
                return {"type": "http.disconnect"}
        elif message["type"] == "http.disconnect":
            self._finished = True  # nobody is left to be answered
        return message

    async def _send(self, message: Message) -> None:
        if self._too_large and not self._started:
            return
        if message["type"] == "http.response.start":
            own = {bytes(name).lower() for name, _ in message.get("headers", ())}
            added = [pair for pair in self._headers if pair[0] not in own]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await self._deliver(message)

    async def _deliver(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
        elif message["type"] == "http.response.body" and not message.get("more_body", False):
            self._finished = True
        try:
            await self._to_server(message)
        except Exception as error:  # noqa: BLE001 - servers raise all sorts once the peer has gone
            report(error, during="A server's send")
            self._finished = True


def _length_refusal(scope: Scope, *, most: int) -> int:
    announced = header(scope["headers"], b"content-length") or b"0"
    if not announced.isdigit():
        return BAD_REQUEST
    return TOO_LARGE if len(announced) > len(str(most)) or int(announced) > most else 0
