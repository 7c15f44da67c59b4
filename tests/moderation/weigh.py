"""`python -m tests.moderation.weigh`: weighs the points of signs on the labelled messages, and writes `points.toml`.

For each of the three levels a logistic regression (L2, every concept yes or no) tells how much each concept speaks for
at least that level; its weights, times SCALE, are the points. What the rules have said is weighed apart, and only on
`weigh-*.jsonl`, whose messages no author of rules has read: on the others rules look better than they are. For that,
each of its sources is judged by points that were weighed without it. The lines are the lowest that keep the share of
harmless messages of these sources that is raised within LIMITS.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chatservice.moderation import views
from chatservice.moderation.pipeline import default
from chatservice.moderation.risk import engine, loader
from chatservice.moderation.risk.model import Rules
from chatservice.moderation.risk.signs import MOST_WORDS, SAID, Signs
from chatservice.moderation.verdict import CATEGORIES, LEVELS, Label, Level
from chatservice.moderation.words import words_of
from tests.moderation.regression import Numbers, Table, regression, small_regression

DATA = Path(__file__).parent / "data"
TARGET = loader.DATA / "frames" / "points.toml"
SCALE, RAREST = 10, 2
# How much a message weighs, by the sort of its file; the rules' own examples are short and plain.
WEIGHTS = {"dev": 2.0, "weigh": 2.0, "more": 1.0, "example": 0.5, "calm": 2.0}
# Hints of suicide are the hardest to see, and the worst to miss.
SUICIDE = 1.6
# What the signs alone must say for a level that rules said: so much that no mere word of a film or a game is left.
NEEDED = (0, 6, 10)
# The share of harmless messages that may be raised to a concern, and to high.
LIMITS = (0.155, 0.085)
ROUNDS, MOST_NAMED = 24, 6
# The least weight of a sign for the category that it speaks for.
CLEAR = 0.1
RAISED = LEVELS[1:]
HEAD = """\
# Signs that say little each and much together (risk/signs.py): points for a concern, for high and for immediate, and
# the danger that the sign speaks for, if it is one. A message gets the highest level whose line its sum reaches, with
# what the rules have said of it; that stands if the signs alone have the points that are needed for it.
# Weighed by `python -m tests.moderation.weigh` on the labelled messages of tests/moderation/data, and rounded. Whoever
# changes them looks at `make moderation-report` before and after.
[file]
owner = "lead psychologist"
source = "weighed on the labelled messages"
date = "2026-11-22"
note = "three columns, beside the rules"
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled message: its level, where it comes from, what rules said of it, and the concepts in it."""

    sort: str
    source: str
    level: Level
    categories: tuple[str, ...]
    said: str
    signs: frozenset[int]
    words: int


def told(sort: str, source: str, row: dict[str, str], rules: Rules) -> Told:
    """Read one message as the engine does, with every concept counted."""
    seen = views.of(row["text"])
    words = words_of(seen.joined)
    reading, read, findings = engine.read(seen, language=row.get("lang", "fi"), rules=rules, words=words)
    level = Level.highest(*(each.level for each in findings))
    said = "cancelled" if findings and level is Level.NONE else str(level)
    signs = frozenset(hit[0] for hit in reading.counted)
    return Told(sort, source, Level(row["level"]), tuple(row.get("categories", ())), said, signs, len(read.words))


def rows(kind: str, sort: str) -> Iterator[dict[str, str]]:
    """Yield the labelled messages of a kind and sort."""
    for path in sorted((DATA / kind).glob(f"{sort}-*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def messages(rules: Rules) -> Iterator[Told]:
    """Yield every message: of risk, of personal data and of attacks (both harmless), and the examples of the rules."""
    for sort in ("dev", "weigh", "more"):
        yield from (told(sort, row["id"].rpartition("-")[0], row, rules) for row in rows("risk", sort))
    yield from (told("calm", "", {**row, "level": "none"}, rules) for row in rows("personal", "dev"))
    attacks = (row for row in rows("abuse", "dev") if row["label"] != Label.OK)
    yield from (told("calm", "", {**row, "level": "none"}, rules) for row in attacks)
    for frame in rules.frames:
        for text in frame.match:
            row = {"text": text, "level": str(frame.level)}
            yield replace(told("example", frame.id, row, rules), categories=(frame.category,))
    for example in rules.examples:
        row = {"text": example.text, "level": str(example.level), "lang": example.language}
        yield told("example", example.where, row, rules)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Points of signs for the three levels (one row each), and the three constants."""

    signs: list[int]
    points: Numbers
    constants: Numbers

    def sums(self, every: list[Told]) -> Numbers:
        """Return the three sums of points of each message, without the constants."""
        table = Table([each.signs for each in every], self.signs)
        return np.stack([table.sums(row) for row in self.points], axis=1)


def weigh(every: list[Told], weights: Numbers) -> Weighed:
    """Return the points of all signs that stand in RAREST messages or more."""
    count = Counter(sign for each in every for sign in each.signs)
    signs = sorted(sign for sign in count if count[sign] >= RAREST)
    table, ranks = Table([each.signs for each in every], signs), ranks_of(every)
    found = [regression(table, (ranks >= level.rank).astype(float), weights) for level in RAISED]
    return Weighed(
        signs, np.round(SCALE * np.array([row for row, _ in found])), SCALE * np.array([c for _, c in found])
    )


def ranks_of(every: Iterable[Told]) -> Numbers:
    """Return the labelled levels as numbers."""
    return np.array([each.level.rank for each in every], dtype=float)


def rules_of(every: Iterable[Told]) -> Numbers:
    """Return the levels that rules said as numbers."""
    return np.array([Level(each.said).rank if each.said != "cancelled" else 0 for each in every], dtype=float)


def unread(every: list[Told]) -> tuple[list[Told], Numbers, Numbers]:
    """Return the messages no author of rules has read, with their sums and constants by points weighed without them."""
    order: list[Told] = []
    sums, constants = [], []
    for source in sorted({each.source for each in every if each.sort == "weigh"}):
        apart = [each for each in every if each.sort == "weigh" and each.source == source]
        others = [each for each in every if each.sort != "weigh" or each.source != source]
        weighed = weigh(others, weights_of(others))
        order += apart
        sums.append(weighed.sums(apart))
        constants.append(np.tile(weighed.constants, (len(apart), 1)))
    return order, np.concatenate(sums), np.concatenate(constants)


def weights_of(every: Iterable[Told]) -> Numbers:
    """Return how much each message weighs."""
    return np.array([WEIGHTS[each.sort] * (SUICIDE if "suicide" in each.categories else 1) for each in every])


def said_points(order: list[Told], sums: Numbers, constants: Numbers) -> dict[str, list[int]]:
    """Return the points of what rules said, weighed beside the sums of the signs."""
    kinds = [name for name in SAID if name != "none"]
    found: dict[str, list[int]] = {name: [] for name in kinds}
    for place, level in enumerate(RAISED):
        known = rules_of(order)
        columns = [(sums[:, place] + constants[:, place]) / SCALE]
        columns += [np.array([float(each.said == "cancelled") for each in order])]
        columns += [(known >= each.rank).astype(float) for each in RAISED]
        slope = small_regression(np.stack(columns, axis=1), (ranks_of(order) >= level.rank).astype(float))
        parts = slope[1:] / slope[0] * SCALE
        for name, value in zip(kinds, (parts[0], *np.cumsum(parts[1:])), strict=True):
            found[name].append(round(float(value)))
    return found


def levels_of(order: list[Told], sums: Numbers, totals: Numbers, lines: tuple[int, int, int]) -> Numbers:
    """Return the levels that the engine would give; `totals` are sums with what rules said and the constants."""
    by_signs = np.select([totals[:, 2] >= lines[2], totals[:, 1] >= lines[1], totals[:, 0] >= lines[0]], [3, 2, 1], 0)
    said = rules_of(order)
    stands = np.where(own_sums(sums, said) < np.array([-np.inf, *NEEDED])[said.astype(int)], said - 1, said)
    long = np.array([each.words > MOST_WORDS for each in order])
    return np.where(long, said, np.maximum(by_signs, stands))


def own_sums(sums: Numbers, said: Numbers) -> Numbers:
    """Return of each message the sum for the level that rules said."""
    return np.take_along_axis(sums, np.clip(said - 1, 0, 2).astype(int)[:, None], axis=1)[:, 0]


def lines_of(order: list[Told], sums: Numbers, totals: Numbers) -> tuple[int, int, int]:
    """Return the lowest lines for a concern and for high within LIMITS, and the best one for immediate."""
    ranks = ranks_of(order)
    calm, never = ranks == 0, 10**6
    grid = range(-30, 60)

    def raised(lines: tuple[int, int, int], rank: int) -> float:
        return float(np.mean(levels_of(order, sums, totals, lines)[calm] >= rank))

    high = next(line for line in grid if raised((never, line, never), 2) <= LIMITS[1] or line == grid[-1])
    concern = next(line for line in grid if raised((line, high, never), 1) <= LIMITS[0] or line == grid[-1])

    def exact(line: int) -> float:
        alarms = levels_of(order, sums, totals, (concern, high, line)) == RAISED[-1].rank
        return float(alarms[ranks == 3].mean() - alarms[ranks == 2].mean() - 3 * alarms[ranks < 2].mean())

    return concern, high, max(grid, key=exact)


def final(every: list[Told], said: dict[str, list[int]], lines: tuple[int, int, int]) -> Weighed:
    """Weigh all messages until the examples of the rules get their levels, or more where a rule only asks for it."""
    weights, ranks = weights_of(every), ranks_of(every)
    own = np.array([each.sort == "example" for each in every])
    exact = own & np.array([each.source.endswith(".toml") for each in every])
    for _ in range(ROUNDS):
        weighed = weigh(every, weights)
        sums = weighed.sums(every)
        found = levels_of(every, sums, totals_of(every, sums, weighed.constants, said), lines)
        wrong = (own & (found < ranks)) | (exact & (found != ranks))
        places = ", ".join(sorted({every[place].source for place in np.flatnonzero(wrong)})[:MOST_NAMED])
        sys.stdout.write(f"{int(wrong.sum())} examples are not at their level: {places}\n")
        if not wrong.any():
            return weighed
        weights = np.where(wrong, 2 * weights + 1, weights)
    raise SystemExit("the examples of the rules cannot all be kept at their level")


def totals_of(every: list[Told], sums: Numbers, constants: Numbers, said: dict[str, list[int]]) -> Numbers:
    """Return the sums with the constants and with what rules said."""
    more = np.array([said.get(each.said, [0, 0, 0]) for each in every], dtype=float)
    return sums + constants + more


def spoken_for(every: list[Told], weighed: Weighed) -> dict[int, str]:
    """Return the category that each sign of danger speaks for most, weighed on the raised messages, if it is clear."""
    raised = [each for each in every if each.categories]
    table, weights = Table([each.signs for each in raised], weighed.signs), weights_of(raised)
    slopes = [
        regression(table, np.array([float(name in each.categories) for each in raised]), weights)[0]
        for name in CATEGORIES
    ]
    best, most = np.argmax(slopes, axis=0), np.max(slopes, axis=0)
    danger = weighed.points[1] > 0
    return {
        sign: CATEGORIES[best[place]]
        for place, sign in enumerate(weighed.signs)
        if danger[place] and most[place] >= CLEAR
    }


def written(weighed: Weighed, said: dict[str, list[int]], lines: tuple[int, ...], categories: dict[int, str]) -> str:
    """Return the file."""
    names = {concept.bit: concept.name for concept in default().risk.concepts.values()}
    wanted = [int(np.ceil(line - constant)) for line, constant in zip(lines, weighed.constants, strict=True)]
    rows = []
    for sign, points in zip(weighed.signs, weighed.points.T.astype(int).tolist(), strict=True):
        if any(points):
            category = f', "{categories[sign]}"' if sign in categories else ""
            rows.append(f"{names[sign]} = [{', '.join(map(str, points))}{category}]")
    return "\n".join(
        [
            HEAD,
            "[lines]",
            *(f"{level} = {line}" for level, line in zip(RAISED, wanted, strict=True)),
            "\n[needed]",
            *(f"{level} = {least}" for level, least in zip(RAISED, NEEDED, strict=True)),
            "\n[said]",
            *(f"{name} = {points}" for name, points in said.items()),
            "\n[signs]",
            *sorted(rows),
            "",
        ]
    )


def weighed_anew() -> str:
    """Return `points.toml` as the labelled messages and the rules of now make it."""
    rules = default().risk
    bits = {concept.bit: (1, 1, 1) for concept in rules.concepts.values()}
    every = list(messages(replace(rules, signs=Signs(points=bits))))
    order, sums, constants = unread(every)
    said = said_points(order, sums, constants)
    lines = lines_of(order, sums, totals_of(order, sums, constants, said))
    weighed = final(every, said, lines)
    sys.stdout.write(f"{len(weighed.signs)} signs, weighed on {len(every)} messages\n")
    return written(weighed, said, lines, spoken_for(every, weighed))


if __name__ == "__main__":
    TARGET.write_text(weighed_anew(), encoding="utf-8")
