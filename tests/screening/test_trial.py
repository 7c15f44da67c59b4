"""What a change of terms would do to the development messages: told before it is saved, quickly, and truly."""

import json
import time
from pathlib import Path

import pytest
from django.conf import settings

from chatservice.moderation.pipeline import Term, default, screen
from chatservice.moderation.verdict import Level
from chatservice.screening.trial import Change, Sample, change, samples
from tests.pace import longer

pytestmark = pytest.mark.pure

BRIDGE = Term("bridge", "kääntösil*", Level.HIGH, "suicide")
SAMPLES = (
    Sample("1", "fi", "mentiin kääntösillalle kalaan", Level.NONE),
    Sample("2", "fi", "oon kääntösillalla enkä tuu takas", Level.HIGH),
    Sample("3", "sv", "vi var på bron", Level.NONE),
)
MOST_S = 1.5


def ids(found: tuple[object, ...]) -> list[str]:
    return [each.sample.id for each in found]  # type: ignore[attr-defined]  # each is a Moved


def test_rises_are_told_and_the_harmless_among_them() -> None:
    found = change(before=(), after=(BRIDGE,), found=SAMPLES)
    assert found.messages == 3
    assert ids(found.harmless) == ["1"]
    assert "1" in ids(found.rises)
    assert found.falls == ()


def test_a_term_that_goes_lets_messages_fall() -> None:
    found = change(before=(BRIDGE,), after=(), found=SAMPLES)
    assert "1" in ids(found.falls)
    assert found.rises == ()


def test_what_is_told_is_what_screening_every_message_would_say() -> None:
    found = samples(Path(settings.MODERATION_SETS))
    assert len(found) > 400
    before = (BRIDGE,)
    after = (Term("school", "koulu*", Level.CONCERN, "violence"), Term("day", "today", Level.IMMEDIATE, "acute"))
    told = change(before=before, after=after, found=found)
    old, new = default().with_terms(before), default().with_terms(after)
    levels = [(each.id, screen(each.text, language=each.language, rules=old).level.rank) for each in found]
    fresh = [screen(each.text, language=each.language, rules=new).level.rank for each in found]
    pairs = list(zip(levels, fresh, strict=True))
    assert ids(told.rises) == [name for (name, was), now in pairs if now > was]
    assert ids(told.falls) == [name for (name, was), now in pairs if now < was]
    assert told.rises


def test_it_takes_no_coordinators_patience() -> None:
    found = samples(Path(settings.MODERATION_SETS))
    took: list[float] = []
    for _ in range(3):
        began = time.perf_counter()
        change(before=(), after=(Term("i", "oon", Level.HIGH, "acute"),), found=found)
        took.append(time.perf_counter() - began)
    assert min(took) < longer(MOST_S)


def test_check_sets_are_never_read(tmp_path: Path) -> None:
    folder = tmp_path / "risk"
    folder.mkdir()
    row = {"id": "1", "lang": "fi", "text": "hei", "level": "none"}
    for name in ("dev-fi.jsonl", "check-fi.jsonl"):
        (folder / name).write_text(json.dumps({**row, "id": name}) + "\n\n", encoding="utf-8")
    assert [each.id for each in samples(tmp_path)] == ["dev-fi.jsonl"]


@pytest.mark.parametrize(
    "text", [None, "{", '{"id": 1}', '{"id": 1, "lang": "fi", "text": "hei", "level": "odd"}', "[]"]
)
def test_sets_that_are_missing_or_broken_are_none(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "risk").mkdir()
        (tmp_path / "risk" / "dev-fi.jsonl").write_text(text, encoding="utf-8")
    assert samples(tmp_path) == ()


def test_nothing_to_try_on_moves_nothing() -> None:
    assert change(before=(), after=(BRIDGE,), found=()) == Change(0, (), ())
