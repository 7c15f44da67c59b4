"""English as it is written by children who learn it at school meets the patterns of book English."""

import pytest

from chatservice.moderation import spoken_en
from chatservice.moderation.pipeline import screen


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("she drinked it", "she drank it"),
        ("he is hit me", "he  hit me"),
        ("she is hit by hail", "she is hit by hail"),
        ("i am eaten many pill", "i  eaten many pills"),
        ("i cant breath", "i cant breathe"),
        ("take a deep breath", "take a deep breath"),
    ],
)
def test_words_are_read_as_in_books(written: str, meant: str) -> None:
    assert " ".join(spoken_en.plain(written.split(), known=())) == meant


def test_patterns_pass_the_same_table() -> None:
    assert spoken_en.pattern("~drinked bleach") == "~drank bleach"
    assert spoken_en.pattern("drank bleach") == ""


def test_learners_are_seen_as_those_who_know_the_language() -> None:
    assert screen("I am eaten many pill from mother's cupboard", language="en").level == "immediate"
    assert screen("my father he is hit me every evening with belt", language="en").level >= "high"


def test_spans_stay_on_the_words_as_written() -> None:
    text = "I am eaten many pill"
    spans = [span for reason in screen(text, language="en").reasons for span in reason.spans]
    assert spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
