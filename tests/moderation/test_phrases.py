"""A table of phrases that keeps no phrase: what was added is found, whatever else is in it, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from chatservice.moderation.lasting import lasting
from chatservice.moderation.phrases import COUNTS, Phrases
from chatservice.moderation.pipeline import default

texts = st.lists(st.text("ab", min_size=1, max_size=2), min_size=2, max_size=12).map(" ".join)


def both(old: tuple[int, ...], fresh: tuple[int, ...]) -> tuple[int, ...]:
    return old + fresh


@given(st.lists(st.tuples(st.sets(texts), st.integers(0, 3))), texts)
def test_it_tells_what_a_dictionary_would(added: list[tuple[set[str], int]], asked: str) -> None:
    table: Phrases[tuple[int, ...]] = Phrases(room=4)
    known: dict[str, tuple[int, ...]] = {}
    for phrases, meaning in added:
        table.add_all(phrases, (meaning,), beside=both)
        known.update({phrase: (*known.get(phrase, ()), meaning) for phrase in phrases})
    assert len(table) == len(known)
    for phrase in {asked, *known}:
        assert table.get(phrase) == known.get(phrase)
        opening = lasting(" ".join(phrase.split(" ")[:2])) & table.wide
        assert phrase not in known or len(phrase.split(" ")) in COUNTS[table.opens[opening]]


def test_many_phrases_are_all_found() -> None:
    table: Phrases[int] = Phrases()
    table.add_all((f"en jaksa {number}" for number in range(20_000)), 7, beside=max)
    assert len(table) == 20_000
    assert all(table.get(f"en jaksa {number}") == 7 for number in range(20_000))
    assert table.get("en jaksa") is None


def test_most_phrases_without_a_meaning_are_not_looked_for() -> None:
    table: Phrases[int] = Phrases()
    table.add_all((f"{number} en jaksa" for number in range(1_000)), 7, beside=max)
    let_through = sum(table.opens[hash(f"{number} en") & table.wide] > 0 for number in range(1_000, 5_000))
    assert let_through < 0.3 * 4_000


def test_the_rules_stay_in_one_growth() -> None:
    """Many more phrases cost a second of every start; most often one list of forms is wider than was meant."""
    assert len(default().risk.matcher.phrases) < 250_000
