"""A conversation's level: the highest seen, fading slowly, raised by two concerns or a yes, lowered by people only."""

from datetime import UTC, datetime, timedelta

import pytest

from chatservice.moderation.pipeline import screen
from chatservice.moderation.state import Line, State, fold, joined, judged, says_yes
from chatservice.moderation.verdict import Level, Verdict

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CALM = Verdict()


def verdict(level: Level, *categories: str) -> Verdict:
    return Verdict(level=level, categories=categories)


def test_the_highest_level_stays() -> None:
    state = fold(State(), verdict(Level.HIGH, "violence"), side="visitor", at=NOON)
    state = fold(state, CALM, side="visitor", at=NOON + timedelta(minutes=5))
    assert state.level is Level.HIGH
    assert state.categories == ("violence",)


def test_high_fades_by_one_step_after_a_quiet_half_day() -> None:
    state = fold(State(), verdict(Level.HIGH, "violence"), side="visitor", at=NOON)
    assert fold(state, CALM, side="visitor", at=NOON + timedelta(hours=11)).level is Level.HIGH
    assert fold(state, CALM, side="visitor", at=NOON + timedelta(hours=13)).level is Level.CONCERN


def test_immediate_and_concern_do_not_fade() -> None:
    for level in (Level.IMMEDIATE, Level.CONCERN):
        state = fold(State(), verdict(level, "suicide"), side="visitor", at=NOON)
        assert fold(state, CALM, side="visitor", at=NOON + timedelta(days=3)).level is level


def test_two_concerns_close_together_weigh_as_high() -> None:
    state = fold(State(), verdict(Level.CONCERN, "eating"), side="visitor", at=NOON)
    assert fold(state, verdict(Level.CONCERN, "eating"), side="visitor", at=NOON).level is Level.CONCERN
    assert fold(state, verdict(Level.CONCERN, "violence"), side="visitor", at=NOON).level is Level.HIGH


def test_one_message_that_may_tell_of_two_dangers_is_one_concern() -> None:
    both = verdict(Level.CONCERN, "violence", "acute")
    state = fold(State(), both, side="visitor", at=NOON)
    assert state.level is Level.CONCERN
    assert fold(state, both, side="visitor", at=NOON).level is Level.CONCERN
    other = verdict(Level.CONCERN, "eating", "acute")
    assert fold(state, other, side="visitor", at=NOON).level is Level.HIGH


def test_two_concerns_far_apart_do_not() -> None:
    state = fold(State(), verdict(Level.CONCERN, "eating"), side="visitor", at=NOON)
    for _ in range(10):
        state = fold(state, CALM, side="visitor", at=NOON)
    assert fold(state, verdict(Level.CONCERN, "violence"), side="visitor", at=NOON).level is Level.CONCERN


def test_a_yes_inherits_what_the_professional_asked() -> None:
    asked = screen("Oletko ajatellut itsemurhaa?")
    assert "suicide" in asked.categories
    state = fold(State(), asked, side="professional", at=NOON)
    assert state.level is Level.NONE
    state = fold(state, CALM, side="visitor", at=NOON, text="joo välil")
    assert state.level is Level.HIGH
    assert state.categories == ("suicide",)


@pytest.mark.parametrize("text", ["en", "ei", "no", "mitä?", "joo en"])
def test_what_is_no_plain_yes_inherits_nothing(text: str) -> None:
    state = fold(State(), verdict(Level.HIGH, "suicide"), side="professional", at=NOON)
    assert fold(state, CALM, side="visitor", at=NOON, text=text).level is Level.NONE


def test_a_yes_much_later_answers_something_else() -> None:
    state = fold(State(), verdict(Level.HIGH, "suicide"), side="professional", at=NOON)
    for _ in range(2):
        state = fold(state, CALM, side="visitor", at=NOON, text="hmm")
    assert fold(state, CALM, side="visitor", at=NOON, text="joo").level is Level.NONE


def test_only_a_professional_lowers() -> None:
    state = fold(State(), verdict(Level.IMMEDIATE, "suicide"), side="visitor", at=NOON)
    state = judged(state, Level.NONE, at=NOON)
    assert state.level is Level.NONE
    assert state.categories == ()
    assert fold(state, verdict(Level.CONCERN, "eating"), side="visitor", at=NOON).level is Level.CONCERN


def test_lines_sent_word_by_word_are_read_together() -> None:
    lines = [
        Line(text, NOON + timedelta(seconds=10 * index)) for index, text in enumerate(("haluun", "vaan", "kuolla"))
    ]
    assert screen(joined(lines)).level is Level.HIGH


def test_only_the_last_three_lines_of_a_minute_belong_together() -> None:
    lines = [Line(str(index), NOON + timedelta(seconds=40 * index)) for index in range(5)]
    assert joined(lines) == "3 4"
    assert joined([]) == ""
    assert joined([Line(str(index), NOON) for index in range(5)]) == "2 3 4"


@pytest.mark.parametrize("text", ["joo", "Joo!", "kyllä", "ja", "jå", "yes", "yeah sometimes", "👍"])
def test_a_plain_yes_is_known_in_three_languages(text: str) -> None:
    assert says_yes(text)
