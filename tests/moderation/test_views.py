"""Each view tells for each of its characters where it stood in the text as it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.moderation import views

NAMES = ("plain", "twice", "once", "leet", "joined", "folded")
ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from("aAäÖ \t.*130а\u0301\u200b\u202e\ud800\x00💀ß\ufb01\u1e9e"),
)


@settings(deadline=None)
@given(st.text(ALPHABET, max_size=80))
def test_offsets_rise_and_stay_inside_the_text(text: str) -> None:
    found = views.of(text)
    for name in NAMES:
        view = getattr(found, name)
        places = list(view.offsets)
        assert len(places) == len(view.text), name
        assert places == sorted(places), name
        assert all(0 <= place < len(text) for place in places), name


@settings(deadline=None)
@given(st.text("abcdefäö ", max_size=60))
def test_a_plain_text_comes_back_as_it_was(text: str) -> None:
    view = views.of(text).plain
    assert view.text == text
    assert list(view.offsets) == list(range(len(text)))


@pytest.mark.parametrize(
    ("name", "text", "piece", "written"),
    [
        ("plain", "x Tаpan", "tapan", "Tаpan"),
        ("plain", "ta\u200bpan!", "tapan", "ta\u200bpan"),
        ("plain", "ｔａｐａｎ", "tapan", "ｔａｐａｎ"),
        ("plain", "ela\u0308a\u0308 ei", "elää", "ela\u0308a"),
        ("twice", "kuolllllla", "kuolla", "kuolllllla"),
        ("once", "tapaaaan", "tapan", "tapaaaan"),
        ("leet", "mä t4p4n", "tapan", "t4p4n"),
        ("joined", "nyt t a p a n.", "tapan", "t a p a n"),
        ("joined", "t.a.p.a.n", "tapan", "t.a.p.a.n"),
        ("folded", "en elä", "ela", "elä"),
    ],
)
def test_a_hidden_word_is_found_where_it_was_written(name: str, text: str, piece: str, written: str) -> None:
    view = getattr(views.of(text), name)
    start = view.text.index(piece)
    first, last = view.span(start, start + len(piece))
    assert text[first:last] == written


@pytest.mark.parametrize("text", ["Я не хочу жити", "Мне плохо дома", "أريد المساعدة", "Waan ku baahanahay caawimaad"])
def test_real_words_of_other_scripts_stay(text: str) -> None:
    assert views.of(text).plain.text == text.casefold()


def test_numbers_outside_words_stay_numbers() -> None:
    assert views.of("soita 112 tai 116 111").leet.text == "soita 112 tai 116 111"


def test_a_text_longer_than_the_cap_is_cut_and_says_so() -> None:
    found = views.of("a " * views.CAP)
    assert found.cut
    assert len(found.plain.text) == views.CAP


def test_ten_thousand_marks_leave_one_letter() -> None:
    assert views.of("Z" + "\u0335" * 10_000).plain.text == "z"
