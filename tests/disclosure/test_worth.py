"""What the gate gives up first, and that a key figure goes last."""

import pytest

from chatservice.disclosure.attack.system import build
from chatservice.disclosure.cells import Cell, Coordinates, Frame, Report, Table
from chatservice.disclosure.draft import Draft, TooLate
from chatservice.disclosure.gate import gate
from chatservice.disclosure.worth import worth

FRAME = Frame(
    hierarchies={
        "area": {"espoo": "Total", "inkoo": "Total"},
        "period": {"autumn": "Total", "spring": "Total", "2027-01": "spring", "2027-02": "spring"},
        "role": {"self": "Total", "guard": "Total"},
        "topic": {"home": "Total", "school": "Total"},
    },
    spare=("role",),
)
TOPICS = {"topic": ("home", "school")}
TOWNS = {"area": ("espoo", "inkoo")}


def at(**codes: str) -> Coordinates:
    return tuple(sorted(codes.items()))


def table(dimension: str, *, total: str = "10", **texts: str) -> Table:
    cells = (Cell(at(**{dimension: code}), text) for code, text in texts.items())
    return Table(dimension, "contacts", (dimension,), (Cell((), total), *cells))


def withdrawn(*tables: Table) -> set[Coordinates]:
    draft = Report("year", tables)
    outcome = gate([], draft, frame=FRAME, progress=lambda *_: None, stop=lambda: False)
    assert outcome.clean, outcome.why
    return {where for _, where in outcome.withdrawn}


def test_worth_falls_from_the_countys_total_to_side_tables() -> None:
    falling = [
        at(),
        at(period="spring"),
        at(period="2027-01"),
        at(area="inkoo"),
        at(area="inkoo", period="spring"),
        at(area="inkoo", period="2027-01"),
        at(topic="home"),
        at(role="self"),
    ]
    assert sorted(falling, key=lambda each: worth(each, frame=FRAME), reverse=True) == falling


def test_a_side_table_with_other_dimensions_is_still_one() -> None:
    assert worth(at(area="inkoo", role="self", topic="home"), frame=FRAME) == worth(at(role="self"), frame=FRAME)


def test_where_a_role_and_the_total_would_both_do_the_role_goes() -> None:
    topics, roles = table("topic", home="5", school="alle 5"), table("role", self="alle 5", guard="alle 5")
    assert withdrawn(topics) == set()
    gone = withdrawn(topics, roles)
    assert gone
    assert gone <= {at(role="self"), at(role="guard")}


@pytest.mark.parametrize(("dimension", "codes"), [*TOPICS.items(), *TOWNS.items()])
def test_a_part_goes_before_the_countys_total(dimension: str, codes: tuple[str, ...]) -> None:
    gone = withdrawn(table(dimension, **dict.fromkeys(codes, "alle 5")))
    assert gone
    assert gone <= {at(**{dimension: code}) for code in codes}


def test_the_total_goes_when_nothing_else_is_left_beside_it() -> None:
    report = Report("year", (table("role", self="alle 5", guard="alle 5"),))
    system = build([report], frame=FRAME)
    draft, total = Draft(system, [], report), system.index["contacts", ()]
    gone = []
    while draft.shown:
        [(number, _)] = draft.answer([total])
        gone.append(system.names[number][1])
    assert gone[-1] == ()
    assert len(gone) == 3
    with pytest.raises(TooLate):
        draft.answer([total])
