"""The open data keys of conversations in use: unwrapped once, kept while they are used, bounded in number."""

from collections import OrderedDict
from datetime import date
from uuid import UUID

from chatservice.vault.envelope import Sealer, unwrap
from chatservice.vault.keys import KeyDirectory, key_directory

KEPT = 5000
_open: OrderedDict[UUID, Sealer] = OrderedDict()


def keys() -> KeyDirectory:
    """Return the key directory of this service."""
    return key_directory()


def sealer(*, conversation: UUID, wrapped: bytes, day: date) -> Sealer:
    """Return the sealer of a conversation; raises VaultError when its key cannot be opened."""
    found = _open.get(conversation)
    if found is None:
        data_key = unwrap(wrapped=wrapped, day_key=keys().day_key(day), conversation=conversation, day=day)
        found = _open[conversation] = Sealer(data_key=data_key, conversation=conversation)
    _open.move_to_end(conversation)
    if len(_open) > KEPT:
        _open.popitem(last=False)
    return found


def forget(*, conversation: UUID) -> None:
    """Drop the open key of a conversation that nobody here uses any more."""
    _open.pop(conversation, None)


def forget_all() -> None:
    """Drop every open key (drain, tests)."""
    _open.clear()


def sealer_in_use(*, conversation: UUID) -> Sealer | None:
    """Return the sealer if this process has it open; never reads the database."""
    return _open.get(conversation)
