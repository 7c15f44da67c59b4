"""The patterns of a language as its messages are read by `spoken_sv` and `spoken_en`, rows of slots in halves."""

from collections.abc import Iterator

from chatservice.moderation import spoken_en, spoken_sv
from chatservice.moderation.risk.forms.slots import Row, holding

# How a language's patterns are read where its speech is not written as in books.
AS_READ = {
    "sv": (spoken_sv.pattern, frozenset(spoken_sv.IN_PATTERNS)),
    "en": (spoken_en.pattern, frozenset(spoken_en.IN_PATTERNS)),
}
# What is read by the word before it, and by the word behind it.
BY_BEFORE = frozenset(["å", "o", "me", "de", *spoken_sv.UNSURE])
BY_BEHIND = frozenset(["å", "o", "he", "va"])
ASKING = frozenset(["om", "ifall"])


def spoken(language: str, written: list[str], halves: list[Row]) -> tuple[set[str], list[Row]]:
    """Return the patterns as the texts of a language are read, those that are written otherwise, some as halves."""
    if language not in AS_READ:
        return set(), []
    as_read, changed = AS_READ[language]
    words = " ".join(written).replace("~", "").replace("=", "").split(" ")
    read = set() if changed.isdisjoint(words) else set(map(as_read, written))
    made: list[Row] = []
    for row in halves:
        bound = [row]
        if language == "sv":
            apart, bound = read_apart(row)
            made += apart
        for part in bound:
            read.update(map(as_read, holding(part, changed)))
    return read.difference(written, ("",)), made


def read_apart(row: Row) -> tuple[list[Row], list[Row]]:
    """Return the rows of what each half is read as by itself, and those whose halves must be read together."""
    tails = [tail for tail in row.tails if is_free_tail(tail)]
    firsts = {plain(tail)[0] for tail in tails}
    heads = [head for head in row.heads if is_free_head(head, firsts)]
    bound_heads, bound_tails = set(row.heads).difference(heads), set(row.tails).difference(tails)
    bound = [Row(list(bound_heads), row.tails, []), Row(heads, list(bound_tails), [])]
    return list(_apart(heads, tails)), [part for part in bound if part.heads and part.tails]


def _apart(heads: list[str], tails: list[str]) -> Iterator[Row]:
    touched, untouched = parted(heads)
    for some, others in ((touched, tails), (untouched, parted(tails)[0])):
        if some and others:
            yield Row(list(dict.fromkeys(map(read, some))), list(dict.fromkeys(map(read, others))), [])


def parted(halves: list[str]) -> tuple[list[str], list[str]]:
    """Return the halves with a word that may be read otherwise, and those without."""
    touched = [half for half in halves if not spoken_sv.IN_PATTERNS.isdisjoint(half.split(" "))]
    return touched, [half for half in halves if spoken_sv.IN_PATTERNS.isdisjoint(half.split(" "))]


def plain(half: str) -> list[str]:
    """Return the words of a half in one spelling, those without meaning left out."""
    return list(filter(None, spoken_sv.plain(half.split(" "), known=frozenset())))


def read(half: str) -> str:
    """Return a half as it is read by itself."""
    return " ".join(turned(plain(half)))


def turned(words: list[str]) -> list[str]:
    """Return words in the order in which they are read."""
    for place in spoken_sv.turns(words, breaks=[0] * len(words)):
        words[place : place + 2] = words[place + 1], words[place]
    return words


def is_free_tail(tail: str) -> bool:
    """Tell whether no word before a tail changes how it is read, unless the head asks or turns."""
    words = tail.split(" ")
    return words[0] not in BY_BEFORE and "no" not in words and bool(plain(tail))


def is_free_head(head: str, firsts: set[str]) -> bool:
    """Tell whether a head is read the same before every tail that begins with one of some words, and the tail too."""
    words, left = head.split(" "), plain(head)
    if words[-1] in BY_BEHIND or "no" in words or not left:
        return False
    last = left[-1]
    if not ASKING.isdisjoint([*left[-2:], *turned([*left])[-2:]]):
        return False
    if last in spoken_sv.SUBJECTS and "inte" in firsts:
        return False
    if last in spoken_sv.FINITE | spoken_sv.THINKING and not spoken_sv.SUBJECTS.isdisjoint(firsts):
        return False
    return last != "inte" or spoken_sv.FINITE.isdisjoint(firsts)
