"""HTTP through the guard: bounded bodies, common headers, quiet failures."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from chatservice.guard import Guard
from tests.guard.peer import HOST, Peer

pytestmark = pytest.mark.pure

DESK = (b"host", b"desk.localhost:8000")


async def reads_all(_scope: Any, receive: Any, send: Any) -> None:
    size = 0
    while (message := await receive())["type"] == "http.request":
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": str(size).encode()})
            return


async def answer(guard: Guard, *body: bytes, headers: Any = (HOST,)) -> tuple[int, dict[bytes, bytes], bytes]:
    peer = Peer(guard, kind="http", headers=headers)
    for number, part in enumerate(body or (b"",)):
        peer.say("http.request", body=part, more_body=number + 1 < len(body))
    await peer.ended()
    start = await peer.until("http.response.start")
    content = b"".join(message.get("body", b"") for message in peer.heard if message["type"] == "http.response.body")
    assert len([message for message in peer.heard if message["type"] == "http.response.start"]) == 1
    return start["status"], dict(start["headers"]), content


async def test_a_body_within_the_limit_arrives_whole() -> None:
    status, _, content = await answer(Guard(reads_all), b"x" * 40_000, b"x" * 25_536)
    assert (status, content) == (200, b"65536")


async def test_a_longer_body_is_refused_while_it_comes() -> None:
    assert (await answer(Guard(reads_all), b"x" * 40_000, b"x" * 25_537))[0] == 413


@pytest.mark.parametrize(
    ("length", "status"), [(b"65537", 413), (b"9" * 40, 413), (b"-1", 400), (b"1e3", 400), (b"65536", 200)]
)
async def test_an_announced_length_is_judged_before_reading(length: bytes, status: int) -> None:
    assert (await answer(Guard(reads_all), headers=[HOST, (b"content-length", length)]))[0] == status


async def test_a_failure_is_an_empty_500_and_a_line_without_words(caplog: pytest.LogCaptureFixture) -> None:
    async def failing(*_: Any) -> None:
        raise RuntimeError("They hit me at home")

    caplog.set_level(logging.DEBUG)
    status, headers, content = await answer(Guard(failing))
    assert (status, content) == (500, b"")
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert "RuntimeError at " in caplog.text
    assert "hit me" not in caplog.text


async def test_an_answer_broken_off_is_ended() -> None:
    async def failing(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError

    assert (await answer(Guard(failing)))[2] == b"half"


async def test_both_faces_share_their_headers_and_the_desk_is_isolated() -> None:
    guard = Guard(reads_all, desk_host="desk.localhost")
    _, chat, _ = await answer(guard)
    _, desk, _ = await answer(guard, headers=[DESK])
    for headers in (chat, desk):
        assert headers[b"x-content-type-options"] == b"nosniff"
        assert headers[b"cross-origin-resource-policy"] == b"same-origin"
        assert b"camera=()" in headers[b"permissions-policy"]
    assert chat[b"referrer-policy"] == b"no-referrer"
    assert b"cross-origin-opener-policy" not in chat
    assert desk[b"referrer-policy"] == b"same-origin"
    assert desk[b"cross-origin-opener-policy"] == b"same-origin"


async def test_a_faces_own_header_wins() -> None:
    async def loader(_scope: Any, _receive: Any, send: Any) -> None:
        own = [(b"Cross-Origin-Resource-Policy", b"cross-origin")]
        await send({"type": "http.response.start", "status": 200, "headers": own})
        await send({"type": "http.response.body"})

    peer = Peer(Guard(loader), kind="http")
    await peer.ended()
    start = await peer.until("http.response.start")
    policies = [value for name, value in start["headers"] if name.lower() == b"cross-origin-resource-policy"]
    assert policies == [b"cross-origin"]


async def test_nobody_is_answered_after_leaving() -> None:
    async def waits(_scope: Any, receive: Any, _send: Any) -> None:
        assert (await receive())["type"] == "http.disconnect"

    peer = Peer(Guard(waits), kind="http")
    peer.say("http.disconnect")
    await peer.ended()
    assert peer.heard == []


async def test_the_servers_life_events_pass_and_unknown_ones_do_not() -> None:
    seen: list[str] = []

    async def application(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    for kind in ("lifespan", "mystery"):
        await Peer(Guard(application), kind=kind).ended()
    assert seen == ["lifespan"]
