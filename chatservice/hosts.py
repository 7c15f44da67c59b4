"""Which face answers, told by the host name alone: the visitor's origin, the desk's, or none."""

from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings


class Face(StrEnum):
    """The two faces."""

    CHAT = "chat"
    DESK = "desk"


def face_of(host: str) -> Face | None:
    """Return the face of a Host header (with or without its port), or None for a foreign name."""
    name = host.rsplit(":", 1)[0].lower() if ":" in host else host.lower()
    for face, origin in ((Face.CHAT, settings.CHAT_ORIGIN), (Face.DESK, settings.DESK_ORIGIN)):
        if name and name == (urlsplit(origin).hostname or ""):
            return face
    return None
