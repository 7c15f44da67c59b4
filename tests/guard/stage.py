"""A guarded application without any room, for real servers: the path tells how it behaves."""

import asyncio
import json
from typing import Any

from chatservice.guard import Guard

SENTENCE = "They hit me at home"


async def behaviour(scope: Any, receive: Any, send: Any) -> None:
    """`/blocked` never reads on, `/fail` raises with words, others say back what they hear."""
    if scope["type"] == "http":
        await tell_scope(scope, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    if scope["path"] == "/fail":
        raise ValueError(SENTENCE)
    if scope["path"] == "/blocked":
        await asyncio.Event().wait()
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


async def tell_scope(scope: Any, send: Any) -> None:
    """All that the application was told of a request."""
    told = {key: repr(value) for key, value in scope.items()}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


application = Guard(behaviour, trusted_header="x-forwarded-for")
