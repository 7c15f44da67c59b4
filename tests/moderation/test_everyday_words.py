"""A word of everyday Finnish stays what it is: no slip, ending or missing dots make a word of harm of it."""

import pytest

from chatservice.moderation.pipeline import default, screen
from chatservice.moderation.spoken import book_forms
from chatservice.moderation.verdict import Level

ORDINARY = [
    "katsoin sarjaa koko illan",
    "kuorittiin perunat ja syötiin",
    "koristelin kuusen siskon kanssa",
    "haaveilen omasta koirasta",
    "kaverit ei halua pelata mun kanssa",
    "sen tarina oli tosi pitka",
    "me tapaisimme huomenna koulun pihalla",
    "viime vuosi oli kiva",
    "puhuisin mieluummin naiselle",
    "jalkapallossa mua potkaistiin nilkkaan ja nyt en voi pelata",
    "hypättiin laiturilta koko ilta, vesi oli lämmintä",
    "montako särkylääkettä saa ottaa flunssaan?",
    "en ole koskaan käyttänyt huumeita",
    "vedin överit karkista",
    "meillä on huomenna ea-koe, mitä tehdään jos joku on tajuton?",
]
DANGER = ["mua pelottaa, iskä otti mua kurkusta", "pelkaan et se lyo mua taas", "enjaksaelää enää"]


@pytest.mark.parametrize("text", ORDINARY)
def test_everyday_talk_raises_nothing(text: str) -> None:
    assert screen(text).level is Level.NONE


@pytest.mark.parametrize("text", DANGER)
def test_words_of_harm_are_still_found(text: str) -> None:
    assert screen(text).level.rank >= Level.CONCERN.rank


@pytest.mark.parametrize("word", ["katsoin", "opettaa", "syyttivät", "kuulemassa", "puhuisin", "naiseksi", "haistaa"])
def test_a_real_word_is_no_slip_of_another(word: str) -> None:
    assert word in default().risk.matcher.table or default().risk.repairer.repaired(word) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("isän kanssa tapaaminen on aina huomenna", "fi"),
        ("mun raskas reppu hajosi", "fi"),
        ("palaveri opettajan kanssa meni hyvin", "fi"),
        ("siinä haastattelussa toimittajan kysymykset oli outoja", "fi"),
        ("frånvaron fylls i av vårdnadshavaren", "sv"),
        ("jag skådar fåglar med pappa", "sv"),
        ("my uncle is the nicest", "en"),
        ("he was rapping about me", "en"),
        ("dad signed the form", "en"),
    ],
)
def test_no_slip_or_lost_space_makes_harm_of_a_real_word(text: str, language: str) -> None:
    assert screen(text, language=language).level is Level.NONE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("isä hkakaa mua", "fi"),
        ("äiti lyömua", "fi"),
        ("mun broidi pottkii mua", "fi"),
        ("poikaystävä hakkaamut", "fi"),
        ("morasn slår mig", "sv"),
        ("pappa slårmig", "sv"),
        ("my boyffriend hits me", "en"),
        ("my mum puncehs me", "en"),
    ],
)
def test_a_stumble_or_a_lost_space_hides_no_blow(text: str, language: str) -> None:
    assert screen(text, language=language).level.rank >= Level.CONCERN.rank


def test_a_spoken_ending_follows_the_vowels_of_its_word() -> None:
    assert "pitkiä" in book_forms("pitkii")
    assert [*book_forms("kotis")][:2] == ["kotissa", "kotissä"]
    assert next(book_forms("metsäs")) == "metsässä"
