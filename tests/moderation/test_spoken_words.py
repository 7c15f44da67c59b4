"""Spoken Finnish endings and dialects are read as the written words the rules know; other languages are not."""

import pytest

from chatservice.moderation.pipeline import screen
from chatservice.moderation.spoken import book_forms


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("elos", "elossa"),
        ("sillal", "sillalla"),
        ("koulust", "koulusta"),
        ("tappamaa", "tappamaan"),
        ("tekkee", "tekee"),
        ("silimä", "silmä"),
        ("tyttöö", "tyttöä"),
        ("äitiki", "äiti"),
        ("ranteeni", "ranteen"),
    ],
)
def test_gives_the_written_form(spoken: str, written: str) -> None:
    assert written in list(book_forms(spoken))


def test_hears_a_dialect_without_its_own_words() -> None:
    assert screen("mie en ennää tahtos ellää").level == "high"


def test_leaves_other_languages_alone() -> None:
    assert screen("he eats his peas and sits on the bus", language="en").level == "none"
