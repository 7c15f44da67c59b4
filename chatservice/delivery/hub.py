"""One subscriber and one pipelined publisher for each process, and a table of who listens here.

Local listeners hear at once, others through Redis. Redis may be dead, hung or flushed at any time: publishing drops
what it cannot say, the reader connects again, and the healing read (`registry.py`) finds what was missed.
"""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import msgspec
from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from chatservice.delivery.nudges import Nudge, pack, unpack
from chatservice.delivery.ticking import ended

log = logging.getLogger(__name__)

Listener = Callable[[Nudge], None]

UNSAID = 10_000
ANSWER_S = 2.0
QUIET_S = 5.0
DEAD_S = 15.0
AGAIN_S = 1.0
HOME = "kuulolla"
AWAY = (RedisError, OSError, asyncio.TimeoutError)


class Hub:
    """The nudge table of an event loop. `join`, `part` and `publish` never block and never raise."""

    def __init__(self, *, back: Callable[[], None]) -> None:
        """`back` is called when Redis is there again: what was missed meanwhile has to be read."""
        self._origin = secrets.token_bytes(8)
        self._listeners: dict[str, set[Listener]] = {}
        self._unsaid: deque[tuple[str, bytes]] = deque(maxlen=UNSAID)
        self._say = asyncio.Event()
        self._changes: deque[tuple[str, str]] = deque()
        self._change = asyncio.Event()
        self._back = back
        self._tasks: list[asyncio.Task[None]] = []
        self._redis = Redis.from_url(
            settings.REDIS_URL, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S, max_connections=4
        )

    def start(self) -> None:
        """Begin to publish and to listen."""
        self._tasks = [asyncio.create_task(self._publish()), asyncio.create_task(self._listen())]

    async def stop(self) -> None:
        """End both tasks and close the connections."""
        await ended(self._tasks)
        await self._redis.aclose()

    def join(self, channel: str, listener: Listener) -> None:
        """Let `listener` hear `channel`."""
        heard = self._listeners.setdefault(channel, set())
        if not heard:
            self._changes.append(("subscribe", channel))
            self._change.set()
        heard.add(listener)

    def part(self, channel: str, listener: Listener) -> None:
        """Take `listener` away."""
        heard = self._listeners.get(channel)
        if heard is None:
            return
        heard.discard(listener)
        if not heard:
            del self._listeners[channel]
            self._changes.append(("unsubscribe", channel))
            self._change.set()

    def publish(self, channel: str, nudge: Nudge) -> None:
        """Tell the listeners of this process now and those of the others soon."""
        self._tell(channel, nudge)
        self._unsaid.append((channel, pack(origin=self._origin, nudge=nudge)))
        self._say.set()

    def _tell(self, channel: str, nudge: Nudge) -> None:
        for listener in tuple(self._listeners.get(channel, ())):
            listener(nudge)

    async def _publish(self) -> None:
        while True:
            await self._say.wait()
            self._say.clear()
            batch = [self._unsaid.popleft() for _ in range(len(self._unsaid))]
            try:
                async with self._redis.pipeline(transaction=False) as pipe, asyncio.timeout(ANSWER_S):
                    for channel, data in batch:
                        pipe.publish(channel, data)
                    await pipe.execute()
            except AWAY as error:
                log.warning("nudges were dropped: %s", type(error).__name__)
                await asyncio.sleep(AGAIN_S)

    async def _listen(self) -> None:
        lost = False
        while True:
            pubsub = self._redis.pubsub(ignore_subscribe_messages=True)
            try:
                await asyncio.wait_for(pubsub.subscribe(HOME, *self._listeners), ANSWER_S)
                if lost:
                    self._back()
                await self._hear(pubsub)
            except AWAY as error:
                log.warning("the nudge line broke: %s", type(error).__name__)
            finally:
                # Also when the process stops in the middle of connecting: nobody else would close this socket.
                with suppress(*AWAY):
                    await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
            lost = True
            await asyncio.sleep(AGAIN_S)

    async def _hear(self, pubsub: PubSub) -> None:
        """Pass on what comes until the line breaks; a line that is silent for 15 s although pinged is broken."""
        changer = asyncio.create_task(self._follow_changes(pubsub))
        loop = asyncio.get_running_loop()
        heard = loop.time()
        try:
            while not changer.done():
                message = await pubsub.get_message(ignore_subscribe_messages=False, timeout=QUIET_S)
                if message is not None:
                    heard = loop.time()
                    if message["type"] == "message":
                        self._receive(message["channel"].decode(), message["data"])
                elif loop.time() - heard > DEAD_S:
                    raise TimeoutError
                else:
                    await asyncio.wait_for(pubsub.ping(), ANSWER_S)
            changer.result()
        finally:
            changer.cancel()
            await asyncio.gather(changer, return_exceptions=True)

    async def _follow_changes(self, pubsub: PubSub) -> None:
        while True:
            await self._change.wait()
            self._change.clear()
            while self._changes:
                verb, channel = self._changes.popleft()
                wanted = channel in self._listeners
                # Only the latest wish counts: a channel that was left and joined again stays subscribed.
                if wanted == (verb == "subscribe"):
                    await asyncio.wait_for(getattr(pubsub, verb)(channel), ANSWER_S)

    def _receive(self, channel: str, data: bytes) -> None:
        if channel not in self._listeners:
            return
        try:
            nudge = unpack(data, home=self._origin)
        except msgspec.DecodeError:
            log.warning("a foreign nudge was dropped")
            return
        if nudge is not None:
            self._tell(channel, nudge)
