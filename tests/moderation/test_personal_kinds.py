"""Each kind of personal data is found whole, in all three languages, plain, inflected and written around."""

import pytest

from chatservice.moderation import personal

HETU = (
    "131052-308T",
    "010594Y9032",
    "150611A902X",
    "150611a902x",
    "0 1 0 2 0 3 A 1 2 3 B",
    "nolla yks nolla kaks nolla kolme a yks kaks kolme b",
    "140509 väliviiva 917Y",
    "110503 - A972 8",
    "190899+911M",
    "140509.A.917Y",
    "O2O214F9217",
    "120304A 567K",
    "01.02.2003-123A",
    "150611A902X:n",
)
PHONE = (
    "0401234567",
    "040 123 45 67",
    "+358 (0)40 123 4567",
    "00358 40 1234567",
    "09-877 1234",
    "040*123*45*67",
    "0.4.0.1.2.3.4.5.6.7",
    "040_123_4567",
    "O4O l23 4S67",
    "０４０－１２３４５６７",
    "0️⃣4️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣",
    "٠٤٠١٢٣٤٥٦٧",
    "④⓪ 123 4567 89",
    "nolla neljä nolla yks kaks kolme neljä",
    "nollaneljäkymment kakskytkolme viiskyt",
    "tuplanolla kolme viis kaheksan 1234567",
    "noll fyra noll ett två tre fyra fem",
    "noll femtio tjugotre fyrtiofem",
    "oh four oh one two three double five",
    "double five five oh one nine two",
    "nolla viisi nolla ja sit 555 01 88",
    "04o-12three4567",
    "040 ja vielä 1234567",
    "plus three five eight four zero one two three",
    "+46 70 123 45 67",
    "+372 5123 4567",
    "07700 900123",
)
EMAIL = (
    "mia.pupil@example.fi",
    "mia(at)example.com",
    "mia [at] example [dot] com",
    "mia ät gmail piste com",
    "mia piste p ät gmail piste com",
    "mia miukumauku hotmail piste com",
    "mia snabel-a gmail punkt com",
    "mia@gmail",
    "mia @ gmail . com",
    "m i a @ g m a i l . c o m",
    "mia.p@edu.espoo.fi:hin",
    "mia_p at yahoo dot co dot uk",
)
ADDRESS = (
    "Mannerheimintie 12 A 5",
    "Mannerheimintiellä 12",
    "Mannerheimintie 12:ssa",
    "hämeentie 12 b 4",
    "Leppäkujalle 4",
    "Iso Roobertinkatu 22",
    "Kustaa Vaasan tie 5",
    "Peltokuja 4 as. 2",
    "Kivikonkaari 30 C 45, 00940 Helsinki",
    "Storgatan 5 B 12",
    "Östra Hamngatan 14, 411 09 Göteborg",
    "12 Rose Lane",
    "221B Baker Street",
    "Mannerheimintie kakstoista",
    "Myllymäki 4",
)
IBAN = (
    "FI21 1234 5600 0007 85",
    "fi2112345600000785",
    "FI21-1234-5600-0007-85",
    "SE45 5000 0000 0583 9825 7466",
    "FI 21 1234 5600 0007 85",
)
CARD = ("4111 1111 1111 1111", "5500-0000-0000-0004", "3782 822463 10005")
URL = (
    "https://www.instagram.com/miam/",
    "instagram.com/miam",
    "discord.gg/aBcD123",
    "hxxps://discord[.]gg/abc",
    "discord piste gg kautta abc12",
    "https://chat.whatsapp.com/AbCdEf",
    "docs.google.com/document/d/1abc",
    "https://www.youtube.com/@miam",
    "miankissat.blogspot.com",
    "www piste miam piste fi",
)
KINDS = {"hetu": HETU, "phone": PHONE, "email": EMAIL, "address": ADDRESS, "iban": IBAN, "card": CARD, "url": URL}
CASES = [(kind, written) for kind, forms in KINDS.items() for written in forms]


def covered(text: str, piece: str) -> bool:
    """Tell whether no sign of the piece is left outside of the spans found."""
    start = text.index(piece)
    places = {place for span in personal.find(text) for place in range(span.start, span.end)}
    return all(place in places for place in range(start, start + len(piece)) if not text[place].isspace())


@pytest.mark.parametrize(("kind", "written"), CASES)
def test_what_tells_who_somebody_is_is_found_whole(kind: str, written: str) -> None:
    assert covered(written, written)
    assert kind in {span.kind for span in personal.find(written)}


@pytest.mark.parametrize(("kind", "written"), CASES)
@pytest.mark.parametrize("frame", ["moi, {} kiitos", "😭 det är {} typ", "please, {} ok?"])
def test_it_is_found_inside_a_sentence(kind: str, written: str, frame: str) -> None:
    text = frame.format(written)
    assert covered(text, written)


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("snäp: miam08", "miam08"),
        ("mun snäppi on miamaria", "miamaria"),
        ("mun snäpissä oon mia_m", "mia_m"),
        ("lisää insta @mia.m", "@mia.m"),
        ("löydät mut instasta nimellä hevostytsy", "hevostytsy"),
        ("löydät mut mia_09 snäpistä", "mia_09"),
        ("lägg till mig på snap: mia.k", "mia.k"),
        ("min snap är miak07", "miak07"),
        ("följ mig på insta miakk", "miakk"),
        ("my insta is mia.bee", "mia.bee"),
        ("im miabee on tiktok", "miabee"),
        ("dc: pelaaja#1234", "pelaaja#1234"),
        ("steamissa nimellä DarkMia666", "DarkMia666"),
        ("lisää snäpissä: m i a m a r i", "m i a m a r i"),
        ("kik: jokumia", "jokumia"),
    ],
)
def test_handles_are_found_behind_and_before_their_platform(text: str, handle: str) -> None:
    assert covered(text, handle)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kivimaan koulun 7B", "Kivimaan koulun 7B"),
        ("oon Lauttasaaren ala-asteella 4 c", "Lauttasaaren ala-asteella 4 c"),
        ("går på åttan i Topeliusskolan 8A", "Topeliusskolan 8A"),
        ("Jag går i Vasa övningsskola, klass 7C", "Vasa övningsskola, klass 7C"),
        ("I'm in 9C at Ressu", "9C at Ressu"),
        ("kivimaan koulun 7b:llä", "kivimaan koulun 7b:llä"),
        ("Porolahden yläasteen kasilla", "Porolahden yläasteen kasilla"),
        ("year 9 at Helsinki International School", "Helsinki International School"),
        ("mun luokka on 5B ja käyn Kuusiston koulua", "5B"),
        ("käyn vitosta Rauhalan koulussa", "vitosta Rauhalan koulussa"),
        ("siis mä oon koivuniemen koulusta kutosluokalta", "koivuniemen koulusta kutosluokalta"),
        ("my class is 8D, school Maunula", "Maunula"),
        ("mun luokka on 5B ja käyn Kuusiston koulua", "Kuusiston koulua"),
    ],
)
def test_a_school_with_its_class_is_found(text: str, place: str) -> None:
    assert covered(text, place)


@pytest.mark.parametrize(
    "text", ["i live at 12 Mannerheimintie", "she lives at 8 storgatan b 4", "address: 4b hämeenkatu"]
)
def test_a_street_of_ours_is_found_behind_its_number(text: str) -> None:
    assert covered(text, text[text.index(next(filter(str.isdigit, text))) :])


@pytest.mark.parametrize("text", ["we met at 7 kilometers", "live at 9 tonight", "turn right at 4 valtatie"])
def test_a_number_and_a_word_are_no_street(text: str) -> None:
    assert not personal.find(text)
