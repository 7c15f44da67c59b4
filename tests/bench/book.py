"""What was sent and what arrived: each message has to reach both members once, in the order of its sender."""

from collections.abc import Callable
from dataclasses import dataclass, field

SIDES = 2
LENGTH = 110
PADDING = (
    "and then she said that it would be all right again, which I would so like to believe, but who knows when that is"
)


# A desk masks longer runs of numbers, so a message tells which one it is in letters.
DIGITS, LETTERS = "0123456789", "ktpnsraeom"
TO_LETTERS, TO_DIGITS = str.maketrans(DIGITS, LETTERS), str.maketrans(LETTERS, DIGITS)


def body(*, talk: int, sender: int, number: int) -> str:
    """Return a message of 110 characters that says which one it is."""
    return f"{f'{talk} {sender} {number}'.translate(TO_LETTERS)} {PADDING}"[:LENGTH]


@dataclass
class Stream:
    """Messages of one sender as one receiver sees them."""

    next: int = 0
    missing: set[int] = field(default_factory=set)


@dataclass
class Underway:
    """A message that has not reached everybody yet."""

    intended: float
    done: Callable[[], None] | None
    seen: set[int] = field(default_factory=set)


class Book:
    """Counts for one system. `now` is the loop's clock."""

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self._sent: dict[tuple[int, int], int] = {}
        self._streams: dict[tuple[int, int, int], Stream] = {}
        self.underway: dict[tuple[int, int, int], Underway] = {}
        self.complete = self.doubled = self.disordered = 0
        self.refusals: dict[str, int] = {}
        self.latencies: list[float] | None = None

    def send(self, *, talk: int, sender: int, intended: float, done: Callable[[], None] | None = None) -> str:
        """Note a message and return its text; `done` is called when both members have it."""
        number = self._sent.get((talk, sender), 0)
        self._sent[talk, sender] = number + 1
        self.underway[talk, sender, number] = Underway(intended, done)
        return body(talk=talk, sender=sender, number=number)

    def arrived(self, *, receiver: int, text: str) -> None:
        """A copy reached one member."""
        talk, sender, number = (int(part.translate(TO_DIGITS)) for part in text.split(" ", 3)[:3])
        self._follow(self._streams.setdefault((talk, sender, receiver), Stream()), number)
        message = self.underway.get((talk, sender, number))
        if message is None:
            return
        message.seen.add(receiver)
        if len(message.seen) == SIDES:
            del self.underway[talk, sender, number]
            self._finish(message)

    def refused(self, code: str) -> None:
        """A nack or a lost line."""
        self.refusals[code] = self.refusals.get(code, 0) + 1

    def _follow(self, stream: Stream, number: int) -> None:
        if number >= stream.next:
            stream.missing.update(range(stream.next, number))
            stream.next = number + 1
        elif number in stream.missing:
            stream.missing.discard(number)
            self.disordered += 1
        else:
            self.doubled += 1

    def _finish(self, message: Underway) -> None:
        self.complete += 1
        if self.latencies is not None:
            self.latencies.append(self._now() - message.intended)
        if message.done is not None:
            message.done()
