"""Which words are names: the lists, and how surnames are built."""

import re

from chatservice.moderation.personal import data
from chatservice.moderation.personal.inflection import bases, remembered

LISTS = ("finnish", "swedish", "english", "world", "words")


def _small(name: str, *keys: str) -> frozenset[str]:
    return frozenset(word.lower() for word in data.words(name, *keys))


def _any(name: str, key: str) -> str:
    return data.alternation(data.words(name, key))


FIRST, LAST = _small("first", *LISTS), _small("last", *LISTS)
# Names that are ordinary words too: written small they say nothing.
FIRST_WORDS, LAST_WORDS = _small("first", "words"), _small("last", "words")
FIRST_SMALL = FIRST - FIRST_WORDS
LAST_RARE = LAST - LAST_WORDS
SAFE = _small("last", "safe")
ORDINARY = _small("platforms", "words", "joiners")
COMMON = _small("platforms", "words") | _small("people", "words")
TITLES, PARTICLES = _small("people", "titles"), _small("people", "particles")
NOBLE = _small("people", "noble")
PLACES = _small("streets", "towns") | _small("people", "places")
OPENERS = _small("people", "openers")
BRANDS = _small("people", "brands")
KNOWN = frozenset(name.replace("_", " ") for name in data.words("people", "known"))
BEHIND = re.compile(
    rf"(?:{_any('people', 'behind')}|tie(?:n|lle|llä|ltä|tä|ssä)?|tal(?:o|oa|on|ossa|olla|olle|osta|oon))(?![^\W_])"
)

# Endings that make a word a surname wherever a first name stands before it.
SHAPE = re.compile(
    r"(?:[a-zåäö]{2}nen|[a-zåäö]{2}se(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|en|ksi|na|nä|t)|[a-zåäö]{2}s(?:ta|tä|ten)|"
    rf"(?:{_any('last', 'nordic')})(?:{_any('last', 'nordic_endings')})?|"
    rf"(?:{_any('last', 'eastern')})(?:{_any('last', 'eastern_endings')})?)\Z"
)
# Of these, what no word of our languages ends with.
EASTERN = re.compile(rf"[a-zåäö]{{4,}}(?:{_any('last', 'eastern_sure')})\Z")
# What surnames made of nature and farms end with; places do too, so it counts beside a first name or inside a sentence.
PARTS = re.compile(rf"(?:[a-zåäö]{{2}}nen|[a-zåäö]{{4}}(?:la|lä)|[a-zåäö]{{2,}}(?:{_any('last', 'parts')}))\Z")
STRICT = re.compile(r"[a-zåäö]{3,}(?:nen|sson|ström|qvist|kvist|gren|enko)\Z")
PERSON = re.compile(rf"(?<![^\W_])(?:{_any('people', 'persons')})[,:.]?\s\Z")
CUE = re.compile(rf"(?<![^\W_])(?:(?P<naming>{_any('people', 'naming')})|{_any('people', 'being')})\s?:?\s?[\"“”']?\Z")
# The same anywhere: where none is, none is looked for before each word.
CUED = re.compile(rf"(?<![^\W_])(?:{_any('people', 'naming')}|{_any('people', 'being')})")
CUED_STARTS = data.starts(*data.words("people", "naming", "being"))
# Small, beside a sure first name, only what can hardly be another word.
SMALL_SHAPE = re.compile(
    r"(?:[a-zåäö]{2,}(?:[oauy]|[^i][äö])nen|[a-zåäö]{3,}[^l](?:ai|äi)nen|[a-zåäö]{3,}(?:mäki|korpi|järvi|niemi|lahti|koski|ranta|virta|puro|joki|saari|kangas|harju|vaara|"
    r"luoto|rinne|vainio|kuru|pesä|linna|kallio|metsä|kaski|niitty|pelto|salmi|lampi|lehto|laakso|nummi|suo|oja|sson|ström|qvist|kvist|gren|lund|berg|holm|dahl|bäck|roos))\Z"
)
SWEDISH = re.compile(r"[a-zåäö]{3,}(?:ling|sson|ström|qvist|kvist|gren|lund|berg|holm|dahl|bäck|mark|man)\Z")
# Behind a first name and "I am", what English surnames end with.
ENGLISH = re.compile(r"[a-z]{3,}(?:ley|ton|ford|worth|wood|field|shaw|well|by|more|son|man|ham)\Z")
SHORTEST, LONG, FEWEST, SHORT = 4, 6, 3, 3
CASES = ("n", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "ta", "tä", "ja", "jä", "t")
STARTS = frozenset(name[:FEWEST] for name in FIRST)


def is_known(name: str) -> bool:
    """Tell whether two words in lower case name somebody whom everybody knows, in any case form."""
    first, _, last = name.rpartition(" ")
    return any(f"{first} {base}" in KNOWN for base in bases(last))


def is_first(word: str) -> bool:
    """Tell whether a lower-case word is a first name as listed; a double name by its first part."""
    return word not in COMMON and (word in FIRST or word.partition("-")[0] in FIRST)


@remembered
def first_form(word: str) -> bool:
    """Tell whether a lower-case word may be a first name in any case form."""
    return word not in COMMON and any(base in FIRST for base in bases(word))


@remembered
def surnames(word: str) -> frozenset[str]:
    """Return the listed surnames a lower-case word may be a form of; a double name counts by its parts."""
    parts = word.split("-") if "-" in word and word not in LAST else [word]
    return frozenset(base for part in parts for base in bases(part) if base in LAST)


@remembered
def rare_surname(word: str) -> bool:
    """Tell whether a word is a form of a listed surname that is no ordinary word."""
    return word not in COMMON and bool(surnames(word) - LAST_WORDS)


@remembered
def shaped(word: str) -> bool:
    """Tell whether a lower-case word, in whatever case form, is built as surnames are."""
    part = word.rpartition("-")[2]
    return bool(SHAPE.search(part)) or any(len(base) > SHORTEST and PARTS.search(base) for base in bases(part))


@remembered
def shaped_small(word: str) -> bool:
    """Tell whether a word written small is built as hardly anything but a surname is, in whatever case form."""
    return word not in COMMON and any(SMALL_SHAPE.search(base) for base in bases(word))


def glued(word: str) -> bool:
    """Tell whether a lower-case word is a first name with a rare surname right behind it."""
    if word[:FEWEST] not in STARTS:
        return False
    places = range(FEWEST, len(word) - SHORTEST)
    return any(word[place:] in LAST_RARE and word[:place] in FIRST for place in places)


@remembered
def is_place(word: str) -> bool:
    """Tell whether a lower-case word names a town or another place, in any case form."""
    return any(base in PLACES for base in bases(word))


@remembered
def genitive(word: str) -> bool:
    """Tell whether a word is a surname's genitive, as it stands before a first name ("Virtasen Maija")."""
    if word.endswith("s"):
        return word[:-1] in LAST - LAST_WORDS or (len(word) > LONG and bool(SWEDISH.search(word[:-1])))
    if not word.endswith("n") or word in LAST or is_place(word):
        return False
    return bool(surnames(word)) or shaped(word)


def built(low: str, following: str) -> bool:
    """Tell whether one of two words is built as surnames are and the other may be a first name."""
    if not low.endswith("n") and shaped(following):
        return True
    return following in FIRST and shaped(low)


def strange(low: str, following: str) -> bool:
    """Tell whether two words with a capital inside a sentence are hardly anything but a name."""
    long = min(len(low), len(following)) >= SHORT
    return long and not low.endswith(("inen", "isen")) and following not in TITLES


def strange_opening(low: str, following: str, *, owned: bool) -> bool:
    """Tell the same at the beginning of a sentence, where the second word must look like a name in its basic form."""
    plain_form = (owned or not following.endswith(CASES)) and not first_form(following) and len(following) > SHORT
    return plain_form and low not in OPENERS and strange(low, following)
