"""Reads a rule file of plain lines: tables, and keys with a text, a whole number, a list of these, or yes and no.

All of it is TOML and means what TOML says; for anything else there is `tomllib`, at seven times the cost.
"""

import json
import re
from typing import Any

SIGNS = r'[^"\\\x00-\x1f\x7f]*+'
TEXT = rf'"{SIGNS}(?:\\["\\]{SIGNS})*+"'
NUMBER = r"-?(?:0|[1-9][0-9]*)"
ITEM = rf"(?:{TEXT}|{NUMBER})"
SPACE = r"[ \t\n]*+"
LINE = re.compile(
    r"(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?\n"
    r"|\[\[(?P<row>[A-Za-z0-9_-]+)\]\]\n"
    r"|\[(?P<table>[A-Za-z0-9_-]+)\]\n"
    rf'|(?P<key>[A-Za-z0-9_-]+|"[^"\\\x00-\x1f\x7f]*") = '
    rf"(?P<value>true|false|0|[1-9][0-9]*|{TEXT}|\[{SPACE}(?:{ITEM}{SPACE},{SPACE})*+(?:{ITEM}{SPACE})?\])\n"
)
KNOWN = {"true": True, "false": False}


def read(text: str) -> dict[str, Any] | None:
    """Return a text's content, None where a line is not plain or a name stands twice."""
    text = text if text.endswith("\n") else f"{text}\n"
    data: dict[str, Any] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    lists = Lists()
    table, place = data, 0
    for match in LINE.finditer(text):
        if match.start() != place:
            return None
        place = match.end()
        if match.lastgroup == "value":
            if (key := match["key"].strip('"')) in table:
                return None
            table[key] = value_of(match["value"])
            if table[key] is None:
                lists.put(match["value"], table, key)
        elif match.lastgroup:
            opened = opened_by(match, data, rows)
            if opened is None:
                return None
            table = opened
    lists.read()
    return data if place == len(text) else None


class Lists:
    """The lists of a file, kept as written and read all at once: a call for each would cost more than the reading."""

    def __init__(self) -> None:
        """Begin with none."""
        self._written: list[str] = []
        self._places: list[tuple[dict[str, Any], str]] = []

    def put(self, written: str, table: dict[str, Any], key: str) -> None:
        """Keep a list, and where it belongs."""
        self._written.append(f"[{written[1:-1].rstrip().removesuffix(',')}]")
        self._places.append((table, key))

    def read(self) -> None:
        """Put what was kept where it belongs."""
        for (table, key), value in zip(self._places, json.loads(f"[{','.join(self._written)}]"), strict=True):
            table[key] = value


def opened_by(
    line: re.Match[str], data: dict[str, Any], rows: dict[str, list[dict[str, Any]]]
) -> dict[str, Any] | None:
    """Return the table that a line opens, None where its name stands for something else."""
    table: dict[str, Any] = {}
    name = line["row"]
    if name is None:
        return table if data.setdefault(line["table"], table) is table else None
    row = rows.setdefault(name, [])
    row.append(table)
    return table if data.setdefault(name, row) is row else None


def value_of(written: str) -> Any:
    """Return what a value means, None for a list."""
    if written[0] == "[":
        return None
    if written[0] == '"':
        return json.loads(written) if "\\" in written else written[1:-1]
    return KNOWN[written] if written in KNOWN else int(written)
