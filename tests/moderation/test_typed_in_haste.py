"""English that is typed in haste, misspelt or run together is read as what it stands for."""

import pytest

from chatservice.moderation.pipeline import screen
from chatservice.moderation.verdict import Level


@pytest.mark.parametrize(
    "text",
    [
        "plz hlp hes hiting my mom rite now",
        "ther is a fire in ower house",
        "took al my moms sleping pils",
        "im abt 2 jump of the brige",
    ],
)
def test_haste_hides_no_danger_of_the_moment(text: str) -> None:
    assert screen(text, language="en").level is Level.IMMEDIATE


@pytest.mark.parametrize("text", ["iwanttodie", "i w a n t t o d i e", "i wnt to die so much", "i w4nt t0 d1e"])
def test_a_wish_to_die_is_read_however_it_is_spelt(text: str) -> None:
    assert screen(text, language="en").level is Level.HIGH


@pytest.mark.parametrize(
    "text", ["i have 2 sisters and 2 brothers", "i wil cal u tmrw abt the math hw", "nearly killed a pigeon"]
)
def test_haste_alone_is_no_danger(text: str) -> None:
    assert screen(text, language="en").level is Level.NONE


def test_english_words_are_no_swedish_ones_without_dots() -> None:
    # "on" is not "ön", an island to be stranded on.
    assert screen("the driver closed the door on my bag", language="en").level is Level.NONE
