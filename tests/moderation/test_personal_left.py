"""What is nobody's own stays readable: days, times, scores, prices, sums, services, platforms, other scripts."""

import pytest

from chatservice.moderation import personal

NUMBERS = (
    "kello on 12.30 ja mulla on koe 15.5.2024",
    "olen 14 v ja 165 cm ja 50 kg",
    "peli päättyi 21-15, 18-21, 15-10",
    "vuosina 2019-2023",
    "12.3.2024 klo 8.00-15.30",
    "5.-9.6.2023 leiri",
    "isbn 978-951-0-12345-6",
    "maksoi 1 250 000 euroa",
    "12345678 katselukertaa",
    "pii on 3,14159265358979",
    "laske 12345678 + 87654321",
    "345 * 234 = 80730",
    "4, 8, 15, 16, 23, 42, 7",
    "1 2 3 4 5 6 7 8 9",
    "yks kaks kolme neljä viis kuus seittemän kaheksan",
    "one two three four five six seven eight",
    "ett två tre fyra fem sex sju åtta",
    "hinta 19.95, 24.95 ja 29.95",
    "minecraft seed 123456789",
    "10000 askelta",
    "ma-pe 8.00-15.30 la 10-14",
    "heräsin 03:45 ja 4:50 ja 5:55",
    "tilausnumero 123456789",
    "100 000 000 människor",
    "9999999999",
)
SERVICES = (
    "soita 112 tai 116 111",
    "nollalinja 080 005 005",
    "0800 12345",
    "Kriisipuhelin 09 2525 0111",
    "call 116 123",
    "Kelan numero 020 634 2650",
    "mieli.fi ja nuortennetti.fi",
    "https://www.kela.fi/opintotuki",
    "gå till 1177.se",
    "terveyskylä.fi/nuortentalo",
    "youtube.com",
)
PLATFORMS = (
    "mun insta on tyhmä",
    "poistin snäpin",
    "snäpissä se haukkui mua",
    "se lähetti mulle instassa kuvia",
    "min snap är hackad",
    "she blocked me on insta yesterday",
    "discordissa oli ihan kivaa eilen",
    "tiktok on addiktoiva",
    "whatsappissa haukutaan mua läskiksi",
    "he sent me nudes on snap",
    "snäpissä 500 päivän streak",
    "y-tunnus 1234567-8",
)
PLACES = (
    "ajoin valtatie 4 ja tie 21",
    "bussi 550 ja ratikka 9",
    "kantatie 51 oli jumissa",
    "asuin siellä 12 vuotta",
    "walked 12 miles down the road",
    "asun 3 kerroksessa",
    "bor på våning 4",
    "hämeentie 7 km",
)
SCHOOLS = (
    "oon 7. luokalla",
    "meidän koulun 7B on kamala",
    "luokalla 8b kiusataan",
    "kolme euroa maksoi 3 e koulussa",
    "åttan suger skolan är tråkig",
    "Tapiolan koulu on iso",
    "ysin jälkeen lukioon",
)
SCRIPTS = (
    "Мне 12 лет, я живу с мамой и мне страшно",
    "أنا خائفة ولا أريد الذهاب إلى المدرسة",
    "Waan baqayaa, aabahay ayaa i garaaca",
    "Мені страшно вдома, тато кричить",
    "من می‌ترسم به خانه بروم",
)


@pytest.mark.parametrize("text", [*NUMBERS, *SERVICES, *PLATFORMS, *PLACES, *SCHOOLS, *SCRIPTS])
def test_nothing_is_found(text: str) -> None:
    assert personal.find(text) == ()


@pytest.mark.parametrize(
    "text", ["0401234567", "040 116 1111", "0501120112", "+358 45 2019 2023", "040-123-4567 klo 15.30"]
)
def test_a_frame_explains_nobodys_own_number_away(text: str) -> None:
    assert [span.kind for span in personal.find(text)] == ["phone"]
