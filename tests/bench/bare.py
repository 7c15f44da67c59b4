"""The yardstick: what a Channels service does without any of ours. `python -m tests.bench.bare PORT REDIS_URL`.

A stock consumer, RedisChannelLayer, JSON of the standard library, no database, no authentication, no encryption.
"""

# First of all: daphne.server chooses Twisted's reactor.
from daphne.server import Server  # isort: split

import json
import sys
from typing import Any

from django.conf import settings


def configure(redis_url: str) -> None:
    """Set Django up. With the defaults (100 messages, 100 connections, 5 s for an answer) the layer loses consumers."""
    host = {"address": redis_url, "max_connections": 2000, "socket_timeout": None}
    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [host], "capacity": 5000}}
    settings.configure(CHANNEL_LAYERS={"default": layer}, DATABASES={})


def application() -> Any:
    """Return the ASGI application; the query names the conversations of a socket."""
    from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: PLC0415 - needs the settings

    class Bare(AsyncWebsocketConsumer):  # type: ignore[misc]
        """Passes each message on to everybody in its conversation."""

        async def connect(self) -> None:
            for cid in self.scope["query_string"].decode().split("&"):
                await self.channel_layer.group_add(cid, self.channel_name)
            await self.accept()

        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            frame = json.loads(text_data or "{}")
            await self.channel_layer.group_send(frame["cid"], {"type": "chat.message", **frame})

        async def chat_message(self, event: dict[str, str]) -> None:
            await self.send(text_data=json.dumps({"cid": event["cid"], "body": event["body"]}))

    return Bare.as_asgi()


def main(port: int, redis_url: str) -> None:
    """Serve until a signal."""
    configure(redis_url)
    place = f"tcp:port={port}:interface=127.0.0.1:backlog=1024"
    Server(application(), endpoints=[place], verbosity=0).run()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
