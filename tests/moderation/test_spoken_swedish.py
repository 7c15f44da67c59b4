"""Swedish as it is spoken and typed meets the patterns that are written as in books."""

import pytest

from chatservice.moderation import spoken_sv
from chatservice.moderation.pipeline import screen


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("ja vill int leva", "jag vill inte leva"),
        ("de e svårt å andas å sova", "det är svårt att andas och sova"),
        ("han slår de", "han slår de"),
        ("kill me", "kill me"),
        ("papp slår me", "pappa slår mig"),
        ("ja typ orkar int", "jag  orkar inte"),
        ("ja ha tatt na", "jag har tagit na"),
        ("ja ringt na", "jag ringt henne"),
        ("hur ja ska gör e", "hur jag ska gör det"),
        ("he är bra", "det är bra"),
        ("va ska vi säga att han va full", "vad ska vi säga att han var full"),
    ],
)
def test_words_are_written_as_in_books(spoken: str, written: str) -> None:
    assert " ".join(spoken_sv.plain(spoken.split(), known=())) == written


def test_dropped_endings_come_back_only_to_known_words() -> None:
    known = {"tagit", "spåret", "polisen", "dör"}
    assert [spoken_sv.whole(word, known=known) for word in ("tagi", "spåre", "polisn", "huse", "ti")] == [
        "tagit",
        "spåret",
        "polisen",
        "huse",
        "ti",
    ]


def test_endings_of_dialect_are_written_out() -> None:
    known = {"trappan", "tiden", "konstigt", "fryser", "hela", "ramlade"}
    assert [
        spoken_sv.whole(word, known=known) for word in ("trappon", "tidin", "konstit", "frys", "heila", "ramla")
    ] == [
        "trappan",
        "tiden",
        "konstigt",
        "fryser",
        "hela",
        "ramlade",
    ]


def test_dialect_is_seen_as_the_same_danger() -> None:
    assert screen("ja har tagi alla mammas tabletter å nu börjar de snurra", language="sv").level == "immediate"
    assert screen("står ve spåre. nästa tåg kommer om tio minuter", language="sv").level == "immediate"


def test_spans_stay_on_the_words_as_written() -> None:
    text = "asså ja har tagi alla mammas tabletter"
    spans = [span for reason in screen(text, language="sv").reasons for span in reason.spans]
    assert any("tabletter" in text[start:end] for start, end in spans)


def test_joined_words_leave_no_break_lost() -> None:
    assert screen("typ. asså, ju", language="sv").level == "none"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nu kan hon inte prata", "nu hon kan inte prata"),
        ("att jag inte orkar leva", "att jag orkar inte leva"),
        ("om jag inte vill", "om jag inte vill"),
    ],
)
def test_a_denial_stands_after_its_verb(said: str, meant: str) -> None:
    words = said.split()
    for place in spoken_sv.turns(words, breaks=[0] * len(words)):
        words[place : place + 2] = words[place + 1], words[place]
    assert " ".join(words) == meant


def test_a_pause_keeps_the_order() -> None:
    assert not list(spoken_sv.turns(["inte", "kan"], breaks=[0, 1]))


def test_places_run_forward_where_words_changed_their_order() -> None:
    text = "nu kan hon inte andas"
    for reason in screen(text, language="sv").reasons:
        assert all(0 <= start < end <= len(text) for start, end in reason.spans)
