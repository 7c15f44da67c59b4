"""Whatever comes in, a verdict comes out; a fault inside leaves the text delivered, unchecked and its digits masked."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.moderation import personal, pipeline, repairs, views
from chatservice.moderation.personal import data
from chatservice.moderation.pipeline import default, screen
from chatservice.moderation.risk import engine
from chatservice.moderation.verdict import Label, Level
from chatservice.moderation.words import LONGEST_WORD, words_of

DATA = Path(__file__).parent / "data"


def words(entry: object) -> Iterator[str]:
    """Yield every word of a table and of the tables in it."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from (key, *words(value))
    elif isinstance(entry, str):
        yield from (word.strip("*!").replace("_", " ") for word in entry.split())


# What the finders of personal data look for, beside what stands between.
TABLES = ("numbers", "frames", "platforms", "streets", "schools", "people")
SAID = sorted({word for name in TABLES for word in words(data.table(name)) if word})
SAID += ["5", "12.3.", "5/5", "10:45", "311", "0401234567", "A", "Maija", "Virtanen", "@", "#1234", "fi"] * 20


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 haluun \udfff",
        "Z" + "\u0335" * 10_000,
        "\x00tapan\x00 itteni\x00",
        "ta\u202epan",
        "👩‍👩‍👧‍👦" * 500,
        "\ufdfa" * 300,
        "a" * 9_999,
        "*" * 5_000,
        "@$!" * 3_000,
        "the exam is on 5 May at 10:45 in room 311",
    ],
)
def test_odd_text_gets_a_verdict(text: str) -> None:
    verdict = screen(text)
    assert verdict.level in set(Level)
    assert not verdict.unchecked


@pytest.mark.parametrize(
    "text",
    [
        "Я не знаю, с кем поговорить о школе",
        "Мені сумно, я сумую за домом",
        "أشعر بالوحدة في المدرسة",
        "Waxaan rabaa inaan la hadlo qof",
    ],
)
def test_real_words_of_other_languages_are_left_alone(text: str) -> None:
    verdict = screen(text)
    assert verdict.level is Level.NONE
    assert verdict.label is Label.OK
    assert verdict.masked == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("aeiläö tpnk4*.,! \n")), max_size=300))
def test_no_text_raises(text: str) -> None:
    engine.judge(views.of(text), language="fi", rules=default().risk)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=14), st.sampled_from([" ", ", ", ". ", "-", "", "\n"]))
def test_no_words_of_numbers_and_names_raise(parts: list[str], between: str) -> None:
    personal.find(between.join(parts))


def test_no_labelled_text_is_left_unchecked() -> None:
    rows = [json.loads(line) for file in DATA.rglob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows if screen(row["text"], language=row["lang"]).unchecked] == []


def test_a_fault_leaves_the_text_unchecked_and_its_digits_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(engine, "judge", broken)
    verdict = screen("soita mulle 0401234567")
    assert verdict.level is Level.CONCERN
    assert verdict.unchecked
    assert verdict.reasons[0].rule == pipeline.UNCHECKED
    assert "0401234567" not in verdict.masked


def test_a_text_beyond_the_cap_is_unchecked_but_read_so_far() -> None:
    verdict = screen("tapan itteni " + "a " * views.CAP)
    assert verdict.unchecked
    assert verdict.level is Level.HIGH


def looked_at(text: str) -> int:
    """Count the steps of one judgement: hits and words, the two things that loops run over."""
    words = words_of(views.of(text).joined)
    return len(words.words) + sum(1 for _ in default().risk.matcher.hits(words.words))


def hostile() -> Iterator[str]:
    yield "a "
    yield "tapan itteni "
    yield "en haluu "
    yield "ja,"
    yield "t a p a n "
    yield "hakkaahakkaatapan"


@pytest.mark.parametrize("piece", list(hostile()))
def test_work_grows_with_the_length_of_the_text(piece: str) -> None:
    short, long = piece * (1_000 // len(piece)), piece * (8_000 // len(piece))
    assert looked_at(long) <= 9 * looked_at(short) + 100


def test_repairing_words_is_bounded() -> None:
    letters = random.Random(7)
    word = "".join(letters.choice("aehiklnpstuv") for _ in range(LONGEST_WORD))
    assert len(list(repairs.deletions(word))) == LONGEST_WORD
    assert len(list(repairs.spellings(word))) <= 8
