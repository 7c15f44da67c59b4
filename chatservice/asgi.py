"""The ASGI application: guard outside, then health, pages and sockets."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatservice.settings")
pages = get_asgi_application()

from chatservice.delivery import process  # noqa: E402 - Django is set up by the line above
from chatservice.guard import protect  # noqa: E402
from chatservice.guard.limits import Drain  # noqa: E402
from chatservice.sockets import by_origin  # noqa: E402

sockets = by_origin()
drain = Drain()

HEALTH = {"/healthz", "/readyz"}


async def route(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Health to anybody, sockets to their consumers, the rest to Django."""
    if scope["type"] == "websocket":
        await sockets(scope, receive, send)
    elif scope["path"] in HEALTH:
        await _health(scope["path"], send)
    else:
        await pages(scope, receive, send)


async def _health(path: str, send: Any) -> None:
    """`/healthz`: the process answers. `/readyz`: send new visitors here."""
    ready = path == "/healthz" or not process.current().draining
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200 if ready else 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok\n" if ready else b"draining\n"})


application = protect(route, drain=drain)
