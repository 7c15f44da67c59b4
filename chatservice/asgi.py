"""The ASGI application: guard outside, then health, pages and sockets."""

import os
from typing import cast

import django
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatservice.settings")
django.setup()

from chatservice.delivery import process  # noqa: E402 - Django is set up by the line above
from chatservice.guard import protect  # noqa: E402
from chatservice.guard.limits import Application, Drain, Receive, Scope, Send  # noqa: E402
from chatservice.moderation.pipeline import default as rules  # noqa: E402
from chatservice.sockets import by_origin  # noqa: E402

pages = cast("Application", get_asgi_application())
sockets = by_origin()
drain = Drain()
rules()  # a broken rule file refuses the start, and no child's first line waits for the rules to be read

HEALTH = {"/healthz", "/readyz"}


async def route(scope: Scope, receive: Receive, send: Send) -> None:
    """Health to anybody, sockets to their consumers, the rest to Django."""
    if scope["type"] == "websocket":
        await sockets(scope, receive, send)
    elif scope["path"] in HEALTH:
        await _health(scope["path"], send)
    else:
        await pages(scope, receive, send)


async def _health(path: str, send: Send) -> None:
    """`/healthz`: the process answers. `/readyz`: send new visitors here."""
    ready = path == "/healthz" or not process.current().draining
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200 if ready else 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok\n" if ready else b"draining\n"})


application = protect(route, drain=drain)
