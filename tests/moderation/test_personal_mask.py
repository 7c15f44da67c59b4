"""Masking changes nothing outside of the spans, and any text has an answer, soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.moderation import personal
from chatservice.moderation.personal import data
from chatservice.moderation.verdict import Span

PIECES = (
    "0401234567",
    "nolla neljä ",
    "Maija ",
    "Virtanen",
    "mia@gmail.com",
    " ät ",
    "snäp: mia_08",
    "Peltokuja 4",
    "FI21 1234 5600 0007 85",
    "131052-308T",
    " koulun 7B",
    "👍🏽",
    "\u0301",
    "\u200d",
    "1️⃣",
    "İ",
    "ß",
    "\ud800",
    "\x00",
    "٤",
    "Ж",
    " ",
    "\n",
    ".",
    "@",
    "#1234",
    "https://",
    "piste",
    "½",
    "Ⅳ",
    "🔟",
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
HOSTILE = (
    "a ",
    "a",
    "1",
    "1 ",
    "@",
    "a@",
    ".",
    "a.",
    "Aa ",
    "nolla ",
    "katutie 1 ",
    "Maija ",
    "snap ",
    "O1",
    "fi21 ",
    "1-",
    "1.1.",
    "http://",
    "Kivimaan koulu 7b ",
    "(",
    "+358 ",
    "1️⃣",
    "osoite on a ",
    "a\u0301\u0301",
    "mun nimi on ",
    "Aa-",
    "x_",
    " . ",
)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_spans_are_ordered_apart_and_inside_the_text(text: str) -> None:
    last = 0
    for span in personal.find(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.sampled_from(["fi", "sv", "en", "xx"]))
def test_the_text_outside_of_the_spans_stays(text: str, language: str) -> None:
    spans = personal.find(text)
    masked = personal.mask(text, spans, language=language)
    last, place = 0, 0
    for span in spans:
        kept = text[last : span.start]
        assert masked.startswith(kept, place)
        place = masked.index("]", place + len(kept)) + 1
        last = span.end
    assert masked[place:] == text[last:]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from([piece for piece in PIECES if piece.isprintable()]), max_size=8).map(" ".join))
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = personal.mask(text, personal.find(text))
    again = personal.mask(masked, personal.find(masked))
    assert personal.mask(again, personal.find(again)) == again


def test_spaces_and_signs_around_stay() -> None:
    text = "soita 040 1234567, jooko?  Mia"
    assert personal.mask(text, personal.find(text)) == "soita [puhelinnumero], jooko?  Mia"


@pytest.mark.parametrize(("language", "word"), [("fi", "[nimi]"), ("sv", "[namn]"), ("en", "[name]"), ("so", "[nimi]")])
def test_the_word_is_in_the_conversations_language(language: str, word: str) -> None:
    assert personal.mask("Maija Virtanen", personal.find("Maija Virtanen"), language=language) == word


def test_spans_that_overlap_are_masked_once() -> None:
    assert personal.mask("abcdef", [Span(1, 4, "name"), Span(2, 5, "url")]) == "a[nimi]ef"


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            personal.find(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(16_000) < 8 * seconds(4_000) + 0.02


def test_a_data_file_that_is_no_toml_is_named(tmp_path: data.Path) -> None:
    (tmp_path / "wrong.toml").write_text("id = ")
    with pytest.raises(data.DataFault, match=r"wrong\.toml"):
        data.table("wrong", folder=tmp_path)


def test_a_data_file_without_an_owner_is_named(tmp_path: data.Path) -> None:
    (tmp_path / "lone.toml").write_text('id = "lone"\nsource = "own"\ndate = "2026-11-22"\nchange = "first"\n')
    with pytest.raises(data.DataFault, match=r"lone\.toml: expected owner"):
        data.table("lone", folder=tmp_path)


def test_every_data_file_says_whose_it_is() -> None:
    for path in data.FOLDER.glob("*.toml"):
        assert data.table(path.stem)["owner"]
