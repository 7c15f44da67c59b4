"""Figures are worked out from published texts only, and not at all where that would tell too much."""

import pytest

from chatservice.reports import figures


@pytest.mark.parametrize(
    ("part", "total", "share"),
    [
        ("25", "100", 25),
        ("5", "50", 10),
        ("15", "45", None),
        ("alle 5", "100", None),
        ("..", "100", None),
        (None, "100", None),
        ("20", "..", None),
        ("105", "100", 100),
        ("1", "200", 1),
    ],
)
def test_a_share_is_whole_per_cent_of_a_published_total_of_fifty(
    part: str | None, total: str, share: int | None
) -> None:
    assert figures.share(part, total) == share


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("100", "110", 10),
        ("100", "90", -10),
        ("100", "105", "unclear"),
        ("alle 5", "40", None),
        ("40", "..", None),
        (None, "40", None),
    ],
)
def test_a_change_under_ten_is_not_clear(before: str | None, after: str | None, change: figures.Change) -> None:
    assert figures.change(before, after) == change


def test_a_median_is_the_name_of_a_class() -> None:
    classes = [("W_U2", "40"), ("W_2_4", "30"), ("W_5_14", "alle 5")]
    assert figures.median_class(classes, total="75") == "W_U2"


def test_no_median_under_twenty_nor_with_a_withheld_class() -> None:
    assert figures.median_class([("W_U2", "15")], total="15") is None
    assert figures.median_class([("W_U2", "40"), ("W_2_4", "..")], total="60") is None


def test_no_median_that_hangs_on_what_a_mark_hides() -> None:
    hidden = [("a", "10"), ("b", "alle 5"), ("c", "alle 5"), ("d", "10")]
    assert figures.median_class([*hidden, ("e", "alle 5")], total="20") is None


def test_a_rate_needs_twenty_contacts_and_known_pupils() -> None:
    assert figures.per_thousand("20", 1000) == 20
    assert figures.per_thousand("15", 1000) is None
    assert figures.per_thousand("20", None) is None
    assert figures.per_thousand("alle 5", 1000) is None


@pytest.mark.parametrize(
    ("text", "least"), [("alle 5", 0), ("alle 10", 0), ("..", 0), (None, 0), ("5", 5), ("10", 6), ("25", 21)]
)
def test_what_a_text_means_at_least(text: str | None, least: int) -> None:
    assert figures.at_least(text) == least
