"""Personal data in a text: found with its place in the text as written, and masked so that the rest stays readable."""

from collections.abc import Iterable

from chatservice.moderation.personal import (
    addresses,
    codes,
    data,
    emails,
    handles,
    inflection,
    links,
    names,
    numbers,
    plain,
    said,
    schools,
)
from chatservice.moderation.personal.codes import Hit
from chatservice.moderation.verdict import Span

# Which kind a place has where several finders claim it.
ORDER = ("hetu", "iban", "card", "email", "url", "address", "phone", "handle", "school_class", "name")
RANK = {kind: place for place, kind in enumerate(ORDER)}
PLACEHOLDERS = data.table("placeholders")
# Where the language or the kind is not known.
UNKNOWN = "•••"


def find(text: str, *, language: str = "fi") -> tuple[Span, ...]:
    """Return the personal data of a text, in order and apart from each other, in offsets of the text as written.

    All three languages are looked for in every text; `language` is the conversation's and changes nothing today.
    """
    del language
    try:
        return _found(plain.of(text))
    finally:
        inflection.forget()


def _found(read: plain.Plain) -> tuple[Span, ...]:
    spoken = numbers.hinted(read)
    hits = [*codes.find(read), *emails.find(read), *links.find(read), *addresses.find(read, spoken=spoken)]
    items = numbers.items_of(read, spoken=spoken) if spoken or read.figures else []
    hits += said.find(read, items)
    hits += numbers.find(read, hits, items)
    hits += (*handles.find(read), *schools.find(read), *names.find(read))
    return tuple(Span(*read.original(start, end), kind) for start, end, kind in _merged(hits))


def mask(text: str, spans: Iterable[Span], *, language: str = "fi") -> str:
    """Return the text with a word in brackets for each span, or marks where the language is not known.

    Everything outside of the spans stays as it is.
    """
    words = PLACEHOLDERS.get(language, PLACEHOLDERS["fi"]) if language else {}
    pieces: list[str] = []
    last = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < last:
            continue
        pieces += (text[last : span.start], words.get(span.kind, UNKNOWN))
        last = span.end
    return "".join((*pieces, text[last:]))


def _merged(hits: list[Hit]) -> list[Hit]:
    """Return hits with those that overlap made one, of the kind that is surest."""
    merged: list[Hit] = []
    for start, end, kind in sorted(hits):
        if merged and start < merged[-1][1]:
            first, last, other = merged[-1]
            merged[-1] = (first, max(last, end), min(kind, other, key=RANK.__getitem__))
        elif end > start:
            merged.append((start, end, kind))
    return merged
