"""Signs that no rule names together add up beside what rules have found; what speaks against it lowers by one step."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatservice.moderation.pipeline import Ruleset, default, screen
from chatservice.moderation.risk import loader
from chatservice.moderation.risk.engine import CALM
from chatservice.moderation.risk.model import RuleError
from chatservice.moderation.risk.signs import MOST_WORDS, SAID, Signs
from chatservice.moderation.verdict import Level

SIGNS = Signs(
    points={1: (3, 3, 0), 2: (3, 4, 1), 3: (0, 3, 5), 4: (-3, -3, -3), 5: (1, 1, 0)},
    categories={1: "suicide", 2: "acute", 3: "acute"},
    lines=(5, 7, 6),
    said={"high": (0, 4, 0), "cancelled": (-5, 0, 0)},
    needed=(0, 2, 1),
)


@pytest.mark.parametrize(
    ("bits", "said", "level"),
    [
        ({1}, "none", Level.NONE),
        ({1, 2}, "none", Level.HIGH),
        ({1, 2, 4}, "none", Level.NONE),
        ({1, 2, 4, 5}, "high", Level.HIGH),
        ({1, 5, 99}, "none", Level.NONE),
        ({2, 3}, "none", Level.IMMEDIATE),
        ({1, 2, 5}, "cancelled", Level.HIGH),
        (set(), "none", Level.NONE),
        (set(), "high", Level.NONE),
    ],
)
def test_points_add_up_to_the_highest_level_whose_line_is_reached(bits: set[int], said: str, level: Level) -> None:
    assert SIGNS.level(bits, said=said) is level


def test_the_categories_are_those_that_most_points_for_high_speak_for() -> None:
    assert SIGNS.spoken_for({1, 2, 3, 4}) == {"acute"}
    assert SIGNS.spoken_for({1, 3}) == {"suicide", "acute"}
    assert SIGNS.spoken_for({1, 5}) == {"suicide"}
    assert SIGNS.spoken_for({1, 5}, least=4) == SIGNS.spoken_for({4, 5}) == set()


def test_the_signs_to_show_are_those_that_say_most_of_danger() -> None:
    assert SIGNS.loudest({1, 2, 3, 4, 5}) == {1, 2, 3}
    assert SIGNS.loudest({4, 5}) == {5}
    assert SIGNS.loudest({4}) == set()


def test_long_texts_are_left_to_the_rules() -> None:
    wall = f"isä hakkaa mua {'ja sitten me mentiin kauppaan ' * MOST_WORDS}"
    assert screen(wall, rules=counting(BEAT=(-99, -99, -99))).level is Level.HIGH


def test_no_sign_reaches_a_line_alone() -> None:
    signs = default().risk.signs
    assert len(signs.points) > 500
    for place, line in enumerate(signs.lines):
        assert max(points[place] for points in signs.points.values()) < line


def test_what_a_rule_says_counts_the_more_the_higher_it_is() -> None:
    said = default().risk.signs.said
    assert set(said) <= set(SAID)
    assert said["immediate"][2] > max(said["high"][2], 0)
    assert said["high"][1] > said["concern"][1]


def counting(**points: tuple[int, int, int]) -> Ruleset:
    """Return the house's rules with other points, and lines at five."""
    rules = default()
    bits = {rules.risk.concepts[name].bit: value for name, value in points.items()}
    signs = Signs(bits, dict.fromkeys(bits, "acute"), (5, 5, 5), {"high": (3, 3, 0)})
    return replace(rules, risk=replace(rules.risk, signs=signs))


def test_signs_together_raise_a_text_that_no_rule_names() -> None:
    text = "siellä metsässä oli tosi kylmä"
    calm = screen(text, rules=counting(WOODS=(0, 0, 0)))
    assert calm.level is Level.NONE
    raised = screen(text, rules=counting(WOODS=(3, 3, 0), FX_CHILL=(3, 1, 0)))
    assert (raised.level, raised.categories) == (Level.CONCERN, ("acute",))
    assert [reason.rule for reason in raised.reasons] == ["signs.concern"]
    assert {text[start:end] for start, end in raised.reasons[0].spans} >= {"metsässä"}
    assert screen(text, rules=counting(WOODS=(3, 3, 0))).level is Level.NONE


def test_what_is_denied_is_not_counted() -> None:
    rules = counting(BEAT=(9, 0, 0))
    assert screen("faija hakkas", rules=rules).level.rank >= Level.CONCERN.rank
    assert not any(reason.rule == "signs.concern" for reason in screen("ei kukaan hakkaa", rules=rules).reasons)


def test_calm_lowers_what_a_rule_has_found_by_one_step_and_says_so() -> None:
    text = "isä hakkaa mua"
    assert screen(text, rules=counting(BEAT=(3, 3, 0))).level is Level.HIGH
    lowered = screen(text, rules=counting(BEAT=(-99, -99, -99)))
    assert (lowered.level, lowered.categories) == (Level.CONCERN, ("violence",))
    assert CALM in {reason.blocker for reason in lowered.reasons}


def test_a_rule_stands_where_the_signs_say_what_is_needed() -> None:
    assert [SIGNS.stands({1}, said=level) for level in Level] == [*list(Level)[:3], Level.HIGH]
    assert [SIGNS.stands({3}, said=level) for level in Level] == list(Level)
    assert [SIGNS.stands({4}, said=level) for level in Level] == [Level.NONE, *list(Level)[:3]]
    assert SIGNS.stands(set(), said=Level.CONCERN) is Level.CONCERN


def test_rules_without_points_speak_for_themselves() -> None:
    rules = replace(default(), risk=replace(default().risk, signs=Signs()))
    assert screen("isä hakkaa mua", rules=rules).level is Level.HIGH


HEAD = '[file]\nowner = "lead psychologist"\nsource = "made up"\ndate = "2026-11-22"\nnote = "first"\n'
LINES = "[lines]\nconcern = 1\nhigh = 2\nimmediate = 3\n[needed]\nconcern = 0\nhigh = 0\nimmediate = 4\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "[signs]\nDIE = [1, 2, 3]\n", r"points\.toml: expected the tables lines, needed, said, signs"),
        (HEAD + "[lines]\nhigh = 1\n[needed]\n[said]\n[signs]\n", r"\[lines\] needs concern, high, immediate"),
        (HEAD + LINES.replace("4", "-4") + "[said]\n[signs]\n", r"\[needed\] needs .*, each a whole number from 0"),
        (HEAD + LINES.replace("2", "0") + "[said]\n[signs]\n", r"\[lines\] needs .*, each a whole number from 1"),
        (HEAD + LINES + "[said]\nloud = [1, 2, 3]\n[signs]\n", r"rule loud: expected one of none, cancelled"),
        (HEAD + LINES + "[said]\nhigh = [1, 2]\n[signs]\n", r"rule high: expected three whole numbers"),
        (HEAD + LINES + "[said]\n[signs]\nDYE = [1, 2, 3]\n", r"points\.toml:16: rule DYE: expected a concept"),
        (HEAD + LINES + "[said]\n[signs]\nDIE = [1, 2]\n", r"rule DIE: expected three whole numbers"),
        (HEAD + LINES + '[said]\n[signs]\nDIE = [1, 2, "x"]\n', r"rule DIE: expected three whole numbers"),
        (HEAD + LINES + '[said]\n[signs]\nDIE = [1, 2, 3, "x"]\n', r"rule DIE: expected one known category"),
        (HEAD + LINES + "[said]\n[signs]\nDIE = 3\n", r"rule DIE: expected three whole numbers"),
    ],
)
def test_broken_points_are_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "concepts.toml").write_text('act = ["DIE"]\n')
    (tmp_path / "frames" / "points.toml").write_text(text)
    with pytest.raises(RuleError, match=told):
        loader.load(tmp_path)


def test_points_stand_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "concepts.toml").write_text('act = ["DIE"]\n')
    for name in ("one", "two"):
        (tmp_path / "frames" / f"{name}.toml").write_text(HEAD + LINES + "[said]\n[signs]\nDIE = [1, 2, 3]\n")
    with pytest.raises(RuleError, match=r"two\.toml: expected points in one file only"):
        loader.load(tmp_path)
