"""A bulletin has three figures with two sentences each; people edit the words, never the figures."""

import pytest

from chatservice.reports.bulletin import LANGUAGES, Bulletin, edited, plain, propose
from chatservice.reports.errors import Altered, BadBulletin
from chatservice.reports.labels import mark
from chatservice.reports.snapshot import digest
from tests.reports.invented import county, town

NAMES = ("contacts", "tests", "doors")
TITLES = {"fi": "Syksy chatissa", "sv": "Hösten i chatten"}
OWN = {
    "fi": ("Meille kirjoitettiin: {figure}.", "Kiitos luottamuksesta vuonna 2026."),
    "sv": ("Ni skrev till oss: {figure}.", "Tack för förtroendet."),
}


def own_words(**changes: tuple[str, str]) -> dict[str, dict[str, tuple[str, str]]]:
    """Return sentences of people's own for every figure, the Finnish ones of the first changed."""
    sentences = {name: dict(OWN) for name in NAMES}
    if changes:
        sentences["contacts"] = {**OWN, **changes}
    return sentences


def test_a_bulletin_is_proposed_from_the_snapshot() -> None:
    bulletin = propose(county("autumn"))
    assert len(bulletin.items) == 3
    for language in LANGUAGES:
        text = plain(bulletin, language)
        assert mark("1310", language) in text
        assert "<" not in text
        assert text.count("\n\n") == 5


def test_a_small_town_has_a_bulletin_without_shares() -> None:
    text = plain(propose(town(), names=("contacts", "answered", "tests")), "fi")
    assert "%" not in text
    assert "20" in text
    assert "130" in text


def test_what_is_small_is_told_as_small() -> None:
    text = plain(propose(town(), names=("contacts", "feedback", "parents")), "sv")
    assert "under 5" in text


def test_people_change_the_words_and_the_figures_stay() -> None:
    bulletin = edited(county("autumn"), names=NAMES, titles=TITLES, sentences=own_words())
    assert plain(bulletin, "fi").startswith("Syksy chatissa")
    assert f"Meille kirjoitettiin: {mark('1310', 'fi')}." in plain(bulletin, "fi")
    assert bulletin.identity == county("autumn")["hash"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Yhteydenottoja oli 1312.",
        "Yhteydenottoja oli {figure}, joista 3 pahoja.",
        "<b>Hei</b>",
        "{secret}",
        "{figure",
        "",
        " ",
        "x" * 241,
        "{figure.__class__}",
    ],
)
def test_a_sentence_that_cannot_be_published_is_refused(sentence: str) -> None:
    with pytest.raises(BadBulletin):
        edited(county("autumn"), names=NAMES, titles=TITLES, sentences=own_words(fi=(sentence, "Kiitos.")))


@pytest.mark.parametrize(
    "sentence", ["Chat on auki ma–to 16–18.", "Uusi kausi alkaa 7.1.2027 klo 16.", "Lukuvuosi 2026–2027 oli vilkas."]
)
def test_days_and_hours_may_be_told(sentence: str) -> None:
    bulletin = edited(county("autumn"), names=NAMES, titles=TITLES, sentences=own_words(fi=(sentence, "Kiitos.")))
    assert sentence in plain(bulletin, "fi")


def test_both_languages_are_needed() -> None:
    with pytest.raises(BadBulletin):
        edited(county("autumn"), names=NAMES, titles={"fi": "Syksy"}, sentences=own_words())
    lacking = {**own_words(), "tests": {"fi": OWN["fi"]}}
    with pytest.raises(BadBulletin, match="sv"):
        edited(county("autumn"), names=NAMES, titles=TITLES, sentences=lacking)


@pytest.mark.parametrize("names", [("contacts",), ("contacts", "contacts", "tests"), ("contacts", "tests", "schools")])
def test_three_different_figures_are_needed(names: tuple[str, ...]) -> None:
    with pytest.raises(BadBulletin):
        propose(county("autumn"), names=names)


def test_a_bulletin_of_a_changed_snapshot_is_refused() -> None:
    with pytest.raises(Altered):
        propose({**county("autumn"), "area": "muu"})


@pytest.mark.parametrize("names", [("contacts", "answered", "top_topic"), ("tests", "doors", "feedback")])
@pytest.mark.parametrize("stored", [county("autumn"), town()], ids=["county", "town"])
def test_the_rooms_own_sentences_can_be_saved_as_they_are(stored: dict[str, object], names: tuple[str, ...]) -> None:
    proposed: Bulletin = propose(stored, names=names)
    sentences = {item.name: item.sentences for item in proposed.items}
    again = edited(stored, names=names, titles=proposed.title, sentences=sentences)
    assert plain(again, "sv") == plain(proposed, "sv")


def test_a_figure_that_the_report_has_not_is_refused() -> None:
    stored = {**county("autumn")}
    stored["tables"] = [table for table in stored["tables"] if table["measure"] != "tests"]
    stored["hash"] = digest(stored)
    with pytest.raises(BadBulletin) as refused:
        propose(stored, names=NAMES)
    assert refused.value.code == "absent"
    stored["tables"] = [table for table in stored["tables"] if table["measure"] == "unmet"]
    stored["hash"] = digest(stored)
    with pytest.raises(BadBulletin):
        propose(stored)
