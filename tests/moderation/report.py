"""`make moderation-report`: figures on the labelled messages, dev and check files apart; never a text."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatservice.moderation.pipeline import screen
from chatservice.moderation.verdict import CATEGORIES, Level, Verdict

DATA = Path(__file__).parent / "data"
SORTS, LANGUAGES = ("dev", "check"), ("fi", "sv", "en")
MASKED_ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled message with what the pipeline said of it and how long that took."""

    row: dict[str, Any]
    verdict: Verdict
    seconds: float

    @property
    def rank(self) -> int:
        """Return the labelled level as a number."""
        return Level(self.row["level"]).rank


def cases(kind: str, sort: str) -> list[Case]:
    """Screen every message of one kind and sort."""
    found = []
    for path in sorted((DATA / kind).glob(f"{sort}-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            started = time.perf_counter()
            verdict = screen(row["text"], language=row["lang"])
            found.append(Case(row, verdict, time.perf_counter() - started))
    return found


def share(cases: Iterable[Case], holds: Callable[[Case], bool]) -> str:
    """Return a percentage with its base, or a dash where there is none."""
    every = list(cases)
    return f"{100 * sum(map(holds, every)) / len(every):5.1f} ({len(every)})" if every else "    - (0)"


def kappa(cases: list[Case]) -> str:
    """Return the quadratic-weighted kappa over the four levels."""
    seen = [(case.rank, case.verdict.level.rank) for case in cases]
    count = len(seen)
    given = sum((left - right) ** 2 for left, right in seen)
    chance = sum((left - right) ** 2 for left, _ in seen for _, right in seen) / count if count else 0
    return f"{1 - given / chance:5.2f}" if chance else "    -"


def risk_lines(cases: list[Case]) -> Iterable[tuple[str, str]]:
    """Yield the figures of design §6 on risk."""
    danger = [case for case in cases if case.rank >= Level.HIGH.rank]
    now = [case for case in cases if case.rank == Level.IMMEDIATE.rank]
    calm = [case for case in cases if case.rank == 0]
    alarms = [case for case in cases if case.verdict.level is Level.IMMEDIATE]
    yield "recall high+", share(danger, lambda case: case.verdict.level.rank >= Level.HIGH.rank)
    yield "immediate seen high+", share(now, lambda case: case.verdict.level.rank >= Level.HIGH.rank)
    yield "immediate exact", share(now, lambda case: case.verdict.level is Level.IMMEDIATE)
    yield "high+ left at none", share(danger, lambda case: case.verdict.level is Level.NONE)
    yield "none -> concern+", share(calm, lambda case: case.verdict.level is not Level.NONE)
    yield "none -> high+", share(calm, lambda case: case.verdict.level.rank >= Level.HIGH.rank)
    yield "alarms that are high+", share(alarms, lambda case: case.rank >= Level.HIGH.rank)
    yield "kappa (quadratic)", kappa(cases)


def category_lines(cases: list[Case]) -> Iterable[tuple[str, str]]:
    """Yield each category's recall."""
    for name in CATEGORIES:
        meant = [case for case in cases if name in case.row["categories"]]
        yield f"category {name}", share(meant, lambda case, name=name: name in case.verdict.categories)  # type: ignore[misc]


def covered(case: Case, span: dict[str, Any]) -> bool:
    """Tell whether a labelled span is masked, but for a letter at its rim."""
    places = set(range(span["start"], span["end"]))
    hidden = {place for each in case.verdict.spans for place in range(each.start, each.end)}
    return len(places & hidden) >= MASKED_ENOUGH * len(places)


def personal_lines(cases: list[Case]) -> Iterable[tuple[str, str]]:
    """Yield the masked share by kind, the leaked digits, the clean messages that were masked."""
    kinds = sorted({span["kind"] for case in cases for span in case.row["spans"]})
    for kind in kinds:
        spans = [(case, span) for case in cases for span in case.row["spans"] if span["kind"] == kind]
        hit = sum(covered(case, span) for case, span in spans)
        yield f"masked {kind}", f"{100 * hit / len(spans):5.1f} ({len(spans)})"
    secret = [case for case in cases if any(map(str.isdigit, secret_text(case)))]
    yield "digits leaked", share(secret, leaks)
    clean = [case for case in cases if not case.row["spans"] and not case.row.get("optional")]
    yield "clean but masked", share(clean, lambda case: bool(case.verdict.spans))


def secret_text(case: Case) -> str:
    """Return what stands in the labelled spans."""
    return "".join(case.row["text"][span["start"] : span["end"]] for span in case.row["spans"])


def leaks(case: Case) -> bool:
    """Tell whether three digits or more of the labelled spans stay open."""
    hidden = {place for each in case.verdict.spans for place in range(each.start, each.end)}
    text = case.row["text"]
    open_digits = [
        place
        for span in case.row["spans"]
        for place in range(span["start"], span["end"])
        if text[place].isdigit() and place not in hidden
    ]
    return len(open_digits) > 2


def abuse_lines(cases: list[Case]) -> Iterable[tuple[str, str]]:
    """Yield the recall of each label, and how many harmless messages are flagged, the distressed apart."""
    for label in ("abuse", "harassment", "spam"):
        meant = [case for case in cases if case.row["label"] == label]
        yield f"recall {label}", share(meant, lambda case, label=label: case.verdict.label == label)  # type: ignore[misc]
    calm = [case for case in cases if case.row["label"] == "ok"]
    distressed = [case for case in calm if case.row.get("distress")]
    others = [case for case in calm if not case.row.get("distress")]
    yield "distressed flagged", share(distressed, lambda case: case.verdict.label != "ok")
    yield "other ok flagged", share(others, lambda case: case.verdict.label != "ok")


def speed_lines(cases: list[Case]) -> Iterable[tuple[str, str]]:
    """Yield the microseconds of a message."""
    spent = sorted(case.seconds * 1e6 for case in cases)
    if spent:
        yield "median us", f"{statistics.median(spent):5.0f}"
        yield "p99 us", f"{spent[int(len(spent) * 0.99)]:5.0f}"


Lines = Callable[[list[Case]], Iterable[tuple[str, str]]]
PARTS: tuple[tuple[str, tuple[Lines, ...]], ...] = (
    ("risk", (risk_lines, category_lines, speed_lines)),
    ("personal", (personal_lines, speed_lines)),
    ("abuse", (abuse_lines, speed_lines)),
)


def table(kind: str, sort: str, parts: Iterable[Lines]) -> Iterable[str]:
    """Yield one part's table: a row for a figure, a column for all and for each language."""
    every = cases(kind, sort)
    columns = [every, *([case for case in every if case.row["lang"] == language] for language in LANGUAGES)]
    yield f"\n{kind}, {sort}: {len(every)} messages"
    yield f"{'':24}" + "".join(f"{name:>14}" for name in ("all", *LANGUAGES))
    for lines in parts:
        made = [dict(lines(column)) for column in columns]
        for name in made[0]:
            yield f"{name:24}" + "".join(f"{column.get(name, '-'):>14}" for column in made)


def main() -> int:
    """Print all tables."""
    screen("lämmin ensin")
    for kind, parts in PARTS:
        for sort in SORTS:
            for line in table(kind, sort, parts):
                sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
