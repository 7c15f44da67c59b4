"""The outermost ASGI layer: nothing that identifies comes in, nothing unbounded comes through.

Knows no room of the service; works the same under Daphne and uvicorn.
"""

from chatservice.guard.layer import Guard, protect
from chatservice.guard.limits import Drain, Limits

__all__ = ["Drain", "Guard", "Limits", "protect"]
