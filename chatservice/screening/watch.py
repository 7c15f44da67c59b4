"""What this process knows of the talks whose visitors write here: their last lines and the state moderation keeps.

Nothing of it is stored, and words are kept for a minute. A process that starts anew begins with the talk's stored
risk, which never falls by itself.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from prometheus_client import Counter

from chatservice.conversations.payload import Code, Ground, Mark, Side, Spot
from chatservice.conversations.rows import Clear
from chatservice.moderation.pipeline import UNCHECKED, Ruleset, screen, unchecked
from chatservice.moderation.state import JOINED_LINES, JOINED_WITHIN, Line, State, fold, joined, judged
from chatservice.moderation.verdict import LEVELS, Label, Level, Verdict

KEPT: Final = 4096
REPEATS: Final = 8
# Longer lines are no message sent word by word: each is read by itself.
JOINED_CHARACTERS: Final = 600
# Whoever asks where the child is may say more before the answer comes; an answer long after is to another question.
PLACE_WAITS: Final = timedelta(minutes=15)
RECALLED: Final = 10

log = logging.getLogger(__name__)
lines_unchecked: Final = Counter(
    "kuulolla_lines_unchecked", "lines that moderation could not judge, delivered as concern"
)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a line came to: its mark, and the level of the talk with it, 0 to 3."""

    mark: Mark
    level: int


class Watch:
    """One talk as moderation sees it, line by line."""

    def __init__(self, *, language: str, risk: int, now: Callable[[], datetime] = _utc) -> None:
        self._language = language
        self._now = now
        self._state = State(level=LEVELS[risk], since=now())
        self._lines: deque[Line] = deque(maxlen=JOINED_LINES)
        self._seen: OrderedDict[tuple[UUID, int], Sight] = OrderedDict()
        self._place_asked: datetime | None = None

    def see(self, *, mid: UUID, text: str, rules: Ruleset) -> Sight:
        """Judge a visitor's line, also together with those just before it; one that is sent again is judged once."""
        known = mid, hash(text)  # an id that comes again with other words is another line
        if known not in self._seen:
            try:
                self._seen[known] = self._look(text, rules)
            except Exception as fault:  # noqa: BLE001 - no fault of a rule may hold back what a child writes
                log.error("a line was not checked: %s", type(fault).__name__)  # noqa: TRY400 - a trace may hold words
                found = unchecked(text, language=self._language)
                mark = _mark(found, found, shown=False, language=self._language)
                self._seen[known] = Sight(mark, max(found.level.rank, self._state.level.rank))
            if any(ground.rule == UNCHECKED for ground in self._seen[known].mark.grounds):
                lines_unchecked.inc()
            if len(self._seen) > REPEATS:
                self._seen.popitem(last=False)
        return self._seen[known]

    def _look(self, text: str, rules: Ruleset) -> Sight:
        own, before, at = screen(text, language=self._language, rules=rules), self._state.level, self._now()
        whole = self._with_the_last(Line(text, at), own, rules)
        self._state = fold(self._state, whole, side="visitor", at=at, text=text)
        # What a line made of what was said before (a "yes", a second worry) is its mark too.
        if self._state.level.rank > max(before.rank, whole.level.rank):
            whole = replace(whole, level=self._state.level, categories=self._state.categories)
        asked = self._place_asked is not None and at - self._place_asked <= PLACE_WAITS
        shown = asked or self._state.level.rank >= Level.HIGH.rank
        mark = _mark(own, whole, shown=shown, language=self._language)
        if mark.spots:
            self._place_asked = None
        return Sight(mark, self._state.level.rank)

    def _with_the_last(self, line: Line, own: Verdict, rules: Ruleset) -> Verdict:
        self.forget_words()
        self._lines.append(line)
        text = joined(tuple(self._lines))
        if len(self._lines) == 1 or len(text) > JOINED_CHARACTERS:
            return own
        whole = screen(text, language=self._language, rules=rules)
        return whole if whole.level.rank > own.level.rank else own

    def forget_words(self) -> None:
        """Let go of lines that no new one would be read together with."""
        while self._lines and self._now() - self._lines[0].at > JOINED_WITHIN:
            self._lines.popleft()

    def hear(self, clear: Clear) -> None:
        """A professional's line: what it asks decides how the next answer is read."""
        if clear.row.side != Side.PROFESSIONAL or clear.payload is None:
            return
        if clear.payload.code == Code.ASKS_PLACE:
            self._place_asked = self._now()
        asked = screen(clear.payload.text, language=self._language)
        self._state = fold(self._state, asked, side="professional", at=self._now())

    def recall(self, lines: Sequence[Clear]) -> None:
        """The last lines of a talk that is new to this process, oldest first: what was asked still waits.

        Nothing is judged anew: the stored risk holds what the visitor's lines came to.
        """
        for clear in lines[-RECALLED:]:
            if clear.row.side == Side.PROFESSIONAL:
                self.hear(clear)
            elif clear.row.side == Side.VISITOR and clear.payload is not None and clear.payload.text:
                self._state = fold(self._state, Verdict(), side="visitor", at=self._now())
                if clear.payload.mark is not None and clear.payload.mark.spots:
                    self._place_asked = None

    def catch_up(self, *, risk: int) -> None:
        """The visitor comes back: the talk's stored risk is the truth, if it was lowered while nobody was here."""
        if risk < self._state.level.rank:
            self.lower(risk=risk)

    def lower(self, *, risk: int) -> None:
        """The professional judged the danger to be less: what led to the level before counts no more."""
        self._lines.clear()
        self._state = judged(self._state, LEVELS[risk], at=self._now())


def _mark(own: Verdict, whole: Verdict, *, shown: bool, language: str) -> Mark:
    """Spans and words are the line's own; of the joined lines only the level and the rules' names go on."""
    grounds = [Ground(one.rule, *place, one.blocker or "") for one in own.reasons for place in one.spans or ((0, 0),)]
    named = {ground.rule for ground in grounds}
    grounds += [Ground(one.rule, 0, 0, one.blocker or "") for one in whole.reasons if one.rule not in named]
    return Mark(
        level=whole.level.rank,
        categories=whole.categories,
        # Danger is never folded away, whatever else the line is.
        label=str(own.label if whole.level is Level.NONE else Label.OK),
        spots=tuple(Spot(span.start, span.end, span.kind) for span in own.spans),
        grounds=tuple(grounds),
        open=shown,
        language=language,
    )


class Watches:
    """The watched talks of an event loop, the least used forgotten first."""

    def __init__(self) -> None:
        self._watches: OrderedDict[UUID, Watch] = OrderedDict()

    def of(self, *, conversation: UUID, language: str, risk: int) -> Watch:
        """Return a talk's watch; `risk` is the stored one, for a talk that is new here."""
        watch = self._watches.get(conversation)
        if watch is None:
            watch = self._watches[conversation] = Watch(language=language, risk=risk)
            if len(self._watches) > KEPT:
                self._watches.popitem(last=False)
        self._watches.move_to_end(conversation)
        return watch

    def knows(self, conversation: UUID) -> bool:
        """Tell whether a talk is watched here already."""
        return conversation in self._watches

    def hear(self, clear: Clear) -> None:
        """A new line of any side."""
        watch = self._watches.get(clear.row.conversation)
        if watch is not None:
            watch.hear(clear)

    def forget(self, *, conversation: UUID) -> None:
        """The talk is over."""
        self._watches.pop(conversation, None)

    async def forget_words(self) -> None:
        """Keep nobody's words longer than a minute."""
        for watch in self._watches.values():
            watch.forget_words()

    def lower(self, *, conversation: UUID, risk: int) -> None:
        """The professional judged the danger to be less."""
        watch = self._watches.get(conversation)
        if watch is not None:
            watch.lower(risk=risk)
