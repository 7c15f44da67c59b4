"""The lists of this room: TOML files that professionals can read, each with its owner, source and date."""

import functools
import re
import tomllib
from itertools import product, takewhile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"
HEAD = ("id", "owner", "source", "date", "change")


class DataFault(ValueError):
    """A data file cannot be used; the message names the file and what was expected there."""


@functools.cache
def table(name: str, *, folder: Path = FOLDER) -> dict[str, Any]:
    """Return a data file's content; raises DataFault where it is no TOML or does not say whose it is."""
    path = folder / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFault(f"{path.name}: expected readable TOML ({error})") from error
    missing = [key for key in HEAD if not content.get(key)]
    if missing:
        raise DataFault(f"{path.name}: expected {', '.join(missing)}")
    return content


def words(name: str, *keys: str) -> tuple[str, ...]:
    """Return the words of one or more entries of a data file, in its order, each once."""
    content = table(name)
    found: dict[str, None] = {}
    for key in keys:
        entry = content.get(key)
        if not isinstance(entry, str):
            raise DataFault(f"{name}.toml: expected words in {key}")
        found.update(dict.fromkeys(entry.split()))
    return tuple(found)


START = 3
# What a word of ours may go on with.
LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéü"


def starts(*items: str) -> frozenset[str]:
    """Return how words begin, as `Plain.starts` tells it of a text: where none of these is, none of the words stands.

    Words are written as for `alternation`; one of fewer letters may go on with any ("ig", "igssä").
    """
    found: set[str] = set()
    for item in items:
        head = "".join(takewhile(str.isalpha, item))
        found.add(head[:START])
        if item[len(head) :] in {"", "*"}:
            found.update(
                head + "".join(more)
                for count in range(1, START + 1 - len(head))
                for more in product(LETTERS, repeat=count)
            )
    return frozenset(found)


def alternation(items: tuple[str, ...]) -> str:
    """Return words as the inside of a pattern's group, longer ones first.

    In a word "*" stands for any ending, "_" for a space, "!" for the end of a word.
    """
    return _either(sorted(items, key=lambda item: (-len(item), item)))


# So few are tried one after the other.
FEW = 3
SPECIAL = frozenset("*_!")


def _either(items: list[str]) -> str:
    """Return words as alternatives in their order, those that begin alike as one: the others are passed by together."""
    alike: dict[str, list[str]] = {}
    for item in items:
        alike.setdefault(item[:1], []).append(item[1:])
    if len(items) <= FEW or "" in alike or not SPECIAL.isdisjoint(alike):
        return "|".join(map(pattern, items))
    return "|".join(
        pattern(first + rest[0]) if len(rest) == 1 else f"{re.escape(first)}(?:{_either(rest)})"
        for first, rest in alike.items()
    )


def pattern(item: str) -> str:
    """Return one word as a pattern."""
    escaped = re.escape(item).replace(r"\*", r"\w*")
    return escaped.replace("_", r"\s").replace("!", r"(?![^\W_])")
