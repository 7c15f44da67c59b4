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


def test_a_spoken_ending_follows_the_vowels_of_its_word() -> None:
    assert "pitkiä" in book_forms("pitkii")
    assert [*book_forms("kotis")][:2] == ["kotissa", "kotissä"]
    assert next(book_forms("metsäs")) == "metsässä"
