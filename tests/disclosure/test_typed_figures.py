"""Figures that people type are found in digits and in words; what is no figure may stand."""

import pytest

from chatservice.disclosure.typed_figures import typed
from chatservice.reports.words import LANGUAGES, entry, keys


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 oppilasta Kylän koulusta", "2"),
        ("kaksi oppilasta Kylän koulusta", "kaksi"),
        ("Kahdella oli sama huoli.", "Kahdella"),
        ("kaksitoista yhteydenottoa", "kaksitoista"),
        ("kolmekymmentäviisi", "kolmekymmentäviisi"),
        ("neljässä keskustelussa", "neljässä"),
        ("Vain yksi oppilas kirjoitti", "yksi oppilas"),
        ("pari nuorta", "pari nuorta"),
        ("två elever i byskolan", "två"),
        ("en enda elev", "en enda elev"),
        ("tjugofem kontakter", "tjugofem"),
        ("sex elever", "sex elever"),
        ("two pupils of the village school", "two"),
        ("only one child wrote", "only one child"),
        ("twenty-two talks", "twenty"),
        ("٣ oppilasta", "٣"),
        ("½ luokasta", "½"),
        ("n. 35 %", "35"),
    ],
)
def test_a_typed_figure_is_found(text: str, found: str) -> None:
    assert typed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Syyskuu oli vilkas.",
        "Lukuvuosi 2026–2027 alkoi 12.8. ja chat oli auki klo 14:00.",
        "Hädässä soita 112 tai 116 111.",
        "Keksitty aineisto esittelyä varten: luvut eivät kerro kenestäkään.",
        "Yhdessä koulujen kanssa.",
        "Kahvila oli auki, toinen tiedote tulee keväällä.",
        "Sex och relationer var ett vanligt ämne; en del skrev på kvällen.",
        "One of the most common topics was loneliness.",
    ],
)
def test_what_is_no_figure_may_stand(text: str) -> None:
    assert typed(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Th 14:00-20:00; PH off",
        "ma-to 14-20",
        "ma–to klo 14–20, pe 12.30–15\nsyysloma 19.10.–23.10.2026 kiinni",
        "mån–tors 14–20; vecka 43 stängt",
        "Mo-Fr 14:00-16:00; 2026 Oct 19-2026 Oct 23 off",
    ],
)
def test_opening_hours_have_times_and_dates(text: str) -> None:
    assert typed(text, hours=True) == ""


@pytest.mark.parametrize("text", ["2 oppilasta Kylän koulusta", "ma-to 14-20, yhteensä 317 kertaa", "kolme kertaa"])
def test_opening_hours_have_no_other_figure(text: str) -> None:
    assert typed(text, hours=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_houses_own_sentences_pass(language: str) -> None:
    for key in keys():
        if key.startswith("bulletin."):
            assert typed(entry(key)[language]) == "", key
