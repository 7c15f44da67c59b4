"""What professionals read of the rules is what the program reads."""

import pytest

from chatservice.moderation.pipeline import default
from chatservice.moderation.verdict import CATEGORIES
from chatservice.screening import rulebook

pytestmark = pytest.mark.pure


def test_every_loaded_rule_of_risk_is_there_with_its_level_and_owner() -> None:
    shown = {
        (rule.id, rule.level, rule.part, rule.owner, rule.date) for rule in rulebook.rules() if rule.room == "risk"
    }
    loaded = {
        (frame.id, str(frame.level), frame.category, frame.origin.owner, frame.origin.date)
        for frame in default().risk.frames
    }
    assert shown == loaded


def test_every_sign_is_there_with_the_points_it_counts_and_what_it_speaks_for() -> None:
    risk = default().risk
    shown = {risk.concepts[sign.name].bit: sign for sign in rulebook.signs()}
    assert {bit: sign.points for bit, sign in shown.items()} == dict(risk.signs.points)
    assert {bit: sign.part for bit, sign in shown.items() if sign.part} == dict(risk.signs.categories)


def test_every_chapter_has_rules_and_the_highest_level_comes_first() -> None:
    for part in rulebook.PARTS:
        found = rulebook.of_part(part)
        assert found, part
        if part in CATEGORIES:
            assert found[0].level in {"immediate", "high"}


def test_every_rule_names_who_answers_for_it() -> None:
    assert [rule.id for rule in rulebook.rules() if not (rule.owner and rule.source and rule.date)] == []


def test_words_are_told_by_language() -> None:
    found = rulebook.words("risk", "DIE")
    assert {"fi", "sv", "en"} <= found.keys()
    assert "@kuolla" in found["fi"]


def test_what_is_no_concept_has_no_words() -> None:
    assert rulebook.words("risk", "NO_SUCH_CONCEPT") == {}
    assert rulebook.words("abuse", "../../x") == {}
