"""Rows of slots are kept as heads and tails, and mean what every combination written out would mean."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.moderation.matching import Entry, Matcher
from chatservice.moderation.risk.forms import slots
from chatservice.moderation.risk.forms.speech import AS_READ, spoken

words = st.sampled_from(["", "slå", "sla", "mig", "på mig", "inte", "ja"])
rows = st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=4)
texts = st.lists(st.sampled_from(["slå", "sla", "mig", "på", "pa", "inte", "ja", "okänd"]), max_size=8)


def phrases(row: slots.Row) -> set[str]:
    return {f"{head} {tail}" for head in row.heads for tail in row.tails} | set(row.alone)


def matcher_of(written: list[str], halves: list[slots.Row]) -> Matcher:
    matcher = Matcher()
    matcher.add_all(["ja sla", "pa*", *written], Entry(1, "sv"))
    for row in halves:
        matcher.add_halves(row.heads, row.tails, Entry(1, "sv"))
    matcher.close()
    return matcher


@given(rows)
def test_a_row_in_halves_is_every_combination(written: list[list[str]]) -> None:
    every = {" ".join(filter(None, chosen)) for chosen in product(*written)}
    row = slots.halved(written)
    assert phrases(row) == every or phrases(row) == every - {""}
    assert len(row.heads) + len(row.tails) + len(row.alone) <= len(every) + sum(map(len, written))


@given(rows, texts)
def test_halves_are_found_as_phrases_written_out_are(written: list[list[str]], text: list[str]) -> None:
    row = slots.halved(written)
    alone = list(filter(None, row.alone))
    whole = matcher_of(list(filter(None, phrases(row))), [])
    halved = matcher_of(alone, [row] if row.heads else [])
    assert halved.table.keys() == whole.table.keys()
    assert sorted(halved.hits(text)) == sorted(whole.hits(text))
    assert [hit[2] for hit in halved.hits(text)] == [hit[2] for hit in whole.hits(text)]


def test_what_two_rows_and_a_phrase_say_is_found_once() -> None:
    matcher = Matcher()
    matcher.add("han slår mig", Entry(3, "sv"))
    for _ in range(2):
        matcher.add_halves(["han", "hon"], ["slår mig", "mig"], Entry(3, "sv"))
    matcher.close()
    assert matcher.hits(["han", "slår", "mig"]) == [(3, 0, 2, "")]
    assert matcher.hits(["hon", "slar", "mig"]) == [(3, 0, 2, "folded")]
    assert matcher.hits(["hon", "okänd", "slår", "mig"]) == []


def test_only_what_is_read_otherwise_is_written_out() -> None:
    row = slots.Row(["orkar", "orkar int"], ["mer", "mej"], [])
    assert set(slots.holding(row, {"int", "mej"})) == {"orkar mej", "orkar int mer", "orkar int mej"}
    read, rows = spoken("sv", [], [row])
    assert {"orkar mig", "orkar inte mer", "orkar inte mig"} <= read.union(*map(phrases, rows))
    assert spoken("fi", [], [row]) == (set(), [])


SPEECH = "kan tänker jag ja inte int om att å o me de e na he va på typ ju no slår han mej dö leva svårt som"
speech = st.sampled_from(SPEECH.split())
halves = st.lists(st.lists(speech, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5, unique=True)


@settings(max_examples=400)
@given(halves, halves)
def test_halves_are_read_as_the_phrases_they_make(heads: list[str], tails: list[str]) -> None:
    row = slots.Row(heads, tails, [])
    as_read, changed = AS_READ["sv"]
    read, rows = spoken("sv", [], [row])
    written = phrases(row)
    assert read.union(*map(phrases, rows)) | written == {*map(as_read, slots.holding(row, changed)), *written} - {""}
