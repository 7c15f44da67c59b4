"""The written forms a spoken Finnish word may stand for: "elos" -> "elossa", "tekkee" -> "tekee".

Only for words without a meaning of their own; whoever asks keeps the form that is known.
"""

import re
from collections.abc import Iterator

SHORTEST = 4
# What speech leaves out at the end of a word, by the letters it ends in; the longest ending speaks.
CUT = {
    "lt": ("a", "ä"),
    "st": ("a", "ä"),
    "ks": ("i",),
    "s": ("sa", "sä", "i"),
    "l": ("la", "lä"),
    "nu": ("t",),
    "ny": ("t",),
    "lu": ("t",),
    "ly": ("t",),
    "su": ("t",),
    "sy": ("t",),
    "aa": ("n",),
    "ää": ("n",),
    "ee": ("n",),
    "ii": ("n",),
    "oo": ("n",),
    "öö": ("n",),
    "uu": ("n",),
    "yy": ("n",),
}
# "tyttöö" for "tyttöä", "korkee" for "korkea".
MELTED = {"ii": ("ia", "iä"), "oo": ("oa",), "öö": ("öä",), "uu": ("ua",), "yy": ("yä",), "ee": ("ea", "eä")}
# A word with one of these takes "a" in its ending, another "ä".
BACK = re.compile("[aou]")
SMALL_ENDS = re.compile("(?:k[io]n?|kaan|kään|kö|h[aä]n|ks)$")
MY = re.compile("(?<=[aeiouyäö])(?:ni|mme)$")
# The east doubles a consonant before a long vowel ("tekkee"); the north and the west open a cluster ("jalaka").
DOUBLED = re.compile(r"([hjklmnprstv])\1(?=([aeiouyäö])\2|[aeiouyäö]{2})")
OPENED = re.compile(r"([aeiouyäö])([lnrh])\1(?=[kmpvjhg])")


# Each with how a word must end for it, which is asked sooner.
WAYS = (
    (SMALL_ENDS, "", ("ki", "ko", "n", "kö", "ks")),
    (MY, "n", ("ni", "mme")),
    (DOUBLED, r"\1", ""),
    (OPENED, r"\1\2", ""),
)


def book_forms(word: str) -> Iterator[str]:
    """Yield the forms of the written language that a spoken word may stand for."""
    if len(word) < SHORTEST:
        return
    yield from _ended(word)
    for pattern, become, ends in WAYS:
        if word.endswith(ends) and pattern.search(word):
            form = pattern.sub(become, word)
            yield form
            if pattern is DOUBLED or pattern is OPENED:
                yield from _ended(form)


def _ended(word: str) -> Iterator[str]:
    last = word[-2:]
    back = BACK.search(word) is not None
    for ending in _turned(CUT.get(last) or CUT.get(word[-1], ()), back=back):
        yield word + ending
    for ending in _turned(MELTED.get(last, ()), back=back):
        yield word[:-2] + ending


def _turned(endings: tuple[str, ...], *, back: bool) -> tuple[str, ...]:
    """Return the endings with the one that fits the word's vowels first."""
    return endings if back else endings[1::-1] + endings[2:]
