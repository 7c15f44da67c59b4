"""The service as it is configured sends the visitor's headers; a middleware left out of the list would show here."""

import asyncio
from typing import Any

import pytest

from chatservice.asgi import application
from chatservice.places.models import Host

pytestmark = pytest.mark.usefixtures("static_files")


async def get(path: str, *, name: str) -> tuple[int, dict[str, str]]:
    """Ask the whole application for a page under a host name."""
    sent: list[dict[str, Any]] = []
    body = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        for message in body:
            return message
        return await asyncio.Future()  # the client stays, silent

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", name.encode())],
        "client": ("127.0.0.1", 40_000),
        "server": ("127.0.0.1", 8000),
    }
    await application(scope, receive, send)
    headers = {key.decode().lower(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], headers


async def test_the_visitors_page_has_a_strict_policy(host: Host) -> None:
    """Nothing but our own scripts, no framing unless named, no cookie."""
    status, headers = await get(f"/{host.key}/fi/youth", name="chat.localhost:8000")
    assert status == 200
    policy = headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "trusted-types 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "no-store" in headers["cache-control"]
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


async def test_a_foreign_host_name_gets_nothing(host: Host) -> None:
    """Neither face answers under a name that is not its own."""
    status, headers = await get(f"/{host.key}/fi/youth", name="elsewhere.example")
    assert status == 404
    assert "set-cookie" not in headers
