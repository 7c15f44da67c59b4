"""A misspelt word is found by one slip of the finger or by its stars, and nothing else is."""

import pytest

from chatservice.moderation.repairs import Slips, Starred, deletions

WORDS = sorted({"viiltely", "viiltelen", "hakkaavat", "hakkaavan", "tappanut", "viiltelyä"})


def test_a_slip_is_found_as_if_every_form_were_written_out() -> None:
    slips = Slips(WORDS)
    written: dict[str, str] = {}
    for word in WORDS:
        for form in deletions(word):
            written.setdefault(form, word)
    asked = {*written, *WORDS, *(shorter for form in written for shorter in deletions(form)), "", "aurinko"}
    assert {form: slips.get(form) for form in asked} == {form: written.get(form) for form in asked}


def test_no_words_have_no_slips() -> None:
    assert Slips([]).get("viiltely") is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("v*ttu", "vittu"),
        ("v*tt*", "vittu"),
        ("pa*ka", "paska"),
        ("pa*a", "paska"),
        ("*ittu", None),
        ("v***u", None),
        ("vittu", None),
        ("ku*ka", None),
    ],
)
def test_stars_stand_for_one_or_two_letters_behind_the_first(written: str, meant: str | None) -> None:
    assert Starred(["vittu", "paska", "paskat"]).meant(written) == meant
