"""What is not looked at, because it could not be found, is never something that would have been found."""

import gc
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.moderation import matching, repairs, views
from chatservice.moderation.abuse import engine as abuse
from chatservice.moderation.abuse import flood
from chatservice.moderation.personal import data, plain
from chatservice.moderation.pipeline import default
from chatservice.moderation.risk import engine
from chatservice.moderation.unswept import unswept

WORDS = ("vittuile", "kuolema", "tappaa")


@given(st.lists(st.text("ab-_*!", min_size=1, max_size=4), min_size=1, max_size=12), st.text("ab- x", max_size=8))
def test_words_that_begin_alike_are_found_as_if_each_stood_alone(items: list[str], text: str) -> None:
    ordered = sorted(set(items), key=lambda item: (-len(item), item))
    alone = re.compile("|".join(map(data.pattern, ordered)))
    together = re.compile(data.alternation(tuple(ordered)))
    assert [match.span() for match in together.finditer(text)] == [match.span() for match in alone.finditer(text)]


@given(st.lists(st.text("aäb-_*!", min_size=1, max_size=5), min_size=1, max_size=6), st.text("aäbc- x1", max_size=9))
def test_a_word_of_ours_stands_only_where_a_run_of_letters_begins_as_it_does(items: list[str], text: str) -> None:
    words = [item for item in items if item[0].isalpha()]
    either = data.alternation(tuple(words)) or "(?!)"
    if re.search(rf"(?<![^\W_])(?:{either})", text):
        assert not data.starts(*words).isdisjoint(plain.of(text).starts)


@given(st.sets(st.integers(0, 40), max_size=6), st.sets(st.integers(0, 40), max_size=6))
def test_concepts_that_fit_no_frame_fit_none_when_some_are_left_out(bits: set[int], fewer: set[int]) -> None:
    rules = abuse.DEFAULT
    assert rules.may_fit(bits) or not rules.may_fit(bits & fewer)
    mask = sum(1 << bit for bit in bits)
    assert rules.may_fit(bits) == any(all(mask & each for each in frame.elements) for frame in rules.frames)


@given(st.sets(st.integers(0, 1500), min_size=1, max_size=60))
def test_frames_are_found_by_two_of_their_concepts(bits: set[int]) -> None:
    rules = default().risk
    some = bits.union(*(frame.elements[0].bits[:1] for frame in rules.frames[::90]))
    found, wanted = rules.candidates(some)
    fitting = [frame for frame in rules.frames if not any(some.isdisjoint(element.bits) for element in frame.elements)]
    assert sorted(frame.id for frame in found) == sorted(frame.id for frame in fitting)
    assert wanted <= some


@given(
    st.lists(st.sampled_from(["ei", "aa", "en", "joo", "apua", "1", "h4", "lololololololololololololo"]), max_size=14)
)
def test_what_looks_plainly_spoken_is_no_flood(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flood, "plain_spoken", lambda _: False)
        looked_at = flood.flooded(" ".join(words), words, frozenset())
    assert flood.flooded(" ".join(words), words, frozenset()) == looked_at


def test_the_collector_rests_only_while_rules_are_read() -> None:
    assert gc.isenabled()
    with unswept():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"):
        unswept()(int)("broken")
    assert gc.isenabled()


def slips(word: str) -> set[str]:
    """Return a word with each single slip of the finger."""
    places = range(len(word) + 1)
    changed = {word[:place] + sign + word[place + 1 :] for place in places[:-1] for sign in string.ascii_lowercase}
    longer = {word[:place] + sign + word[place:] for place in places for sign in string.ascii_lowercase}
    turned = {word[:place] + word[place : place + 2][::-1] + word[place + 2 :] for place in places[:-2]}
    return {*repairs.deletions(word), *changed, *longer, *turned}


def test_one_slip_leaves_a_rim_of_the_word() -> None:
    rules = abuse.DEFAULT
    for word in sorted(set(rules.slips.values()))[::40]:
        for slip in sorted(slips(word)):
            if len(slip) >= 7:
                rims = {slip[: abuse.model.RIM], slip[-abuse.model.RIM :]}
                assert not rules.rims.isdisjoint(rims), (word, slip)


def test_one_slip_leaves_a_rim_of_a_risky_word() -> None:
    repairer = repairs.Repairer(known=(), risky=("kuolema", "tappaisin", "itsemurha"), never=frozenset())
    for word in ("kuolema", "tappaisin", "itsemurha"):
        # A slip in the first letter is never taken back, unless it changed places with the second.
        own = [slip for slip in slips(word) if slip[0] == word[0] or slip[1::-1] == word[:2]]
        assert all(repairer.rimmed(slip) for slip in own if len(slip) >= 7)
    assert not repairer.rimmed("koulussa")


@pytest.mark.parametrize("word", ["kuolla", "itsemurhaa", "koulu", "xyzzy", "", "unipillerit"])
def test_a_word_means_what_would_be_hit_in_it(word: str) -> None:
    matcher = default().risk.matcher
    assert matcher.means(word) == bool(matcher.hits([word]))


@settings(max_examples=50)
@given(st.sampled_from(WORDS), st.text("aehiklt", max_size=3))
def test_a_word_is_sought_by_itself_and_each_form_without_a_letter(word: str, more: str) -> None:
    known = repairs.Slips([word])
    wanted = (word + more, *repairs.deletions(word + more))
    assert list(known.near(word + more)) == [meant for form in wanted if (meant := known.get(form))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "mä haluun kuolla"),
        ("fi", "haluan kuollla"),
        ("sv", "jag vill dö"),
        ("sv", "pappa slåååår mig"),
        ("en", "he is hit me"),
    ],
)
def test_words_are_passed_once_even_where_one_is_repaired(
    monkeypatch: pytest.MonkeyPatch, language: str, text: str
) -> None:
    made: list[int] = []
    rules = default().risk
    hits = matching.Matcher.hits

    def counted(self: matching.Matcher, words: list[str]) -> list[matching.Hit]:
        made.append(len(words))
        return hits(self, words)

    monkeypatch.setattr(matching.Matcher, "hits", counted)
    engine.judge(views.of(text), language=language, rules=rules)
    assert len(made) == 1
