"""Codes, addresses and names as people say them: in words, letter by letter, with talk and signs between."""

import pytest

from chatservice.moderation import personal

CODES = (
    "nolla kolme nolla neljä yks nolla aa yheksän yks kaks viis",
    "150907 miinus kakssataakolkytyks kutonen",
    "nollakolme nollaneljä kymmenen, aa, yheksän kakstoista ja sit koo",
    "noll tre noll fyra tio A nio tolv fem",
    "051108 bindestreck 417 L",
    "260512 dash eight oh eight Y",
    "280611 väliviiva yheksän nolla neljä kaksoisvee",
    "kolmas neljättä kaksituhattakymmenen, aa, yheksän yks kaks, viis",
    "140.206A926.4",
)
APART = (
    ("synt 3.4.2010 ja loppu 912K", ("3.4.2010", "912K")),
    ("oon syntyny 17.12.99. Loppuosa on 345A jos tartte", ("17.12.99", "345A")),
    ("född 030410, sista fyra är 912K", ("030410", "912K")),
    ("henkilötunnukseni alkaa 310799 ja viivan jälkeen 1224", ("310799", "1224")),
    ("född 12.6.2010, resten är A950T", ("12.6.2010", "A950T")),
    (
        "synnyin kahdestoista kuudetta kakstuhatta kymmenen, loppuosa yheksän viis nolla tee",
        ("kahdestoista", "viis nolla"),
    ),
    ("synnyin 3. huhtikuuta 2010, tunnus päättyy A9125", ("3. huhtikuuta 2010", "A9125")),
)
WHOLE = (
    "ella n 05 ät g mail piste com",
    "mirri.koo gmailista",
    "ronja.k ‹at› icloud.com",
    "sara.sofia, snabel-a, gmail, punkt, com",
    "nolla neljä nolla niin ku siis viis viis kolme kaks yks seiska nolla",
    "äf ii kakskytyks 1234 5600 0007 85",
    "www kiusaajat piste blogspot piste com",
    "Satakielenkaari viis bee",
    "PL 45, 00101 Helsinki",
    "Elis af Hällström",
    "paha_poika_98",
    "n.u.o.s.k.u12",
)
OWN_NAMES = (
    ("snäpissä oon pilvipoika", "pilvipoika"),
    ("löydyn discost nimellä torakka", "torakka"),
    ("käyttis wilmassa on aallotar12", "aallotar12"),
    ("käyttäjänimi metsanpeikko jodelissa", "metsanpeikko"),
)
CLASSES = (
    ("oon kutosel Lintumetsän koulus", ("kutosel", "Lintumetsän koulus")),
    ("käyn Otaniemen lukiossa, abi", ("Otaniemen lukiossa", "abi")),
    ("Perttulan koulu 4.lk", ("Perttulan koulu", "4.lk")),
    ("jag går i åttan i Winellska", ("åttan i Winellska",)),
    ("Omnia, ryhmä 22ravi", ("Omnia", "22ravi")),
    ("käyn Kulosaaren yhteiskoulua, oon 1.vuosi", ("Kulosaaren", "1.vuosi")),
    ("mun luokka 7 C, koulu Meri-Rastila", ("7 C", "Meri-Rastila")),
)


def left(text: str) -> str:
    """Return what is shown of a text once its personal data are masked."""
    return personal.mask(text, personal.find(text))


@pytest.mark.parametrize("code", CODES)
def test_an_identity_code_that_is_said_is_masked_whole(code: str) -> None:
    assert left(f"mun hetu on {code}") == "mun hetu on [henkilötunnus]"


@pytest.mark.parametrize(("text", "pieces"), [*APART, *CLASSES, *((text, (name,)) for text, name in OWN_NAMES)])
def test_parts_that_stand_apart_are_masked(text: str, pieces: tuple[str, ...]) -> None:
    assert not [piece for piece in pieces if piece in left(text)]


@pytest.mark.parametrize("written", WHOLE)
def test_what_is_written_around_is_masked_whole(written: str) -> None:
    assert personal.find(written)
    assert not any(sign.isalnum() for sign in personal.mask(written, personal.find(written), language=""))


@pytest.mark.parametrize(
    "text",
    [
        "snäpissä oon aika hauska",
        "instassa oon yksin",
        "Nollalinja 080 005 005 ei vastannu",
        "synnyin 2010 ja sit 100 e meni hukkaan",
        "kahdeksas toukokuuta oli 15 astetta ja me istuttiin 3 tuntia",
        "kolmas ja neljäs tunti oli matikkaa, sain 8 ja 9",
        "katsottiin Antti_Tuisku.mp4 ja kuva_1.jpg",
    ],
)
def test_figures_and_words_of_nobody_stay(text: str) -> None:
    assert left(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Outi Ruusuvirta tietää jo", "[nimi] tietää jo"),
        ("Minna Canthin talossa", "Minna Canthin talossa"),
        ("oon kotoisin Oulusta", "oon kotoisin Oulusta"),
        ("kuuntelen Billie Eilishiä", "kuuntelen Billie Eilishiä"),
        ("Wilma von Essen retar mig", "[nimi] retar mig"),
        ("nimimerkki on sysimusta ja se uhkaa", "nimimerkki on [käyttäjänimi] ja se uhkaa"),
        ("dc villasukka jos haluut jutella", "dc [käyttäjänimi] jos haluut jutella"),
    ],
)
def test_names_end_where_another_word_begins(text: str, shown: str) -> None:
    assert left(text) == shown


@pytest.mark.parametrize(
    "said",
    [
        "viistoista kahdeksan nolla kolme aa kakssataaneljätoista tee",
        "fyra tio noll sju, A, etthundratjugotre D",
        "kakskyt kaks kaheksan yheksän miinus kolme kolme kolme pee",
    ],
)
def test_a_day_of_birth_may_be_said_as_numbers_are(said: str) -> None:
    assert not any(sign.isalnum() for sign in personal.mask(said, personal.find(said), language=""))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nimimerkki on pakollinen siellä", "nimimerkki on pakollinen siellä"),
        ("käyn Espoossa terapiassa, 2 kertaa viikossa", "käyn Espoossa terapiassa, 2 kertaa viikossa"),
        ("goes to London every summer, grade 8 now", "goes to London every summer, grade 8 now"),
        ("twitchis striimaan nimellä norsupelaa", "twitchis striimaan nimellä [käyttäjänimi]"),
        ("asun Tähtiniityntie yks kolme as viis", "asun [osoite]"),
    ],
)
def test_what_stands_some_words_behind_is_told_apart(text: str, shown: str) -> None:
    assert left(text) == shown
