"""Which socket answers on which origin. The visitor's and the desk's never meet."""

from typing import cast

from channels.security.websocket import OriginValidator
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
    faces: dict[Face, Application] = {
        Face.CHAT: cast("Application", OriginValidator(VisitorSocket.as_asgi(), [settings.CHAT_ORIGIN])),
        Face.DESK: cast("Application", OriginValidator(WorkerSocket.as_asgi(), [settings.DESK_ORIGIN])),
    }

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        face = face_of(dict(scope["headers"]).get(b"host", b"").decode("latin-1"))
        if face is None or scope["path"] != PATH:
            await receive()
            await send({"type": "websocket.close"})
            return
        await faces[face](scope, receive, send)

    return application
