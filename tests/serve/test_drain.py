"""The end of a server process: announced, bounded, and without hurting anybody."""

import asyncio
import json
import signal
import subprocess
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
import websockets
from asgiref.sync import sync_to_async

from chatservice.places.models import Area, Host
from tests.pace import longer
from tests.service import UVICORN, Service
from tests.wire import stand_by


async def opened(running: Service) -> websockets.ClientConnection:
    """Connect as Mia's page would, by the visitors' host name."""
    address = running.chat_origin.replace("http://", "ws://") + "/socket"
    origin = websockets.Origin(running.chat_origin)
    return await websockets.connect(address, host="127.0.0.1", port=running.port, origin=origin)


async def types_until_closed(socket: websockets.ClientConnection) -> list[str]:
    """Return the types of the frames that still came."""
    found: list[str] = []
    try:
        while True:
            found.append(json.loads(await socket.recv())["type"])
    except websockets.ConnectionClosedError:
        return found


def entrance() -> dict[str, object]:
    """Make an area with an entry page of its own and somebody on duty, and return Mia's first frame."""
    name = uuid4().hex
    area = Area.objects.create(slug=name, name_fi=name, name_sv=name, name_en=name)
    Host.objects.create(area=area, key=name, name=name)
    stand_by(area)
    return {"type": "enter", "v": 1, "host": name, "channel": "youth", "language": "fi", "age_band": "A13_15"}


def test_an_idle_service_ends_at_once_and_says_nothing(service: Callable[..., Service]) -> None:
    running = service()
    began = time.monotonic()
    running.terminate()
    assert running.wait() == 0
    assert time.monotonic() - began < longer(5)
    assert running.tail() == ""


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_closes_mias_socket_with_the_drain_code(service: Callable[..., Service], ask: int) -> None:
    running = service()
    frames: list[str] = []
    async with await opened(running) as socket:
        await socket.send(json.dumps(await sync_to_async(entrance)()))
        frames.append(json.loads(await socket.recv())["type"])
        began = time.monotonic()
        running.process.send_signal(ask)
        frames += await types_until_closed(socket)
    assert socket.close_code == 4012
    assert frames[0] == "welcome"
    assert "drain" in frames
    assert await asyncio.to_thread(running.wait) == 0
    assert time.monotonic() - began < longer(25)


def test_the_application_serves_under_uvicorn_too(service: Callable[..., Service]) -> None:
    assert service(command=UVICORN).status("/healthz") == 200


def test_a_taken_address_is_told_in_one_line(service: Callable[..., Service]) -> None:
    first = service()
    second = subprocess.run(
        first.command, env=first.environment, capture_output=True, text=True, check=False, timeout=90
    )
    assert second.returncode == 1
    assert second.stderr.splitlines() == [
        "the service cannot listen there: expected a free address, for example --bind 127.0.0.1:8001"
    ]
