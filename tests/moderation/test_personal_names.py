"""First and last name together are found in any order and case form; one of them alone is not."""

import pytest

from chatservice.moderation import personal
from chatservice.moderation.personal.inflection import bases

FULL = (
    "Maija Virtanen",
    "Virtanen Maija",
    "Virtasen Maijalle",
    "Mikko Lahtisen",
    "Kalle Mäkisellä",
    "Liisa Niemelle",
    "Veera Mäenpään",
    "Aleksi Lammen",
    "Tuomas Rinteen",
    "Elsa Lindström",
    "Elsa Lindströms",
    "Emily Carter",
    "Anna-Liisa Mäki-Petäjä",
    "Daniel O'Connor",
    "Sanna Kristiina Leppäsen",
    "Mohamed Ali Hassan",
    "Fadumo Abdi",
    "Hussein Al-Jabouri",
    "Anastasia Petrova",
    "Oleksandr Kovalenkolle",
    "Nguyen Thi Lan",
    "Kristjan Tamm",
    "Rojin Demir",
    "maija virtanen",
    "ville heikkisen",
    "VILLE HEIKKINEN",
    "Aino V. Korhonen",
    "Linus af Björksten",
)


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in personal.find(text) if span.kind == "name"]


@pytest.mark.parametrize("name", FULL)
def test_both_names_together_are_found(name: str) -> None:
    assert names(name) == [name]


@pytest.mark.parametrize("name", FULL)
def test_they_are_found_inside_a_sentence(name: str) -> None:
    assert names(f"mua kiusaa {name} koko ajan")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mun nimi on lumi haukiranta", "lumi haukiranta"),
        ("jag heter amir hosseini", "amir hosseini"),
        ("my name is sarah jones", "sarah jones"),
        ("mun kaveri Nuppuliina Tuntematonsaari lyö", "Nuppuliina Tuntematonsaari"),
        ("hans namn är Xander Qwist", "Xander Qwist"),
        ("terveisin Kaneli Virtanen", "Kaneli Virtanen"),
    ],
)
def test_a_cue_makes_a_rare_or_small_name_sure(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Maija on mun kaveri",
        "Eilen Maija itki",
        "Moi Petri",
        "Ope Korhonen",
        "olen emma ja asun turussa",
        "mun nimi on tyhmä",
        "jag är trött o ledsen",
        "Minna Canthin koulu on iso",
        "Harry Potter",
        "New York on kaunis",
        "Tiedän Että Kukaan Ei Välitä Musta",
        "I Dont Want To Live",
        "EN JAKSA ENÄÄ",
        "Hyvää Joulua kaikille",
        "emma onnellinen",
        "Äiti ja Isä riitelee",
        "Me mentiin Lidliin Maijan kanssa",
        "på fredag ska Anna komma",
    ],
)
def test_one_name_alone_and_other_capitals_are_left(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("virtaselle", "virtanen"),
        ("virtasta", "virtanen"),
        ("mäen", "mäki"),
        ("lammen", "lampi"),
        ("järvellä", "järvi"),
        ("lahden", "lahti"),
        ("tuomaalla", "tuomas"),
        ("markuksen", "markus"),
        ("rinteen", "rinne"),
        ("laineelta", "laine"),
        ("ahmedin", "ahmed"),
        ("mikon", "mikko"),
        ("pekalle", "pekka"),
        ("kankaan", "kangas"),
        ("virran", "virta"),
        ("rannan", "ranta"),
        ("lindströms", "lindström"),
    ],
)
def test_case_forms_lead_back_to_the_name(form: str, name: str) -> None:
    assert name in bases(form)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kaverin Maija Virtanen lyö", "Maija Virtanen"),
        ("Poikani Ahti Kalevanpoika Linnavirta", "Ahti Kalevanpoika Linnavirta"),
        ("se on maijavirtanen", "maijavirtanen"),
        ("nimi on m a i j a v i r t a n e n", "m a i j a v i r t a n e n"),
        ("min lärare tove sandell", "tove sandell"),
    ],
)
def test_the_whole_name_is_covered(text: str, name: str) -> None:
    assert names(text) == [name]


def test_words_of_a_text_do_not_outlive_it() -> None:
    personal.find("Maija Virtaselle")
    assert bases.cache_info().currsize == 0


@pytest.mark.parametrize("text", ["laakkosen minttu juoruaa", "se oli nieminen aada", "Laakkosen Minttu juoruaa"])
def test_a_surname_may_stand_first_however_small(text: str) -> None:
    assert [span.kind for span in personal.find(text)] == ["name"]


@pytest.mark.parametrize(
    "text", ["toisen minttu on kaveri", "oon vitun saasta", "meidän suku on päättänyt niin", "isän ella"]
)
def test_no_name_is_read_into_words_of_home(text: str) -> None:
    assert not personal.find(text)
