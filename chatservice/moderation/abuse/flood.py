"""Flooding and gibberish: the same sign, syllable or word over and over, or keys struck at random. Linear in the text.

A scream ("aaaaaa", "EI EI EI"), a laugh and a repeated call for help are no flood: `calm` words never count.
Only words in Latin letters are looked at for gibberish.
"""

import re
from collections.abc import Container, Sequence
from operator import add

LEAST_SIGNS = 12
AGAIN = 0.7
LEAST_WORDS, LEAST_ALIKE, SHARE = 8, 6, 0.4
LEAST_PERIODIC, LONGEST_PERIOD, LEAST_TURNS = 24, 12, 3
LEAST_PAIRS, PAIR = 10, 2
LEAST_LETTERS, LEAST_GIBBERISH, LEAST_STRANGE, UNUSUAL = 8, 0.55, 0.25, 0.4
SHORTEST_ODD, SHORTEST_CLUSTER = 4, 6
SYMBOLS = re.compile(r"([^\w\s.!?…😭😢💔😔🥺😞😣😩😫😰😨🙏🆘-])\1{11,}")
LETTERS = re.compile(r"(\w)\1{59,}")
LEAST_RUN = 60
TRIPLE = re.compile(r"(.)\1\1", re.DOTALL)
SIGNS = re.compile(r"[.!?…-]{80,}|[?!]{40,}")
END_SIGNS, LEAST_ENDS = ".!?…-", 40
# "helpppp" is a cry, not keys struck at random.
STRETCHED = re.compile(r"(.)\1{2,}")
LAUGH = re.compile(r"[haeiodxsjk]+")
ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
STRIPS = frozenset(
    row[place : place + 3] for line in ROWS for row in (line, line[::-1]) for place in range(len(line) - 2)
)
HOME = frozenset("asdfghjklöä;")
VOWELS = frozenset("aeiouyåäöéü")
LATIN = re.compile("[a-zåäöéü;]+")
LATIN_LINE = re.compile("[a-zåäöéü; ]+")
CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxz]{5,}")
# Three keys in a row that are also syllables of real words.
SYLLABLES = frozenset(
    {
        "ert",
        "rew",
        "tre",
        "ere",
        "oiu",
        "iop",
        "poi",
        "ewq",
        "uio",
        "was",
        "sas",
        "ter",
        "dsa",
        "fds",
        "wer",
        "tyu",
        "you",
    }
)
STRUCK = STRIPS - SYLLABLES


def flooded(text: str, words: Sequence[str], calm: frozenset[str]) -> bool:
    """Tell whether a text repeats itself as nobody in need does."""
    if _signs(text) or (len(text) >= LEAST_RUN and tripled(text) and LETTERS.search(text)):
        return True
    if plain_spoken(words):
        return False
    if len(words) >= LEAST_PAIRS and all(len(word) == PAIR for word in words) and _again(words):
        return not calm & set(words)
    words = [word for word in words if not word.isdigit() or len(word) >= LEAST_PERIODIC]
    if len(words) >= LEAST_ALIKE and len(set(words)) == 1 and not calm & set(words[:1]):
        return True
    if len(words) >= LEAST_WORDS:
        distinct = set(words)
        return len(distinct) <= len(words) * SHARE and not calm & distinct
    return any(_periodic(word) for word in words if len(word) >= LEAST_PERIODIC) and not calm & set(words)


def plain_spoken(words: Sequence[str]) -> bool:
    """Tell whether words are letters only, most of them different and none very long: no flood, as most messages."""
    return len(set(words)) > len(words) * AGAIN and max(map(len, words)) < LEAST_PERIODIC and "".join(words).isalpha()


def _signs(text: str) -> bool:
    """Tell whether one sign stands in a long row, or many that end sentences; most texts need no search for that."""
    if len(text) >= LEAST_SIGNS and SYMBOLS.search(text):
        return True
    return len(text) >= LEAST_ENDS <= sum(map(text.count, END_SIGNS)) and bool(SIGNS.search(text))


def tripled(text: str) -> bool:
    """Tell whether any sign stands three times in a row."""
    return TRIPLE.search(text) is not None


def _again(words: Sequence[str]) -> bool:
    """Tell whether a row of words begins anew ("aa bb cc dd aa bb cc dd")."""
    return len(set(words)) <= len(words) * AGAIN


def _periodic(word: str) -> bool:
    """Tell whether a long word is one syllable over and over; a laugh may be longer before it counts."""
    for period in range(2, LONGEST_PERIOD + 1):
        if len(word) >= period * LEAST_TURNS and word[period:] == word[:-period]:
            return True
    return False


def gibberish(words: Sequence[str], known: Container[str], usual: frozenset[str]) -> bool:
    """Tell whether most of a message was struck at random."""
    line = " ".join(words)
    latin = list(words) if LATIN_LINE.fullmatch(line) else [word for word in words if LATIN.fullmatch(word)]
    if tripled(line) and STRETCHED.search(" ".join(latin)):
        latin = [STRETCHED.sub(r"\1", word) if tripled(word) else word for word in latin]
    letters = sum(map(len, latin))
    if letters < LEAST_LETTERS or len(latin) < len(words) * LEAST_GIBBERISH:
        return False
    strange = [word for word in latin if word not in known]
    left = sum(map(len, strange))
    if left < letters * LEAST_STRANGE:
        return False
    home = letters >= LEAST_SIGNS and all(map(HOME.issuperset, latin))
    least = letters * (LEAST_STRANGE if home else LEAST_GIBBERISH)
    odd = 0
    for word in sorted(strange, key=len, reverse=True):
        if odd + left < least:
            return False
        left -= len(word)
        odd += len(word) if _odd(word, usual) else 0
    return odd >= least


def _odd(word: str, usual: frozenset[str]) -> bool:
    if len(word) >= LEAST_LETTERS // 2 and VOWELS.isdisjoint(word):
        return len(set(word)) > 1 and not LAUGH.fullmatch(word)
    if len(word) >= SHORTEST_CLUSTER and CONSONANTS.search(word):
        return True
    if len(word) >= SHORTEST_ODD:
        pairs = len(word) - 1
        if pairs - sum(map(usual.__contains__, map(add, word, word[1:]))) >= max(2, pairs * UNUSUAL):
            return True
    strips = [word[place : place + 3] for place in range(len(word) - 2)]
    if STRUCK.isdisjoint(strips):
        return False
    least = 1 if len(word) >= LEAST_SIGNS and _periodic(word) else max(1, len(strips) * 0.5)
    return sum(map(STRUCK.__contains__, strips)) >= least
