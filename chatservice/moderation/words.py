"""A text's words with their places, and the language most of them belong to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chatservice.moderation import views

# Letters with what may stand inside a word for a letter, an emoji, or a sign that ends a clause.
TOKEN = re.compile(
    r"(?:[@$](?=[^\W\d_]))?[^\W_]++(?:['*@$€!|][^\W_]++)*+|[\U0001F300-\U0001FAFF\u2600-\u27bf]|[.!?…]+|[,;:()\n\"]"
)
DROPPED = str.maketrans("", "", "'")
# The signs that end a sentence (2) or part its clauses (1).
STOPS = {**dict.fromkeys(".!?…\n", 2), **dict.fromkeys(',;:()"', 1)}
LONGEST_WORD = 40


@dataclass(slots=True)
class Words:
    """A text as words: `spans` are places in the view, `breaks[i]` what stands before word i (0, 1 pause, 2 end)."""

    view: views.View
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words [first, last] stand in the text as written."""
        return self.view.span(self.spans[first][0], self.spans[last][1])


def words_of(view: views.View) -> Words:
    """Cut a view into words; a word has no apostrophes and holds at most LONGEST_WORD letters."""
    found = Words(view)
    words, spans, breaks = found.words.append, found.spans.append, found.breaks.append
    gap = 0
    for match in TOKEN.finditer(view.text):
        token = match[0]
        stop = STOPS.get(token[0])
        if stop is not None:
            gap = max(gap, stop)
            continue
        words(token if token.isalpha() and len(token) <= LONGEST_WORD else token[:LONGEST_WORD].translate(DROPPED))
        spans(match.span())
        breaks(gap)
        gap = 0
    return found


def language_of(words: Iterable[str], *, markers: Mapping[str, frozenset[str]], given: str) -> str:
    """Return the language most of the common words belong to; `given` breaks a tie."""
    chosen, most = given, -1
    for language, common in markers.items():
        count = len(common.intersection(words)) * 2 + (language == given)
        if count > most:
            chosen, most = language, count
    return chosen
