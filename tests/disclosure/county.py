"""A made-up county, seeded: municipalities, schools, pupils who write, and the year's four reports about them.

Sizes follow the synthetic county of the statistics method: 6 municipalities, 25 schools of 38-820 pupils.
"""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatservice.disclosure.attack.system import REST
from chatservice.disclosure.cells import TOTAL, Cell, Coordinates, Frame, Report, Table, canonical, coordinates
from chatservice.disclosure.pools import Members
from chatservice.disclosure.rounding import text_of

YEAR = "2026-2027"
SECRET = bytes(range(32))
TERMS = ("autumn", "spring")
AUTUMN = tuple(f"2026-{number:02}" for number in range(8, 13))
SPRING = tuple(f"2027-{number:02}" for number in range(1, 8))
MONTH_WEIGHTS = (4, 10, 11, 13, 9, 10, 11, 10, 11, 9, 1, 1)
TOPICS = dict(
    zip(
        (
            *("Y.MIND.LOW", "Y.MIND.ANX", "Y.MIND.STRESS", "Y.MIND.SELFHARM", "Y.PEER.LONE", "Y.PEER.CONFL"),
            *("Y.BULLY.SCH", "Y.BULLY.ONL", "Y.HOME.PARENT", "Y.HOME.SEP", "Y.VIOL.PHYS", "Y.VIOL.WITN"),
            *("Y.SCH.ABS", "Y.SCH.LEARN", "Y.SEX.DATE", "Y.SEX.INFO"),
        ),
        (9, 7, 6, 1, 7, 4, 4, 2, 4, 3, 1, 1, 7, 4, 3, 2),
        strict=True,
    )
)
SENSITIVE = frozenset({"Y.MIND.SELFHARM", *(code for code in TOPICS if code.startswith(("Y.VIOL", "Y.SEX")))})
FLAT: Mapping[str, Mapping[str, int]] = {
    "age": {"A07_09": 4, "A10_12": 20, "A13_15": 45, "A16_17": 25, "A18_20": 6},
    "channel": {"youth": 85, "parent": 15},
    "wait": {"W0": 35, "W2": 25, "W5": 20, "W15": 12, "W30": 8},
    "length": {"L0": 10, "L5": 25, "L15": 40, "L30": 20, "L60": 5},
    "outcome": {"heard": 45, "school": 20, "outside": 12, "booked": 8, "open": 7, "unanswered": 8},
    "feedback": {"better": 25, "same": 12, "worse": 3, "none": 60},
    "answered": {"yes": 88, "no": 12},
    "profession": {"curator": 5, "psychologist": 2, "nurse": 3},
    "weekday": {"1": 5, "2": 5, "3": 4, "4": 4, "5": 2},
    "hour": {"12-14": 2, "14-16": 5, "16-18": 3},
    "band": {"B1": 50, "B2": 30, "B3": 15, "BS": 5},
    "kind": {"door_closed": 5, "door_full": 2, "left_queue": 3, "turned_away": 1},
}
MUNICIPAL = ("topic", "age", "channel", "wait", "length", "outcome", "answered", "feedback")
CROSSED = ("age", "area@1", "period@1", "topic@1")  # by no table
# What a contact, a thread, a test and an unmet need raise: dimensions, each down to a level ("@1").
SETS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "contacts": [
        ("area@1", "period"),
        *(("area@1", "period@1", each) for each in MUNICIPAL),
        ("topic@1", "age"),
        ("topic@1", "outcome"),
        ("period@1", "weekday", "hour"),
        ("period", "topic@1"),
        ("period@1", "profession", "outcome"),
        CROSSED,
    ],
    "threads": [("area", "period@1"), ("area", "topic@1"), CROSSED],
    "tests": [("area@1", "period@1", "band")],
    "unmet": [("area@1", "period", "kind"), ("period@1", "kind", "wait"), ("period@1", "weekday", "hour")],
}
FEW = 5
Publisher = Callable[[int, Coordinates, str, Frame], str]
Counts = Counter[tuple[str, Coordinates]]


def rounded(count: int, at: Coordinates, measure: str, frame: Frame) -> str:
    """Publish as the service does."""
    return text_of(count, at=at, measure=measure, year=YEAR, secret=SECRET, threshold=frame.threshold(at))


@dataclass(frozen=True)
class County:
    """A county's frame and counts, and the nodes of its areas that are published."""

    frame: Frame
    counts: Counts
    towns: tuple[str, ...]
    schools: tuple[str, ...]

    def count(self, measure: str, at: Coordinates) -> int:
        """Return the true count of a cell."""
        return self.counts[measure, at]

    def whole(self, name: tuple[str, Coordinates]) -> int:
        """Return the true count of an unknown of the reader's, what one measure leaves of another among them."""
        outer, _, inner = name[0].partition(f" {REST} ")
        return self.counts[outer, name[1]] - (self.counts[inner, name[1]] if inner else 0)

    def members(self) -> Members:
        """Return each school with what its staff know of it: its threads by term and by topic group."""
        area, found = self.frame.hierarchies["area"], {}
        for school in [code for code, above in area.items() if above != TOTAL]:
            shown = [
                {},
                *({"period": term} for term in TERMS),
                *({"topic": code} for code in self.codes("topic", 1)[1:]),
            ]
            keys = [("threads", coordinates({"area": school, **at})) for at in shown]
            found[school] = {key: self.counts[key] for key in keys}
        return found

    def chain(self, dimension: str, code: str, depth: int = 9) -> list[str]:
        """Return a code and its ancestors down to a level, the total included."""
        chain = [code]
        while chain[-1] != TOTAL:
            chain.append(self.frame.hierarchies[dimension][chain[-1]])
        return chain[::-1][: depth + 1]

    def add(self, measure: str, who: Mapping[str, str]) -> None:
        """Raise each cell that this contact belongs to once."""
        hit: set[Coordinates] = set()
        for dims in SETS[measure]:
            names = [each.partition("@")[0] for each in dims]
            chains = [
                self.chain(name, who[name], int(each.partition("@")[2] or 9))
                for name, each in zip(names, dims, strict=True)
            ]
            for codes in itertools.product(*chains):
                hit.add(canonical(dict(zip(names, codes, strict=True)), self.frame.hierarchies))
        self.counts.update((measure, at) for at in hit)

    def table(self, name: str, measure: str, publish: Publisher, **codes: Sequence[str]) -> Table:
        """Return the table over these codes and the totals named among them."""
        places: dict[Coordinates, None] = {}
        for each in itertools.product(*codes.values()):
            places[canonical(coordinates(dict(zip(codes, each, strict=True))), self.frame.hierarchies)] = None
        cells = (Cell(at, publish(self.counts[measure, at], at, measure, self.frame)) for at in places)
        return Table(name, measure, tuple(sorted(codes)), tuple(cells))

    def codes(self, dimension: str, depth: int = 9) -> tuple[str, ...]:
        """Return the codes of a dimension down to a level, the total first."""
        every = self.frame.hierarchies[dimension]
        return (TOTAL, *(code for code in every if len(self.chain(dimension, code)) <= depth + 1))


def county(
    *, contacts: int, tests: int, towns: int = 6, schools: int = 25, seed: int = 1, topics: Mapping[str, int] = TOPICS
) -> County:
    """Return the counts of a seeded year; every contact raises each of its cells once."""
    dice = random.Random(seed)
    places = tuple(f"M{number}" for number in range(towns))
    pupils = {f"S{number:02}": round(38 * (820 / 38) ** dice.random()) for number in range(schools)}
    town_of = {
        each: places[number % towns] if number < towns else dice.choice(places) for number, each in enumerate(pupils)
    }
    small = {each for each, size in pupils.items() if size < 60}
    shown = {each for each in pupils if each not in small}
    areas = dict.fromkeys(places, TOTAL) | ({"unknown": TOTAL} if schools > FEW else {})
    areas |= {each: town_of[each] for each in shown} | {f"other:{place}": place for place in places}
    trees: dict[str, Mapping[str, str]] = {name: dict.fromkeys(codes, TOTAL) for name, codes in FLAT.items()}
    trees |= {"area": areas, "period": dict.fromkeys(TERMS, TOTAL) | _months()}
    trees["topic"] = {code.rpartition(".")[0]: TOTAL for code in topics} | {
        code: code.rpartition(".")[0] for code in topics
    }
    frame = Frame(hierarchies=trees, sensitive_codes=SENSITIVE | {"Y.VIOL", "Y.SEX"}, within=(("threads", "contacts"),))
    made = County(frame, Counter(), (TOTAL, *(each for each in areas if areas[each] == TOTAL)), tuple(areas))
    for who, measure in _people(dice, contacts=contacts, tests=tests, pupils=pupils, topics=topics):
        school = who["area"]
        made.add(measure, {**who, "area": school if school in areas else f"other:{town_of[school]}"})
    return made


def _months() -> dict[str, str]:
    return dict.fromkeys(AUTUMN, "autumn") | dict.fromkeys(SPRING, "spring")


def _people(
    dice: random.Random, *, contacts: int, tests: int, pupils: Mapping[str, int], topics: Mapping[str, int]
) -> Iterator[tuple[dict[str, str], str]]:
    """Yield what one contact, its thread when new, one test or one unmet need is counted as."""

    unknown = len(pupils) > FEW

    def drawn() -> dict[str, str]:
        who = {name: dice.choices(list(codes), list(codes.values()))[0] for name, codes in FLAT.items()}
        who["topic"] = dice.choices(list(topics), list(topics.values()))[0]
        who["period"] = dice.choices(AUTUMN + SPRING, MONTH_WEIGHTS)[0]
        who["area"] = (
            "unknown" if unknown and dice.random() < 0.1 else dice.choices(list(pupils), list(pupils.values()))[0]
        )
        return who

    done = 0
    while done < contacts:
        who = drawn()
        yield who, "threads"
        for _ in range(min(1 + (dice.random() < 0.3) + (dice.random() < 0.1), contacts - done)):
            yield who | {name: drawn()[name] for name in ("wait", "length", "weekday", "hour")}, "contacts"
            done += 1
    for _ in range(tests):
        yield drawn(), "tests"
    for _ in range(contacts // 4):
        yield drawn(), "unmet"


def reports(made: County, publish: Publisher = rounded) -> list[Report]:
    """Return the year's four reports: months in October, the autumn, the schools in January, the year in June."""
    towns, every = made.towns, (TOTAL,)
    table = made.table
    october = table("municipality_month", "contacts", publish, area=towns, period=AUTUMN[:2])
    schools = table("school_term", "threads", publish, area=made.codes("area"), period=("autumn",))
    year = (*every, "spring")
    return [
        Report("october", (october,)),
        Report("autumn", tuple(_term(made, publish, periods=("autumn",), months=AUTUMN))),
        Report("schools", (schools,)),
        Report(
            "year",
            (
                *_term(made, publish, periods=year, months=SPRING),
                table("school_year", "threads", publish, area=made.codes("area"), period=year),
                table("school_topic", "threads", publish, area=made.codes("area"), topic=made.codes("topic", 1)),
                table("topic_age", "contacts", publish, topic=made.codes("topic", 1), age=made.codes("age")),
                table(
                    "topic_outcome", "contacts", publish, topic=made.codes("topic", 1), outcome=made.codes("outcome")
                ),
            ),
        ),
    ]


def _term(made: County, publish: Publisher, *, periods: Sequence[str], months: Sequence[str]) -> Iterator[Table]:
    """Yield a term's tables: municipalities, one dimension each; the county's pairs; tests and unmet need."""
    table, towns, codes = made.table, made.towns, made.codes
    yield table("municipality_month", "contacts", publish, area=towns, period=(*periods, *months))
    for each in MUNICIPAL:
        yield table(f"municipality_{each}", "contacts", publish, area=towns, period=periods, **{each: codes(each)})
    yield table("heat", "contacts", publish, period=periods, weekday=codes("weekday"), hour=codes("hour"))
    yield table("month_topic", "contacts", publish, period=(*periods, *months), topic=codes("topic", 1))
    yield table(
        "profession", "contacts", publish, period=periods, profession=codes("profession"), outcome=codes("outcome")
    )
    yield table("tests", "tests", publish, area=towns, period=periods, band=codes("band"))
    yield table("unmet_month", "unmet", publish, area=towns, period=(*periods, *months), kind=codes("kind"))
    yield table("unmet_wait", "unmet", publish, period=periods, kind=codes("kind"), wait=codes("wait"))
    yield table("unmet_heat", "unmet", publish, period=periods, weekday=codes("weekday"), hour=codes("hour"))
