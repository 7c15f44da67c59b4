"""Rules as they were read, taken from a file beside the code: to read them again would take a second of every start.

`python -m chatservice.moderation.keep` writes the files, as a part of every installation. What is kept counts only for
the very code and rules that it was made of; else the rule files are read, and only the start is slower.
"""

import hashlib
import pickle
import sys
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from chatservice.moderation.unswept import unswept

Made = TypeVar("Made")
ROOM = Path(__file__).parent
SIZE = hashlib.sha256().digest_size


class Reader(pickle.Unpickler):
    """Reads what `keep` has written, from a file that stands behind the arrays.

    Such a file can hold any act, as a compiled module of Python's can: it is read from the folder of the code and from
    nowhere else, and whoever can write there can change the code.
    """

    def __init__(self, file: BinaryIO, arrays: list["array[Any]"]) -> None:
        """Begin with the arrays."""
        super().__init__(file)
        self._arrays = arrays

    def persistent_load(self, pid: int) -> "array[Any]":
        """Return the array of a number."""
        return self._arrays[pid]


@unswept()
def kept(name: str, *, make: Callable[[], Made], room: Path = ROOM) -> Made:
    """Return what `make` makes of the files of `room`, from where it is kept if that still holds."""
    if not holds(name, room=room):
        return make()
    with place_of(name, room).open("rb") as file:
        file.seek(2 * SIZE)
        arrays = [_array(file, *shape) for shape in Reader(file, []).load()]
        made: Made = Reader(file, arrays).load()
        return made


def holds(name: str, *, room: Path = ROOM) -> bool:
    """Tell whether something whole is kept that was made of the files of `room` as they are."""
    try:
        with place_of(name, room).open("rb", buffering=0) as file:
            state, digest = file.read(SIZE), file.read(SIZE)
            return state == state_of(room) and digest == hashlib.file_digest(file, "sha256").digest()
    except FileNotFoundError:
        return False


def place_of(name: str, room: Path = ROOM) -> Path:
    """Return where rules of a name are kept."""
    return room / f"{name}.rules"


def state_of(room: Path) -> bytes:
    """Return a digest of the interpreter and of every file of code and rules."""
    digest = hashlib.sha256(f"{sys.version} {sys.maxsize}".encode())
    for path in sorted(each for each in room.rglob("*") if each.suffix in {".py", ".toml"}):
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(room).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.digest()


def _array(file: BinaryIO, typecode: str, length: int) -> "array[Any]":
    made = array(typecode)
    made.frombytes(file.read(length * made.itemsize))
    return made
