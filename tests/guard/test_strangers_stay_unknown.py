"""Nothing that tells who calls, or with what, goes past the guard (threats A5, A7)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.guard import Guard
from chatservice.guard.scope import Malformed, cleaned
from tests.guard.peer import HOST, Peer, scope_of

pytestmark = pytest.mark.pure

MIAS_ADDRESS = "198.51.100.23"
TELLING = [
    (b"user-agent", b"Mia's phone/1.0"),
    (b"referer", b"https://school.example/worries"),
    (b"x-forwarded-for", MIAS_ADDRESS.encode()),
    (b"x-real-ip", MIAS_ADDRESS.encode()),
    (b"forwarded", b"for=198.51.100.23"),
    (b"true-client-ip", MIAS_ADDRESS.encode()),
    (b"cf-connecting-ip", MIAS_ADDRESS.encode()),
    (b"via", b"1.1 school-proxy"),
    (b"sec-ch-ua-model", b"Pixel"),
    (b"dnt", b"1"),
    (b"x-some-new-device-header", b"Mia"),
]


async def seen_by_application(kind: str, headers: list[tuple[bytes, bytes]], **more: Any) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    async def application(scope: Any, _receive: Any, send: Any) -> None:
        seen.update(scope)
        if kind == "http":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body"})

    peer = Peer(Guard(application, **more), kind=kind, headers=headers, client=(MIAS_ADDRESS, 4711))
    await peer.until("http.response.body" if kind == "http" else "websocket.close")
    await peer.ended()
    return seen


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_mias_address_and_phone_end_at_the_guard(kind: str) -> None:
    seen = await seen_by_application(kind, [HOST, *TELLING])
    assert "client" not in seen
    assert seen["headers"] == [HOST]
    assert MIAS_ADDRESS not in repr(seen)
    assert "Mia" not in repr(seen)


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_also_the_trusted_header_ends_there(kind: str) -> None:
    seen = await seen_by_application(kind, [HOST, *TELLING], trusted_header="X-Forwarded-For")
    assert MIAS_ADDRESS not in repr(seen)
    assert len(seen["caller"]) == 32


async def test_what_the_service_needs_passes() -> None:
    needed = [HOST, (b"origin", b"http://chat.localhost"), (b"cookie", b"a=b"), (b"sec-websocket-version", b"13")]
    assert (await seen_by_application("websocket", needed))["headers"] == needed


@pytest.mark.parametrize(
    ("sent", "left"),
    [
        (b"fi-FI,fi;q=0.9,sv-FI;q=0.8,en-US;q=0.7", b"fi, sv, en"),
        (b"so-SO,ar;q=0.9", b""),
        (b"SV", b"sv"),
        (b"en-AU-x-mias-own", b"en"),
    ],
)
async def test_only_the_languages_we_speak_are_left_of_the_wish(sent: bytes, left: bytes) -> None:
    seen = await seen_by_application("http", [HOST, (b"accept-language", sent)])
    assert dict(seen["headers"])[b"accept-language"] == left


MALFORMED = {
    "a vertical tab that some parsers take for a line end": [(b"origin", b"null\x0bx-forwarded-for: 1.2.3.4")],
    "a next-line byte": [(b"x-anything", b"a\x85x-forwarded-for: 1.2.3.4")],
    "a file separator": [(b"x-anything", b"a\x1cb")],
    "a null": [(b"cookie", b"a\x00b")],
    "an underscore twin of the trusted header": [(b"x_forwarded_for", b"1.2.3.4")],
    "a half twin": [(b"x-forwarded_for", b"1.2.3.4")],
    "an underscore twin of a kept header": [(b"x_forwarded_proto", b"https")],
    "the trusted header twice": [(b"x-forwarded-for", b"1.2.3.4"), (b"X-Forwarded-For", b"5.6.7.8")],
    "a trusted value that is no address": [(b"x-forwarded-for", b"unknown")],
    "two hosts": [(b"host", b"elsewhere.example")],
    "a name with a space": [(b"x forwarded", b"1")],
}


@pytest.mark.parametrize("headers", MALFORMED.values(), ids=MALFORMED)
async def test_eves_malformed_headers_are_refused(headers: list[tuple[bytes, bytes]]) -> None:
    async def never(*_: Any) -> None:
        pytest.fail("the application was reached")

    guard = Guard(never, trusted_header="x-forwarded-for")
    request = Peer(guard, kind="http", headers=[HOST, *headers])
    assert (await request.until("http.response.start"))["status"] == 400
    await request.ended()
    socket = Peer(guard, headers=[HOST, *headers])
    await socket.until("websocket.close")
    assert not any(message["type"] == "websocket.accept" for message in socket.heard)
    await socket.ended()


async def test_a_harmless_underscore_is_dropped_not_refused() -> None:
    seen = await seen_by_application("http", [HOST, (b"x_own_thing", b"1")])
    assert seen["headers"] == [HOST]


@given(value=st.binary(max_size=40))
def test_no_value_smuggles_a_line(value: bytes) -> None:
    scope = scope_of(headers=[HOST, (b"origin", value)])
    try:
        inner, _ = cleaned(scope, trusted_header=b"x-forwarded-for")
    except Malformed:
        return
    (kept,) = [kept for name, kept in inner["headers"] if name == b"origin"]
    assert len(kept.decode("latin-1").splitlines()) <= 1
