"""Who cannot bear it writes "kuollla": letters that run on are read as the word, whatever patterns the letters fit."""

import pytest

from chatservice.moderation.pipeline import screen
from chatservice.moderation.verdict import Level


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "haluan kuollla"),
        ("fi", "haluun kuollaa"),
        ("fi", "haluaaaan kuollllaaaa en kestä"),
        ("fi", "en haluu elääää enää"),
        ("fi", "isä hakkkaaa mua"),
        ("fi", "tapaaan itseni tänään"),
        ("fi", "se raiskasss mut"),
        ("fi", "iskä kuristiiii mua"),
        ("sv", "jag vill döööö"),
        ("sv", "pappa slåååår mig"),
        ("sv", "han våldtogggg mig"),
        ("sv", "ja ska ta livet av mejjj"),
        ("en", "i want to dieeee"),
        ("en", "dad beats meeeee"),
        ("en", "i cuttt myself"),
        ("en", "i took all the pillsss"),
    ],
)
def test_a_cry_is_heard(language: str, text: str) -> None:
    assert screen(text, language=language).level.rank >= Level.HIGH.rank
