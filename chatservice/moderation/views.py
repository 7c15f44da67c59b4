"""Normalised views of a text, each with the way back to the text as it was written.

`of(text)` gives them all; each is made when it is first asked for, in linear time, from at most CAP characters.
`View.span(start, end)` says which characters of the original a piece of a view stands for.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

# A message holds 4,000 characters; what is longer than this is nobody's message.
CAP = 12_000
# Marks on one letter beyond these are decoration ("Zalgo").
MOST_MARKS = 4
# A few signs stand for whole phrases (one for eighteen letters): a text of them would grow beyond any message.
MOST_LETTERS = 6
FIRST_MARK = "\u0300"

# Letters of other scripts that look like Latin ones; used only in words that hold a Latin letter already.
LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u0451\u0456\u0457\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u04bb\u0501\u051b"
    "\u051d\u0455\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b7\u0131\u0261\u0251\u1d00\u026a\u0269"
    "\u04cf\u0491\u04d3\u04e7\u00f8\u0142",
    "abeeiijkmhopctyxhdqwsaeikvoptuxnigaaiilgäöol",
)
LOOKS = re.compile(f"[{''.join(map(chr, LOOKALIKES))}]")
WORD = re.compile(r"\w+")
LATIN = re.compile("[a-z\u00df-\u024f]")
LEET = str.maketrans("013457@$!\u20ac\u00a3", "oieastasiel")
# The same with 1 and ! for "l", "4" for "f"...  : the second reading
LEET_OTHER = str.maketrans("013457@$!\u20ac\u00a3|", "oleastaslell")
LEET_WORD = re.compile("[a-z\u00e0-\u00ff]*[013457@$!\u20ac\u00a3][a-z\u00e0-\u00ff013457@$!\u20ac\u00a3]*")
LETTER = re.compile("[a-z\u00e0-\u00ff]")
RUN = re.compile(r"([^\W\d])\1{2,}")
# Single letters kept apart by the same few signs: "t a p a n", "t.a.p.a.n", "t*a*p*a*n".
APART = re.compile(r"(?<!\w)[^\W\d_](?:[ .*_\-,/|+~]{1,2}[^\W\d_](?!\w)){3,}")
FOLDS = str.maketrans(
    {"ä": "a", "ö": "o", "å": "a", "é": "e", "è": "e", "ü": "u", "ø": "o", "æ": "a", "š": "s", "ž": "z"}
)
# What needs no more than lower case: ASCII that prints, line ends, and our own letters and quotes.
PLAIN = re.compile("[\\t\\n\\r -~äöåÄÖÅéÉ–—’‘”“…€]*")
# A run of such letters before none that may be a mark on the last of them.
UNMARKED = re.compile("[\\t\\n\\r -~äöåÄÖÅ]+(?![\u0300-\U0010ffff])")
CONTROLS = frozenset({"Cf", "Cc", "Cs"})


@dataclass(frozen=True, slots=True)
class View:
    """A normalised text; `offsets[i]` is the place in the original of the view's character i."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span for a piece [start, end) of the view, `end` past its last character."""
        if start >= end:
            place = self.offsets[start] if start < len(self.offsets) else 0
            return place, place
        return self.offsets[start], self.offsets[end - 1] + 1

    def changed(self, pattern: re.Pattern[str], become: Callable[[re.Match[str]], tuple[str, Sequence[int]]]) -> "View":
        """Return a view in which each match became another text; `become` names the kept places inside the match."""
        pieces: list[str] = []
        offsets: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            text, kept = become(match)
            pieces += (self.text[last : match.start()], text)
            offsets += self.offsets[last : match.start()]
            offsets += [self.offsets[place] for place in kept]
            last = match.end()
        if not pieces:
            return self
        return View("".join((*pieces, self.text[last:])), (*offsets, *self.offsets[last:]))


class Views:
    """All views of one text. `cut` tells that the text was longer than CAP and only its head was looked at."""

    def __init__(self, text: str) -> None:
        """Keep the text, and make the two views that every judgement reads."""
        self.original = text
        self.cut = len(text) > CAP
        # NFKC, case folded, invisible characters out, lookalikes to Latin in words that hold Latin letters.
        self.plain = plain(text[:CAP])
        # The same with letters that were written apart joined to one word.
        self.joined = self.plain.changed(APART, _joined)

    @cached_property
    def twice(self) -> View:
        """`plain` with runs of the same letter cut to two: "kuolllla" becomes "kuolla"."""
        return self.plain.changed(RUN, lambda match: (match[1] * 2, (match.start(), match.start() + 1)))

    @cached_property
    def once(self) -> View:
        """`plain` with runs of three or more cut to one: "tapaaan" becomes "tapan"."""
        return self.plain.changed(RUN, lambda match: (match[1], (match.start(),)))

    @cached_property
    def leet(self) -> View:
        """`plain` with digits and signs that stand for letters read as letters, only inside words."""
        return self.plain.changed(LEET_WORD, _as_letters)

    @cached_property
    def folded(self) -> View:
        """`plain` without diacritics: for the risk view only, never for words of harassment."""
        return View(fold(self.plain.text), self.plain.offsets)


def of(text: str) -> Views:
    """Return the views of a text."""
    return Views(text)


def plain(text: str) -> View:
    """Return the view of a text in small letters."""
    if PLAIN.fullmatch(text):
        return View(text.lower().replace("’", "'").replace("‘", "'"), range(len(text)))
    return latin(composed(text))


def fold(text: str) -> str:
    """Return a lower-case text without the diacritics of our languages; its length stays."""
    return text.translate(FOLDS)


def composed(text: str) -> View:
    """Return NFKC and case folding cluster by cluster (a letter with its marks), so that each place is known."""
    letters: list[str] = []
    offsets: list[int] = []
    known: dict[str, str] = {}
    place, length = 0, len(text)
    while place < length:
        if run := UNMARKED.match(text, place):
            letters.append(run[0].lower())
            offsets += range(place, run.end())
            place = run.end()
            continue
        end = place + 1
        while end < length and text[end] >= FIRST_MARK and unicodedata.combining(text[end]):
            end += 1
        written = text[place : min(end, place + 1 + MOST_MARKS)]
        if written not in known:
            known[written] = _cluster(written)
        cluster = known[written]
        letters.append(cluster)
        offsets += [place] * len(cluster)
        place = end
    return View("".join(letters), offsets)


def _cluster(cluster: str) -> str:
    """Return one letter with its marks, normalised; nothing for what cannot be seen."""
    if cluster.isascii() and cluster.isprintable():
        return cluster.lower()
    if unicodedata.category(cluster[0]) in CONTROLS and cluster[0] not in "\t\n\r":
        return ""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    letters = folded if folded in "äöå" else "".join(sign for sign in folded if not unicodedata.combining(sign))
    return letters[:MOST_LETTERS].replace("’", "'").replace("‘", "'")


def latin(view: View) -> View:
    """Return the view with lookalikes made Latin in words that hold Latin letters; other words stay untouched."""
    if not LOOKS.search(view.text):
        return view
    text = WORD.sub(_latin_word, view.text)
    return View(text, view.offsets)


def _latin_word(match: re.Match[str]) -> str:
    word = match[0]
    return word.translate(LOOKALIKES) if LATIN.search(word) else word


def _as_letters(match: re.Match[str]) -> tuple[str, Sequence[int]]:
    word = match[0]
    places = range(match.start(), match.end())
    return (word.translate(LEET) if LETTER.search(word) else word), places


def _joined(match: re.Match[str]) -> tuple[str, Sequence[int]]:
    places = [match.start() + index for index, sign in enumerate(match[0]) if sign.isalpha()]
    return "".join(match.string[place] for place in places), places
