"""Tells others that a session has ended, so that its sockets close at once.

The 60 s re-check finds it too; this only makes it quicker. Composition attaches
the listener that publishes the kick; this room knows no channel layer.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from chatservice.accounts import tickets
from chatservice.accounts.models import Worker

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


def end_elsewhere(*, worker: Worker, keep: str) -> int:
    """End every session of a worker but the one of key ``keep``; returns how many.

    Sessions are read whole, since nothing else names their owner: a rare act, and a few hundred rows at most.
    """
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep):
        if session.get_decoded().get(SESSION_KEY) == str(worker.pk):
            key = session.session_key
            session.delete()
            signed_out(session_key=key)
            ended += 1
    return ended
