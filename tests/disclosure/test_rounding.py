"""A count has one text for ever: right on average, never five away, never a small number."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.disclosure.cells import Cell, Report, Table, UnreadableText, bounds, canonical, coordinates, name_of
from chatservice.disclosure.rounding import WrongCount, text_of

SECRET = bytes(range(32))
YEAR = "2026-2027"
AREA = {"area": {"ii": "Total", "oulu": "Total", "ii_school": "ii", "a": "oulu", "b": "oulu"}}
THRESHOLDS = st.sampled_from([5, 10])
PLACES = st.dictionaries(st.sampled_from(["age", "area", "topic"]), st.text(min_size=1, max_size=6), max_size=3)


def published(count: int, at: dict[str, str], *, threshold: int = 5, secret: bytes = SECRET) -> str:
    return text_of(count, at=coordinates(at), measure="contacts", year=YEAR, secret=secret, threshold=threshold)


@given(st.integers(0, 10_000), PLACES, THRESHOLDS)
def test_the_truth_is_within_what_the_text_admits(count: int, at: dict[str, str], threshold: int) -> None:
    text = published(count, at, threshold=threshold)
    low, high = bounds(text, threshold=threshold, base=5)
    assert low <= count
    assert high is not None
    assert count <= high


@given(st.integers(0, 10_000), PLACES, THRESHOLDS)
def test_a_number_is_a_multiple_of_five_at_most_four_away(count: int, at: dict[str, str], threshold: int) -> None:
    text = published(count, at, threshold=threshold)
    if count < threshold:
        assert text == f"alle {threshold}"
    else:
        assert int(text) % 5 == 0
        assert abs(int(text) - count) <= 4
        assert int(text) >= threshold


@given(st.integers(0, 10_000), PLACES)
def test_the_same_cell_reads_the_same_whatever_order_it_is_named_in(count: int, at: dict[str, str]) -> None:
    backwards = dict(reversed(at.items()))
    assert published(count, at) == published(count, backwards | {"period": "Total"})


@pytest.mark.parametrize("count", range(5, 21))
def test_rounding_is_right_on_average(count: int) -> None:
    texts = [int(published(count, {"topic": str(number)})) for number in range(3000)]
    assert abs(sum(texts) / len(texts) - count) < 0.2


def test_another_cell_year_or_secret_throws_its_own_dice() -> None:
    places = [{"topic": str(number)} for number in range(64)]
    one = [published(7, at) for at in places]
    assert len(set(one)) == 2
    assert one != [published(7, at, secret=secrets.token_bytes(32)) for at in places]
    other_year = [text_of(7, at=coordinates(at), measure="contacts", year="2027-2028", secret=SECRET) for at in places]
    assert one != other_year


@pytest.mark.parametrize(("count", "secret", "threshold"), [(-1, SECRET, 5), (3, b"short", 5), (3, SECRET, 2)])
def test_a_wrong_count_secret_or_threshold_is_refused(count: int, secret: bytes, threshold: int) -> None:
    with pytest.raises(WrongCount):
        published(count, {}, secret=secret, threshold=threshold)


def test_a_total_is_absent_from_a_cells_name() -> None:
    at = coordinates({"topic": "Y.MIND", "area": "Total", "period": "autumn", "age": "A13_15"})
    assert name_of(at, measure="contacts", year=YEAR) == "contacts|2026-2027|age=A13_15|period=autumn|topic=Y.MIND"


def test_an_only_school_is_its_municipality() -> None:
    assert canonical({"area": "ii_school"}, AREA) == (("area", "ii"),)
    assert canonical({"area": "a"}, AREA) == (("area", "a"),)
    assert canonical({"area": "only"}, {"area": {"only": "Total"}}) == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("25", (21, 29)), ("5", (5, 9)), ("alle 5", (0, 4)), ("alle 10", (0, 9)), ("..", (0, None))]
)
def test_a_text_tells_no_more_than_its_bounds(text: str, expected: tuple[int, int | None]) -> None:
    assert bounds(text, threshold=5, base=5) == expected


def test_an_unknown_text_is_refused() -> None:
    with pytest.raises(UnreadableText):
        bounds("-", threshold=5, base=5)


def test_a_withdrawn_cell_is_withdrawn_from_every_table_of_the_report() -> None:
    shown = Cell((("area", "ii"),), "10")
    report = Report("r", tuple(Table(name, "contacts", ("area",), (shown,)) for name in "ab"))
    assert {cell.text for _, cell in report.without([("contacts", shown.at)]).cells()} == {".."}
    assert report.without([("tests", shown.at)]) == report
