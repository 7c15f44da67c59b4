"""Each rule finds its own examples and leaves its counterexamples alone; each example file text gets its level."""

import pytest

from chatservice.moderation.pipeline import default, screen
from chatservice.moderation.risk.model import Example, Frame
from chatservice.moderation.verdict import Level

MATCHES = [(frame, text) for frame in default().risk.frames for text in frame.match]
MISSES = [(frame, text) for frame in default().risk.frames for text in frame.miss]


@pytest.mark.parametrize(("frame", "text"), MATCHES, ids=lambda each: getattr(each, "id", None))
def test_a_rule_finds_what_it_must(frame: Frame, text: str) -> None:
    verdict = screen(text)
    assert frame.id in {reason.rule for reason in verdict.reasons}
    assert verdict.level.rank >= frame.level.rank
    assert frame.category in verdict.categories


@pytest.mark.parametrize(("frame", "text"), MISSES, ids=lambda each: getattr(each, "id", None))
def test_a_rule_leaves_what_it_must(frame: Frame, text: str) -> None:
    found = {reason.rule for reason in screen(text).reasons if reason.blocker is None}
    assert frame.id not in found


@pytest.mark.parametrize("example", default().risk.examples, ids=lambda each: each.where)
def test_an_example_gets_its_level(example: Example) -> None:
    assert screen(example.text, language=example.language).level is example.level


def test_every_rule_has_an_owner_a_source_and_a_date() -> None:
    for frame in default().risk.frames:
        origin = frame.origin
        assert origin.owner, frame.id
        assert origin.source, frame.id
        assert origin.date, frame.id


def test_the_reasons_show_where_the_words_stand() -> None:
    text = "moi! siis mä oon tosissani, mä t4p4n itteni"
    verdict = screen(text)
    spans = {text[start:end] for reason in verdict.reasons for start, end in reason.spans}
    assert verdict.level is Level.HIGH
    assert "t4p4n" in spans
    assert "itteni" in spans
