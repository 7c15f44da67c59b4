"""Reads all the rules and keeps what was read, so that no start has to: `python -m chatservice.moderation.keep`.

A broken rule file ends it with the rule's name, before the service is started.
"""

import hashlib
import pickle
from array import array
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from chatservice.moderation.abuse import loader as abuse
from chatservice.moderation.kept import ROOM, holds, place_of, state_of
from chatservice.moderation.risk import loader as risk


class Writer(pickle.Pickler):
    """Writes everything but arrays, and gathers those: as a part of the rest they would be held twice when read."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin without arrays."""
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.arrays: list[array[Any]] = []

    def persistent_id(self, obj: object) -> int | None:
        """Return the number of an array that stands before the rest."""
        if not isinstance(obj, array):
            return None
        self.arrays.append(obj)
        return len(self.arrays) - 1


def main() -> None:
    """Keep those sets of rules that are not kept yet as they are."""
    for name, make in (("risk", risk.load), ("abuse", abuse.load)):
        if not holds(name):
            keep(name, make())


def keep(name: str, made: object, *, room: Path = ROOM) -> None:
    """Keep what was made of the files of `room`; a start meanwhile sees all of it or what was there before.

    :raises OSError: the folder cannot be written.
    """
    content = content_of(made)
    fresh = room / f"{name}.new"
    fresh.write_bytes(state_of(room) + hashlib.sha256(content).digest() + content)
    fresh.replace(place_of(name, room))


def content_of(made: object) -> bytes:
    """Return what `kept` reads: the shapes of the arrays, the arrays as they lie in memory, the rest."""
    file, rest = BytesIO(), BytesIO()
    writer = Writer(rest)
    writer.dump(made)
    Writer(file).dump([(each.typecode, len(each)) for each in writer.arrays])
    for each in writer.arrays:
        file.write(each.tobytes())
    file.write(rest.getbuffer())
    return file.getvalue()


if __name__ == "__main__":
    main()
