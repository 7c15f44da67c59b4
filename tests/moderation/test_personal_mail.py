"""E-mail addresses as young people and parents type them, and what only looks like one."""

import pytest

from chatservice.moderation import personal

WHOLE = (
    "santtu\nät\ngmail\npiste\ncom",
    "anton.ek@\nskola.pargas.fi",
    "rоope@gmаil.com",
    'linnunpoika"at"gmail.com',
    "linnunpoika -at- gmail -dot- com",
    "linnunpoika ät merkki gmail piste com",
    "hämähäkki kolme viis ät gmail piste com",
    "vesihiisi kakskyt ät gmail piste com",
    "taivaan alaviiva ranta nolla seiska ät gmail piste com",
    "kirsi lehtovirta at gmail.com",
    "filip nyby at gmail com",
    "e m m i . b snabel-a g m a i l punkt com",
    "thandi•okoro@gmail•com",
    "thandi.okoro arroba gmail punto com",
    "pixelotter9 at gmail period com",
    "pixelotter9@gmail.comm",
    "timi.k@@gmail.com",
    "kirppu89 at gmail",
    "vesihiisi20 miuku gmail piste com",
    "senjarantamo ät gee mail piste com",
    "owlbear seventy seven at gmail dot com",
    "owlbear77 at the rate gmail dot com",
)
APART = (
    ("alkuosa on villasukka44 ja loppu gmail com", "villasukka44"),
    ("meilin alkuosa ronja.talvi ja perässä tavallinen gmail piste com", "ronja.talvi"),
    ("mejlen slutar på gmail.com och börjar på elvira77", "elvira77"),
    ("the first bit is jakeymoon42 then gmail.com", "jakeymoon42"),
)
CLEAN = (
    "it happened at school. com on guys help",
    "she looked at me. com on",
    "i looked at outlook and there was nothing",
    "he is mad at yahoo",
    "i@home is what my brother calls his room",
    "miks gmail com ei aukee koulun koneella",
    "kirja alkaa tylsästi ja gmail on tylsä",
    "filmen börjar bra men slutar dåligt",
    "me @ school rn",
    "mä @ matikan tunti",
    "@everyone mä oon täällä",
    "mun email on liian nolo",
    "en muista mun gmailin osotetta",
    "luin gmail com sivulta jotain",
    "käyttäjänimi varattu instassa",
)


@pytest.mark.parametrize("text", WHOLE)
def test_finds_an_address_however_its_signs_are_written(text: str) -> None:
    """The whole of it is one span, so that no part stays readable."""
    assert [(text[span.start : span.end], span.kind) for span in personal.find(text)] == [(text, "email")]


@pytest.mark.parametrize(("text", "box"), APART)
def test_finds_a_mailbox_told_apart_from_its_domain(text: str, box: str) -> None:
    """The provider may stay, the person's part may not."""
    assert (box, "email") in [(text[span.start : span.end], span.kind) for span in personal.find(text)]


@pytest.mark.parametrize("text", CLEAN)
def test_leaves_places_and_providers_alone(text: str) -> None:
    """A spoken at-sign is a word too, and a provider is nobody."""
    assert personal.find(text) == ()
