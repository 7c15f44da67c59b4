"""Named people on the wire: a WebSocket to the whole application in this process, frames in and out as JSON."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from chatservice.accounts.models import Worker
from chatservice.accounts.tickets import issue
from chatservice.asgi import application
from chatservice.duty.models import OnDuty
from chatservice.places.models import Area, Host
from chatservice.store.pool import transaction

Frame = dict[str, Any]
left_open: "set[Line]" = set()
PATIENCE_S = 30.0


class Line:
    """One WebSocket. `expect` waits for a frame of a type and keeps the others in `heard`."""

    def __init__(self, origin: str, *, app: Any = application, address: str = "") -> None:
        self._origin = origin
        self._app = app
        # An address of its own: a caller's limits are not what most tests are about.
        self._address = address or f"10.{secrets.randbelow(255)}.{secrets.randbelow(255)}.{secrets.randbelow(255)}"
        self._in: asyncio.Queue[Frame] = asyncio.Queue()
        self._out: asyncio.Queue[Frame] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self.heard: list[Frame] = []
        self.code: int | None = None
        self._pings = 0

    async def open(self) -> Self:
        """Connect; raises ConnectionRefusedError when the handshake is refused."""
        host = self._origin.partition("://")[2]
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": "/socket",
            "raw_path": b"/socket",
            "query_string": b"",
            "headers": [(b"host", host.encode()), (b"origin", self._origin.encode())],
            "client": (self._address, 40_000),
            "server": ("127.0.0.1", 8000),
            "subprotocols": [],
        }
        await self._in.put({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._app(scope, self._in.get, self._out.put))
        left_open.add(self)
        first = await asyncio.wait_for(self._out.get(), PATIENCE_S)
        if first["type"] != "websocket.accept":
            raise ConnectionRefusedError
        return self

    async def say(self, frame: Frame | str) -> None:
        """Send a frame, or raw text."""
        text = frame if isinstance(frame, str) else json.dumps(frame, ensure_ascii=False)
        await self._in.put({"type": "websocket.receive", "text": text})

    async def next(self) -> Frame:
        """Return the next frame; raises EOFError when the socket is closed."""
        event = await asyncio.wait_for(self._out.get(), PATIENCE_S)
        if event["type"] == "websocket.close":
            self.code = event["code"]
            raise EOFError(str(self.code))
        frame: Frame = json.loads(event["text"])
        self.heard.append(frame)
        return frame

    async def expect(self, kind: str, **fields: Any) -> Frame:
        """Wait for a frame of this type with these fields."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame.get(name) == value for name, value in fields.items()):
                return frame

    async def closed(self) -> int:
        """Wait until the server closes and return its code."""
        with contextlib.suppress(EOFError):
            while True:
                await self.next()
        return self.code or 0

    async def quiet(self) -> list[Frame]:
        """Return what has come by now: everything before the answer to a ping."""
        before = len(self.heard)
        self._pings += 1
        await self.say({"type": "ping", "n": self._pings})
        await self.expect("pong", n=self._pings)
        return self.heard[before:-1]

    def lines(self, cid: str) -> list[Frame]:
        """Return the lines of a conversation as a page would show them: in order, each once."""
        shown: list[Frame] = []
        for frame in self.heard:
            if frame["type"] == "reset" and frame["cid"] == cid:
                shown.clear()
            if frame["type"] == "events" and frame["cid"] == cid:
                shown += [item for item in frame["items"] if item["seq"] > (shown[-1]["seq"] if shown else 0)]
        return shown

    async def cut(self) -> None:
        """The line breaks: no close frame from either side."""
        left_open.discard(self)
        await self._in.put({"type": "websocket.disconnect", "code": 1006})
        if self._task is not None:
            await asyncio.wait_for(self._task, PATIENCE_S)


class Mia(Line):
    """A visitor."""

    def __init__(self, host: Host, **kwargs: Any) -> None:
        super().__init__(settings.CHAT_ORIGIN, **kwargs)
        self.host = host
        self.cid = self.token = ""

    async def enter(self, **changed: Any) -> Self:
        """Connect and come in as a new visitor."""
        await self.open()
        band = None if changed.get("channel") == "parent" else "A13_15"
        frame = {"type": "enter", "v": 1, "host": self.host.key, "channel": "youth", "language": "fi", "age_band": band}
        async with open_door(self.host):
            await self.say({**frame, **changed})
            return await self._welcomed()

    async def hello(self, *, token: str, cursors: dict[str, int] | None = None) -> Self:
        """Connect and come back."""
        await self.open()
        await self.say({"type": "hello", "v": 1, "token": token, "cursors": cursors or {}})
        self.token = token
        return await self._welcomed()

    async def _welcomed(self) -> Self:
        welcome = await self.expect("welcome")
        self.cid, self.token = welcome["cid"], welcome.get("token", self.token)
        return self

    async def write(self, body: str, *, mid: str | None = None) -> Frame:
        """Send a message and wait for its ack."""
        mid = mid or str(uuid4())
        await self.say({"type": "send", "cid": self.cid, "mid": mid, "body": body})
        return await self.expect("ack", mid=mid)


class Aino(Line):
    """A professional at her desk."""

    def __init__(self, worker: Worker, **kwargs: Any) -> None:
        super().__init__(settings.DESK_ORIGIN, **kwargs)
        self.worker = worker
        self.session = ""
        self.talks: dict[str, Frame] = {}

    async def sign_in(
        self, *, cursors: dict[str, int] | None = None, note_cursors: dict[str, int] | None = None
    ) -> Self:
        """Get a ticket as a signed-in worker would and connect."""
        self.session, ticket = await sync_to_async(ticket_for)(self.worker)
        await self.open()
        known = {"cursors": cursors or {}, "note_cursors": note_cursors or {}}
        await self.say({"type": "hello", "v": 1, "ticket": ticket, **known})
        welcome = await self.expect("welcome")
        self.talks = {talk["cid"]: talk for talk in welcome["talks"]}
        return self

    async def claim(self) -> Frame:
        """Take the next one and wait for the talk."""
        await self.say({"type": "claim", "ref": "take"})
        talk: Frame = (await self.expect("talk", ref="take"))["talk"]
        self.talks[talk["cid"]] = talk
        return talk

    async def write(self, talk: Frame, body: str, *, seen: int = 0, mid: str | None = None) -> Frame:
        """Send a message and wait for its ack."""
        mid = mid or str(uuid4())
        frame = {"type": "send", "cid": talk["cid"], "mid": mid, "epoch": talk["epoch"], "seen": seen, "body": body}
        await self.say(frame)
        return await self.expect("ack", mid=mid)


async def cut_all() -> None:
    """Cut what a test left open, before its process ends."""
    for line in tuple(left_open):
        await line.cut()


def ticket_for(worker: Worker) -> tuple[str, str]:
    """Sign a worker in and return the session key and a ticket."""
    session = SessionStore()
    session["_auth_user_id"] = str(worker.pk)
    session.save()
    key = session.session_key or ""
    return key, issue(worker=worker, session_key=key)


def make_area() -> Area:
    """An area of this test alone."""
    slug = f"area-{secrets.token_hex(4)}"
    return Area.objects.create(slug=slug, name_fi="Testialue", name_sv="Testområdet", name_en="Test area")


def make_host(area: Area) -> Host:
    """An entrance with every language and channel."""
    return Host.objects.create(
        area=area,
        key=f"host-{secrets.token_hex(4)}",
        name="Testikoulu",
        languages=["fi", "sv", "en"],
        channels=["youth", "parent"],
    )


def make_worker(
    area: Area, name: str = "Aino", *, capacity: int = 2, profession: str = "curator", **roles: bool
) -> Worker:
    """A worker of the area; `roles`: coordinator, statistician, reader.

    Has no password: nobody signs in with one here, and a true hash costs each test a fifth of a second.
    """
    return Worker.objects.create(
        email=f"{name.lower()}-{secrets.token_hex(4)}@example.org",
        password=make_password(None),
        area=area,
        display_name=name,
        profession=profession,
        capacity=capacity,
        **roles,
    )


def stand_by(area: Area, *, seconds: int = 86_400) -> Worker:
    """Somebody who is on duty all day and never takes anybody: the door stays open."""
    worker = Worker.objects.create(
        email=f"outi-{secrets.token_hex(4)}@example.org",
        password="!",
        area=area,
        display_name="Outi",
        profession="curator",
    )
    now = timezone.now()
    lease = now + timedelta(seconds=seconds)
    OnDuty.objects.create(worker=worker, area=area, since=now, capacity=2, lease_until=lease)
    return worker


STANDS_IN = """
WITH person AS (
    INSERT INTO accounts_worker (email, password, area_id, display_name, profession, capacity, language, is_active,
        coordinator, totp_step)
    SELECT 'stands-in-' || gen_random_uuid() || '@example.org', '!', %(area)s, 'Stand-in', 'curator', 5, 'fi', true,
        false, 0
    WHERE NOT EXISTS (SELECT 1 FROM duty_onduty duty JOIN accounts_worker other ON other.id = duty.worker_id
        WHERE duty.area_id = %(area)s AND duty.lease_until > clock_timestamp() AND other.display_name <> 'Stand-in')
    RETURNING id
)
INSERT INTO duty_onduty (worker_id, area_id, since, capacity, paused, pause_reason, accepting, alone, lease_until)
SELECT id, %(area)s, clock_timestamp(), 5, false, '', true, false, clock_timestamp() + interval '1 minute' FROM person
RETURNING worker_id
"""


@contextlib.asynccontextmanager
async def open_door(host: Host) -> AsyncIterator[None]:
    """Somebody takes new ones while a visitor comes in, and goes home then; who is on duty already is enough."""
    async with transaction() as link:
        found = await (await link.execute(STANDS_IN.encode(), {"area": host.area_id})).fetchall()
    gone = {"workers": [row[0] for row in found]}
    try:
        yield
    finally:
        async with transaction() as link:
            await link.execute("DELETE FROM duty_onduty WHERE worker_id = ANY(%(workers)s)", gone)
            await link.execute("DELETE FROM accounts_worker WHERE id = ANY(%(workers)s)", gone)


@contextlib.asynccontextmanager
async def talk(mia: Mia, aino: Aino) -> AsyncIterator[Frame]:
    """Mia in a talk with Aino: entered, called, confirmed, active for both."""
    await mia.enter()
    await aino.sign_in()
    called = await aino.claim()
    await mia.expect("queue", state="called")
    await mia.say({"type": "here", "cid": mia.cid})
    active = (await aino.expect("talk"))["talk"]
    await mia.expect("queue", state="active")
    yield {**called, **active}
    for line in (mia, aino):
        await line.cut()
