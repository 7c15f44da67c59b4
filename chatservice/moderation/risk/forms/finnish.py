"""All forms of the Finnish verbs of the risk rules.

`risk/data/fi/lemmas.toml` gives each verb by eight forms (kuolla, kuolen, kuolee, kuolin, kuoli, kuollut, kuollaan,
kuoltiin) and, where speech has more, extra ones. Made of them are all persons, tenses, moods, participles and
infinitives, in book and in spoken Finnish; the rules name a verb as `@kuolla`.
"""

from collections.abc import Iterator, Mapping

from chatservice.moderation.risk.forms.slots import Row

PARTS = ("infinitive", "present1", "present3", "past1", "past3", "participle", "passive", "past_passive")
VOWELS = "aeiouyäö"


def rows(name: str, lemmas: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Return the forms of a verb of `lemmas`; raises KeyError for one that is not there, ValueError for a short row."""
    row = lemmas["verbs"][name].split()
    if len(row) < len(PARTS):
        raise ValueError(f"expected {len(PARTS)} forms of {name}: {', '.join(PARTS)}")
    return [Row([], [], forms_of(row))]


def forms_of(row: list[str]) -> list[str]:
    """Return all forms of a verb given by its eight principal forms; further words are extra forms."""
    given = dict(zip(PARTS, row, strict=False))
    infinitive = given["infinitive"]
    made = set(_forms(given))
    return sorted({*(made if infinitive.endswith("a") else (harmonious(form, infinitive) for form in made)), *row})


def harmonious(form: str, infinitive: str) -> str:
    """Return the form with front vowels in its ending where the infinitive ends in one."""
    if infinitive.endswith("a"):
        return form
    same = next((place for place, pair in enumerate(zip(form, infinitive, strict=False)) if pair[0] != pair[1]), 40)
    return form[:same] + form[same:].translate(FRONT)


FRONT = str.maketrans("aou", "äöy")


def strong_stem(given: dict[str, str]) -> str:
    """Return the stem of the third person: tappa-, kuole-, hakkaa-, lyö-."""
    weak, third = given["present1"][:-1], given["present3"]
    if weak[-1] == weak[-2] and weak[-1] in VOWELS:
        return weak
    return third[:-1] if third[-1] == third[-2] else third


def conditional_stem(strong: str) -> str:
    """Return the stem before -isi-: tappa-, kuol-, hakka-, lö-."""
    if strong[-2:] in {"uo", "yö", "ie"}:
        return strong[:-2] + strong[-1]
    if strong[-1] == strong[-2]:
        return strong[:-1]
    return strong[:-1] if strong[-1] in "ei" else strong


def _forms(given: dict[str, str]) -> Iterator[str]:
    weak, strong = given["present1"][:-1], strong_stem(given)
    yield from _present(weak, strong, given)
    yield from _past(given)
    yield from _conditional(conditional_stem(strong))
    for ending in [
        "maan",
        "massa",
        "mas",
        "masta",
        "malla",
        "mal",
        "matta",
        "minen",
        "misen",
        "mista",
        "misesta",
        "miseen",
        "misessa",
        "misella",
    ]:
        yield strong + ending
    yield from (strong + "mi" + ending for ending in ("nenki", "nenkin", "seks", "seksi", "set"))
    yield from (given["infinitive"] + ending for ending in ("kseen", "kseni", "kaan", "kin", "ki"))


def _present(weak: str, strong: str, given: dict[str, str]) -> Iterator[str]:
    for ending in ["n", "t", "mme", "tte", "nko", "nks", "tko", "tteko", "nkin", "nki", "nhan"]:
        yield weak + ending
    if len(weak) > 4:  # noqa: PLR2004 - shorter bare stems are other words
        yield weak
    for ending in ("vat", "va", "van", "vansa", "vani", "vaa", "vat"):
        yield strong + ending
    for ending in ("ko", "kin", "ki", "han"):
        yield given["present3"] + ending
    yield given["passive"]
    yield given["passive"] + "ko"
    passive = given["past_passive"][:-3]
    yield from (passive + ending for ending in ("iin", "u", "ukin", "una", "uja", "ua", "uksi", "uks", "avan", "ava"))


def _past(given: dict[str, str]) -> Iterator[str]:
    first, third, participle = given["past1"][:-1], given["past3"], given["participle"]
    for ending in ["n", "t", "mme", "tte", "nko", "nki", "nkin", "nhan"]:
        yield first + ending
    for ending in ("", "vat", "ko", "ki", "kin", "han"):
        yield third + ending
    if third.endswith("si") and third[-3] in VOWELS:
        yield from (third[:-1], third[:-1] + "ko")
    stem = participle[:-1]
    yield from (participle, stem, stem + "kaan", stem + "ki", participle[:-2] + "eet", participle[:-2] + "ee")
    yield from (participle[:-2] + ending for ending in ("een", "eena", "eita", "eensa", "eeni", "eelta", "eks"))


def _conditional(stem: str) -> Iterator[str]:
    for ending in ["isin", "isit", "isi", "isimme", "isivat", "is", "isinko", "isko", "isiko", "isinki", "sin", "sit"]:
        yield stem + ending
