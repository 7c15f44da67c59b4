"""Which socket answers on which origin. The visitor's and the desk's never meet."""

from typing import cast

from django.conf import settings

from chatservice.guard.limits import Application, Receive, Scope, Send
from chatservice.hosts import Face, face_of
from console.consumers import WorkerSocket
from widget.consumers import VisitorSocket

PATH = "/socket"


def by_origin() -> Application:
    """Return the application of all WebSockets.

    The Origin must be exactly the face's own (a widget in a frame has the frame's own origin, not the host page's);
    everything else is closed before it is accepted.
    """
    faces: dict[Face, tuple[str, Application]] = {
        Face.CHAT: (settings.CHAT_ORIGIN, cast("Application", VisitorSocket.as_asgi())),
        Face.DESK: (settings.DESK_ORIGIN, cast("Application", WorkerSocket.as_asgi())),
    }

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        face = face_of(headers.get(b"host", ""))
        origin, serve = (None, None) if face is None else faces[face]
        # Compared as text: a browser sends exactly this, and anything that merely parses to the same is no browser's.
        if serve is None or scope["path"] != PATH or headers.get(b"origin") != origin:
            await receive()
            await send({"type": "websocket.close"})
            return
        await serve(scope, receive, send)

    return application
