"""Signs that no rule names together add up; what calms counts too, and what was cancelled stays so."""

from dataclasses import replace
from itertools import pairwise

import pytest

from chatservice.moderation.pipeline import Ruleset, default, screen
from chatservice.moderation.risk.signs import CONCERN, HIGH, MOST_WORDS, POINTS, Signs, categories_of
from chatservice.moderation.verdict import Level

SIGNS = Signs({1: 3, 2: 3, 3: 3, 4: -3, 5: 1}, {1: "suicide", 2: "acute", 3: "acute"})


@pytest.mark.parametrize(
    ("bits", "level"),
    [
        ({1}, Level.NONE),
        ({1, 2}, Level.CONCERN),
        ({1, 2, 3}, Level.HIGH),
        ({1, 2, 3, 4}, Level.CONCERN),
        ({1, 2, 4}, Level.NONE),
        ({1, 99}, Level.NONE),
        (set(), Level.NONE),
    ],
)
def test_points_add_up_to_a_level(bits: set[int], level: Level) -> None:
    assert SIGNS.level(bits) is level


def test_the_category_is_the_one_that_most_points_speak_for() -> None:
    assert SIGNS.spoken_for({1, 2, 3, 4}) == ("acute", frozenset({1, 2, 3}))
    assert SIGNS.spoken_for({4, 5}) == ("", frozenset({5}))
    assert SIGNS.spoken_for({1, 5}) == ("suicide", frozenset({1}))


def test_long_texts_are_left_to_the_rules() -> None:
    assert SIGNS.may_count({1, 2}, words=MOST_WORDS)
    assert not SIGNS.may_count({1, 2}, words=MOST_WORDS + 1)
    assert not SIGNS.may_count({1, 4, 5}, words=3)


def test_a_sign_speaks_for_the_category_of_most_rules_about_it() -> None:
    rules = [("suicide", [1, 2]), ("acute", [2]), ("acute", [2, 3])]
    assert categories_of({1: 3, 2: 1, 3: -1, 4: 2}, rules) == {1: "suicide", 2: "acute"}


def test_no_sign_reaches_a_line_alone_and_all_concepts_are_listed_once() -> None:
    points = default().risk.signs.points
    assert max(points.values()) < CONCERN < HIGH
    assert set(points.values()) <= set(POINTS.values())
    assert all(high > low for high, low in pairwise(POINTS.values()))


def counting(**points: int) -> Ruleset:
    """Return the house's rules with other points."""
    rules = default()
    bits = {rules.risk.concepts[name].bit: value for name, value in points.items()}
    return replace(rules, risk=replace(rules.risk, signs=Signs(bits, dict.fromkeys(bits, "acute"))))


def test_signs_together_raise_a_text_that_no_rule_names() -> None:
    text = "siellä metsässä oli tosi kylmä"
    calm = screen(text, rules=counting())
    assert calm.level is Level.NONE
    raised = screen(text, rules=counting(WOODS=3, FX_CHILL=3))
    assert (raised.level, raised.categories) == (Level.CONCERN, ("acute",))
    assert [reason.rule for reason in raised.reasons] == ["signs.concern"]
    assert {text[start:end] for start, end in raised.reasons[0].spans} >= {"kylmä", "metsässä"}
    assert screen(text, rules=counting(WOODS=3)).level is Level.NONE


def test_what_a_game_cancelled_is_not_counted() -> None:
    text = "tapoin sen pelissä puukolla"
    assert screen(text, rules=counting(KILL=3, KNIFE=3)).level is Level.NONE
    assert any(reason.blocker for reason in screen(text).reasons)


def test_signs_lower_nothing_that_a_rule_has_found() -> None:
    assert screen("isä hakkaa mua", rules=counting(BEAT=-3)).level is Level.HIGH
