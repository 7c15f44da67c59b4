"""Tells others that a session has ended, so that its sockets close at once.

The 60 s re-check finds it too; this only makes it quicker. Composition attaches
the listener that publishes the kick; this room knows no channel layer.
"""

from __future__ import annotations

from collections.abc import Callable

from chatservice.accounts import tickets

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def attach(listener: Listener) -> None:
    """Have ``listener(session_key)`` called after each sign-out. Attaching twice counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def detach(listener: Listener) -> None:
    """The mirror of attach."""
    if listener in _listeners:
        _listeners.remove(listener)


def signed_out(*, session_key: str) -> None:
    """End what hangs on a session: its tickets in the database, then its sockets."""
    tickets.withdraw(session_key=session_key)
    for listener in tuple(_listeners):
        listener(session_key)
