"""The bench counts right: what it would call lost, doubled or out of order is so."""

import pytest

from tests.bench.book import Book
from tests.bench.client import TEXT, frame, frames

pytestmark = pytest.mark.pure


def written(book: Book, count: int) -> list[str]:
    """Messages of Mia's, sent at second 0."""
    return [book.send(talk=7, sender=0, intended=0.0) for _ in range(count)]


def test_a_message_is_complete_when_both_have_it() -> None:
    """Latency counts from the intended moment to the later of the two arrivals."""
    book = Book(now=lambda: 0.25)
    book.latencies = []
    [text] = written(book, 1)
    assert len(text) == 110
    book.arrived(receiver=0, text=text)
    assert (book.complete, len(book.underway)) == (0, 1)
    book.arrived(receiver=1, text=text)
    assert (book.complete, len(book.underway), book.latencies) == (1, 0, [0.25])


def test_doubled_is_told_from_out_of_order() -> None:
    """The second copy is doubled; one that was overtaken is out of order."""
    book = Book(now=lambda: 0.0)
    first, second, third = written(book, 3)
    for text in (first, first, third, second):
        book.arrived(receiver=1, text=text)
    assert (book.doubled, book.disordered) == (1, 1)


def test_what_never_comes_stays_underway() -> None:
    """A message that one member lacks is lost."""
    book = Book(now=lambda: 0.0)
    first, second = written(book, 2)
    for receiver, text in ((0, first), (1, first), (0, second)):
        book.arrived(receiver=receiver, text=text)
    assert list(book.underway) == [(7, 0, 1)]


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_frames_of_every_length_come_apart(size: int) -> None:
    """Two frames and the beginning of a third, as a server sends them."""
    sent = frame(TEXT, b"x" * size)
    unmasked = sent[:1] + bytes((sent[1] & 127,)) + sent[2:].replace(b"\0\0\0\0" + b"x" * size, b"x" * size)
    found, rest = frames(unmasked * 2 + unmasked[:1])
    assert found == [(TEXT, b"x" * size)] * 2
    assert rest == unmasked[:1]
