"""Whoever a sentence names stays its doer until another is named; "mut" is "me" where it cannot be "but"."""

import pytest

from chatservice.moderation.pipeline import screen
from chatservice.moderation.verdict import Level


@pytest.mark.parametrize(
    "text",
    [
        "mun tyttöystävä raapii ja lyö ku se suuttuu",
        "poikaystävä ei anna mun nähdä kavereita ja löi ku menin silti",
        "mut on suljettu varastoon, kuulen niiden naurun",
        "isä löi mut sairaalaan",
    ],
)
def test_the_doer_is_carried(text: str) -> None:
    assert screen(text).level.rank >= Level.HIGH.rank


@pytest.mark.parametrize("text", ["veli pelaa ja mä löin ennätyksen", "äiti soitti. ne hakkas meidät sählyssä 5-1"])
def test_nobody_is_carried_where_another_acts(text: str) -> None:
    assert screen(text).level is Level.NONE
