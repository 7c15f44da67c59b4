"""What the rooms of places, hours and content refuse when a coordinator edits.

EditError
├── StaleEdit     somebody else changed this row meanwhile
└── BadCalendar   a cell of a school calendar's file is wrong; says line and column
"""

from __future__ import annotations


class EditError(Exception):
    """Anything an edit refuses."""


class StaleEdit(EditError):
    """Expected the version of the row that is stored now; somebody else changed it meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this meanwhile: expected its newest version.")


class BadCalendar(EditError):
    """A cell of the file; `line` and `column` say where, counted from 1 and named as in its head."""

    def __init__(self, *, line: int, column: str, expected: str) -> None:
        super().__init__(f"line {line}, column {column}: {expected}")
        self.line = line
        self.column = column
