"""What is said in jest, in a game, at school work or of long ago stays low; a blocker cancels only what it covers."""

import pytest

from chatservice.moderation.pipeline import screen
from chatservice.moderation.verdict import Level


@pytest.mark.parametrize(
    "text",
    [
        "kuolen nauruun",
        "nälkä tappaa, milloin syödään",
        "veli löi ennätyksen uinnissa",
        "lyön vetoa et ope myöhästyy",
        "viillän leipää ja teen voikkareita",
        "historian esitelmä itsemurhapommittajista on huomenna",
        "isä hakkaa halkoja mökillä",
        "ei kukaan mua lyö",
        "sydän hakkaa ku jännittää esitelmä",
        "luovutin verta eka kertaa",
        "löin sut fifassa 5-0 hahaa",
        "moi, milloin kuraattori on paikalla?",
        "",
        "   \n",
    ],
)
def test_harmless_stays_none(text: str) -> None:
    assert screen(text).level is Level.NONE


@pytest.mark.parametrize(
    "text",
    [
        "koe meni päin helvettiä haluun kuolla lol",
        "viiltelin seiskalla, en enää",
        "en mä haluu kuolla",
    ],
)
def test_what_is_in_doubt_is_at_most_concern(text: str) -> None:
    assert screen(text).level.rank <= Level.CONCERN.rank


def test_a_resolved_past_of_somebody_else_is_none() -> None:
    assert screen("täti yritti itsemurhaa 20 vuotta sitten ja voi nyt hyvin").level is Level.NONE


def test_an_idiom_does_not_hide_what_stands_beside_it() -> None:
    verdict = screen("kuolen nauruun. ei vaan oikeesti, mä haluun kuolla")
    assert verdict.level is Level.HIGH


def test_a_negation_does_not_reach_past_the_verb_it_denies() -> None:
    assert screen("en kestä kun isä hakkaa mua").level is Level.HIGH


@pytest.mark.parametrize(
    "text",
    [
        "se lyö mua haha mut ei se mitään",
        "isä löi mua vyöllä lol",
        "my stepdad punched me in the face lol",
        "pappa sparkade mig i magen haha",
        "setä koskettelee mua alapäästä 😂",
    ],
)
def test_laughter_does_not_lower_what_is_done_to_a_person(text: str) -> None:
    assert screen(text).level.rank >= Level.HIGH.rank


@pytest.mark.parametrize("text", ["mie tapan tuon veljen jos se vielä syö miun jugurtit :D", "kuolen haha"])
def test_laughter_lowers_hyperbole(text: str) -> None:
    assert screen(text).level.rank <= Level.CONCERN.rank


def test_a_game_elsewhere_in_the_message_does_not_hide_danger() -> None:
    assert screen("Pelattiin eilen fortnitee. isä hakkaa äitiä joka viikko").level.rank >= Level.HIGH.rank


@pytest.mark.parametrize(
    "text",
    [
        "katottiin leffaa ja isä löi äitiä nyrkillä naamaan",
        "pelattiin fortnitee ja veli sai kohtauksen ja nyt se ei herää",
        "we watched a movie and my stepdad punched me in the face",
        "vi spelade fortnite och lillebror andas inte",
    ],
)
def test_a_setting_in_another_clause_does_not_hide_danger(text: str) -> None:
    assert screen(text).level.rank >= Level.HIGH.rank


@pytest.mark.parametrize(
    "text",
    [
        "leffassa tyyppi hyppäs katolta",
        "veli tappo mut fortnitessa ja nauro",
        "meidän joukkue hakkas ne 5-0",
        # What the writer tells after it is no reason why it was done.
        "katottiin se kauhuleffa missä tyyppi on lukittu kellariin ja nyt en uskalla vessaan ku on pimeetä",
    ],
)
def test_a_setting_in_the_same_clause_hides_what_it_tells(text: str) -> None:
    assert screen(text).level is Level.NONE


def test_what_is_over_for_somebody_else_leaves_what_the_writer_tells() -> None:
    text = "äiti kerto et sil oli teininä bulimia. nyt se on kunnossa. mä haluisin tappaa itteni"
    assert screen(text).level.rank >= Level.HIGH.rank


def test_a_blocker_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert screen("oisin mieluummin kuollu ku meen sinne enää. en sano tätä läpällä").level is Level.HIGH


def test_laughter_with_an_assurance_does_not_lower() -> None:
    assert screen("haha joo, ei mut oikeesti mä haluun kuolla").level is Level.HIGH


@pytest.mark.parametrize(
    "text",
    [
        "t4p4n itteni",
        "t a p a n itteni",
        "TAPAN ITTENI",
        "tapaaaan itteni",
        "tаpan itteni",
        "ta\u200bpan itteni",
        "tapanitteni",
    ],
)
def test_a_disguise_does_not_hide(text: str) -> None:
    assert screen(text).level is Level.HIGH


@pytest.mark.parametrize("text", ["en haluu ela enaa", "isa lyo mua", "aiti hakkaa mua"])
def test_missing_dots_do_not_hide(text: str) -> None:
    assert screen(text).level is Level.HIGH


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_language_is_looked_at_in_every_talk(language: str) -> None:
    for text in ("haluan kuolla", "jag vill inte leva mer", "i want to kill myself"):
        assert screen(text, language=language).level.rank >= Level.HIGH.rank
