"""The weekly grid as the hours page sends it: rows of times by day, two ticks, and whose school holidays count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import pgettext

from chatservice.hours.edit import HoursDraft
from chatservice.hours.errors import NotHours
from chatservice.hours.grid import Grid, Span, from_expression, to_expression
from chatservice.hours.models import Hours
from chatservice.hours.problems import Problem, problems
from chatservice.hours.rules import WEEKDAYS
from chatservice.places.models import Stage
from console.coordinator.inputs import clock
from console.coordinator.shell import tongue
from console.coordinator.words import weekday_names

EXPRESSION = "expression"
MOST_SPANS = 6
Row = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on the page: the grid, or the syntax for those who want it."""

    days: Mapping[int, list[Row]]
    public: bool = True
    school: bool = False
    town: int | None = None
    stage: str = Stage.BASIC
    version: int = 0
    by_text: bool = False
    text: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)

    def expression(self) -> str:
        """Return the hours as syntax; raises Wrong with a text for each day that cannot stand."""
        return self.text.strip() if self.by_text else _written(self)

    def draft(self, *, channel: str, language: str) -> HoursDraft:
        """Return what is to be stored; raises Wrong."""
        return HoursDraft(
            channel=channel, language=language, expression=self.expression(), town_id=self.town, stage=self.stage
        )

    def with_row(self, act: str) -> Sheet:
        """Return the sheet after `add-3` or `remove-3-1` was pressed."""
        verb, _, rest = act.partition("-")
        numbers = [int(each) for each in rest.split("-") if each.isdigit()]
        if not numbers or numbers[0] not in self.days:
            return self
        rows = list(self.days[numbers[0]])
        if verb == "add" and len(rows) < MOST_SPANS:
            rows.append(("", ""))
        if verb == "remove" and len(numbers) > 1 and numbers[1] < len(rows):
            del rows[numbers[1]]
        return replace(self, days={**self.days, numbers[0]: rows})


class Wrong(Exception):
    """The sheet cannot be read as hours; texts by the field (a day's number, or `expression`)."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__("Expected times that make a week.")
        self.texts = texts


def stored(row: Hours | None) -> Sheet:
    """Return the sheet of what is stored; without any, an empty week."""
    if row is None:
        return Sheet(days={day: [("", "")] for day in range(7)})
    grid = from_expression(row.expression)
    return Sheet(
        days=_rows(grid) if grid else {day: [] for day in range(7)},
        public=grid.closed_on_public_holidays if grid else True,
        school=grid.closed_on_school_holidays if grid else False,
        town=row.town_id,
        stage=row.stage,
        version=row.version,
        by_text=grid is None,
        text=row.expression,
    )


def emptied(sheet: Sheet) -> Sheet:
    """Return an empty grid in the place of hours that no grid can show."""
    return replace(sheet, by_text=False, days={day: [("", "")] for day in range(7)})


def sent(post: QueryDict, *, towns: set[int]) -> Sheet:
    """Return the sheet that was sent."""
    town = post.get("town", "")
    return Sheet(
        days={day: _sent_rows(post, day) for day in range(7)},
        public=bool(post.get("public")),
        school=bool(post.get("school")),
        town=int(town) if town.isdigit() and int(town) in towns else None,
        stage=post.get("stage", "") if post.get("stage", "") in Stage.values else Stage.BASIC,
        version=_number(post.get("version", "")),
        by_text=post.get("mode") == "text",
        text=post.get(EXPRESSION, ""),
    )


def warnings(expression: str) -> list[str]:
    """Return what looks as if its writer meant something else, with the fix."""
    found = problems(expression)
    return [told(each) for each in found if not each.blocks]


def told(problem: Problem) -> str:
    """A problem and how to mend it."""
    return f"{problem.text(language=tongue())} {problem.fix(language=tongue())}".strip()


def refused(error: ValidationError) -> Wrong:
    """The core's refusal, at the field it belongs to."""
    return Wrong({EXPRESSION: " ".join(error.messages)})


def check(expression: str) -> None:
    """Raises Wrong for what no door could follow."""
    blocking = [each for each in problems(expression) if each.blocks]
    if blocking:
        raise Wrong({EXPRESSION: " ".join(told(each) for each in blocking)})


def _written(sheet: Sheet) -> str:
    wrong: dict[str, str] = {}
    week = {day: spans for day, rows in sheet.days.items() if (spans := _spans(day, rows, wrong))}
    if wrong:
        raise Wrong(wrong)
    try:
        return to_expression(Grid(week, sheet.public, sheet.school))
    except NotHours as error:
        day = WEEKDAYS.index(error.params["day"])
        named = Problem(error.code, params={"day": weekday_names()[day]})
        raise Wrong({str(day): told(named)}) from None


def _spans(day: int, rows: list[Row], wrong: dict[str, str]) -> list[Span]:
    found: list[Span] = []
    for opens, closes in rows:
        if not opens and not closes:
            continue
        span = (clock(opens), clock(closes))
        if span[0] is None or span[1] is None:
            wrong[str(day)] = pgettext("worker", "Give both times, as 14:00. Remove the row if there is none.")
        else:
            found.append((span[0], span[1]))
    return found


def _rows(grid: Grid) -> dict[int, list[Row]]:
    return {day: [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in sorted(grid.week.get(day, []))] for day in range(7)}


def _sent_rows(post: QueryDict, day: int) -> list[Row]:
    opens, closes = post.getlist(f"opens-{day}"), post.getlist(f"closes-{day}")
    return list(zip(opens, closes, strict=False))[:MOST_SPANS]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
