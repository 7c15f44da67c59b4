"""Publishers that leave one protection out are caught: by the attack for what they leak, by the gate before they do."""

import functools
import random

import pytest

from chatservice.disclosure.attack import Findings, attack
from chatservice.disclosure.attack.findings import Finding
from chatservice.disclosure.cells import Cell, Coordinates, Frame, Report, Table
from chatservice.disclosure.gate import gate
from chatservice.disclosure.rounding import text_of
from tests.disclosure.county import YEAR, County, county, reports, rounded


@functools.cache
def town() -> County:
    """A town that is small enough for all of its year to be attacked in a second."""
    return county(contacts=40, tests=20, towns=2, schools=4, seed=3)


def exact(count: int, at: Coordinates, measure: str, frame: Frame) -> str:
    """No threshold, no rounding."""
    return str(count)


def hidden_not_rounded(count: int, at: Coordinates, measure: str, frame: Frame) -> str:
    """Small counts hidden, all others exact: differencing finds them."""
    return f"alle {frame.threshold(at)}" if count < frame.threshold(at) else str(count)


def thrown_anew(dice: random.Random, count: int, at: Coordinates, *rest: object) -> str:
    """Rounded by another throw each time a cell is asked for: what it averages to is the truth."""
    frame = rest[-1]
    assert isinstance(frame, Frame)
    return text_of(count, at=at, measure="any", year=YEAR, secret=dice.randbytes(32), threshold=frame.threshold(at))


def zeros_shown(count: int, at: Coordinates, measure: str, frame: Frame) -> str:
    """As the service does, but an empty cell is shown as empty."""
    return rounded(count, at, measure, frame) if count else "0"


def judged(made: County, shown: list[Report], **publication: object) -> Findings:
    frame = Frame(hierarchies=made.frame.hierarchies, sensitive_codes=made.frame.sensitive_codes, **publication)  # type: ignore[arg-type]
    return attack(shown, frame=frame)


def refused(made: County, shown: list[Report]) -> str:
    """Take the reports through the gate as drafts; return the first reason against one, empty when all pass."""
    frozen: list[Report] = []
    for draft in shown:
        outcome = gate(frozen, draft, frame=made.frame, progress=lambda *_: None, stop=lambda: False)
        if not outcome.clean:
            return outcome.why
        frozen.append(outcome.report)
    return ""


def tell_the_truth(made: County, findings: tuple[Finding, ...]) -> bool:
    return all(each.low <= made.counts[each.measure, each.at] == each.high for each in findings)


def test_without_threshold_and_rounding_every_small_cell_is_read() -> None:
    found = judged(town(), reports(town(), exact), base=1)
    assert len(found.exact) > 100
    assert tell_the_truth(town(), found.exact)
    assert "is no text" in refused(town(), reports(town(), exact))


def test_without_rounding_hidden_cells_are_found_by_differencing() -> None:
    found = judged(town(), reports(town(), hidden_not_rounded), base=1)
    small = [each for each in found.exact if 0 < each.low < 5]
    assert small
    assert tell_the_truth(town(), found.exact)
    assert "is no text" in refused(town(), reports(town(), hidden_not_rounded))


def test_rounding_anew_for_each_report_is_seen() -> None:
    anew = functools.partial(thrown_anew, random.Random(5))
    shown = [areas(anew, number) for number in range(12)]
    found = judged(town(), shown)
    assert found.changed
    assert "change its text" in refused(town(), shown)
    assert not judged(town(), shown[:1]).changed


def areas(publisher: functools.partial[str], number: int) -> Report:
    """Answer one request for the two municipalities and their total."""
    cells = []
    for at, count in (((("area", "M0"),), 17), ((("area", "M1"),), 28), ((), 45)):
        cells.append(Cell(at, publisher(count, at, "contacts", town().frame)))
    return Report(f"request {number}", (Table("areas", "contacts", ("area",), tuple(cells)),))


def test_a_shown_zero_pins_its_cell() -> None:
    found = judged(town(), reports(town(), zeros_shown), marks={"0": (0, 0)})
    assert [each for each in found.exact if each.high == 0]
    assert tell_the_truth(town(), found.exact)
    assert "is no text" in refused(town(), reports(town(), zeros_shown))


@pytest.mark.parametrize("decimals", [1, 2])
def test_raw_percentages_beside_a_rounded_total_are_counts(decimals: int) -> None:
    made = town()
    total = made.counts["contacts", ()]
    shares = tuple(
        Cell(at, f"{100 * made.counts['contacts', at] / total:.{decimals}f}")
        for at in ((("age", code),) for code in made.frame.hierarchies["age"])
    )
    whole = Table("total", "contacts", (), (Cell((), rounded(total, (), "contacts", made.frame)),))
    shown = [Report("year", (whole,)), Report("shares", (Table("shares", "contacts", ("age",), shares, share="age"),))]
    found = judged(made, shown)
    assert found.exact or found.narrow
    assert "shares are not published" in refused(made, shown)


def test_the_service_itself_passes() -> None:
    assert refused(town(), reports(town())[:2]) == ""
