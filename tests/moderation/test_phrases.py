"""A table of phrases that keeps no phrase: what was added is found, whatever else is in it, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from chatservice.moderation import phrases
from chatservice.moderation.phrases import Phrases
from chatservice.moderation.pipeline import default

texts = st.text("ab ", min_size=1, max_size=6)


@given(st.lists(st.tuples(texts, st.integers(0, 3))), texts)
def test_it_tells_what_a_dictionary_would(added: list[tuple[str, int]], asked: str) -> None:
    table: Phrases[int] = Phrases()
    known: dict[str, int] = {}
    for phrase, meaning in added:
        assert table.add(phrase, meaning) == known.get(phrase)
        known.setdefault(phrase, meaning)
    assert len(table) == len(known)
    assert table.get(asked) == known.get(asked)
    for phrase in known:
        table.change(phrase, 9)
        assert table.get(phrase) == 9


def test_it_grows_and_forgets_nothing() -> None:
    table: Phrases[int] = Phrases()
    many = int(phrases.ROOM * phrases.FULLEST) + 10
    for number in range(many):
        table.add(f"en jaksa {number}", number % 5)
    assert len(table) == many
    assert all(table.get(f"en jaksa {number}") == number % 5 for number in range(many))
    assert table.get("en jaksa") is None


def test_the_rules_stay_in_one_growth() -> None:
    """Twice as many phrases cost a second of every start; most often one list of forms is wider than was meant."""
    assert len(default().risk.matcher.phrases) < 250_000
