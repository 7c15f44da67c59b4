"""A line's mark as the desk shows it: personal data masked, and the rules' spans laid over the masked text."""

from bisect import bisect_right
from collections.abc import Sequence

from chatservice.conversations.payload import Mark
from chatservice.delivery.frames import MarkShown, Reason
from chatservice.moderation import personal
from chatservice.moderation.verdict import LEVELS, Span


def marked(text: str, mark: Mark) -> tuple[str, MarkShown | None]:
    """Return the text to show to professionals and its mark; None when moderation saw nothing in the line."""
    masked = bool(mark.spots) and not mark.open
    shown, shift = _masked(text, mark) if masked else (text, _Shift())
    if not (mark.level or mark.spots or mark.label != "ok"):
        return shown, None
    return shown, MarkShown(
        level=LEVELS[mark.level].value,
        categories=list(mark.categories),
        label=mark.label,
        masked=masked,
        reasons=[
            Reason(rule=one.rule, start=shift.to(one.start), end=shift.to(one.end), blocker=one.blocker)
            for one in mark.grounds
        ],
    )


class _Shift:
    """From offsets of the original to offsets of the masked text; inside a masked span: its beginning or its end."""

    def __init__(self, cuts: Sequence[tuple[int, int, int]] = ()) -> None:
        self._cuts = cuts
        self._starts = [start for start, _, _ in cuts]

    def to(self, offset: int) -> int:
        """Where `offset` of the original is shown."""
        moved = offset
        for start, end, length in self._cuts[: bisect_right(self._starts, offset)]:
            moved += length - (min(end, offset) - start) if offset > start else 0
        return moved


def _masked(text: str, mark: Mark) -> tuple[str, _Shift]:
    """Mask each spot by itself, so that the length of what stands for it is known."""
    parts: list[str] = []
    cuts: list[tuple[int, int, int]] = []
    done = 0
    for spot in sorted(mark.spots, key=lambda one: one.start):
        if spot.start < done:
            continue
        piece = text[spot.start : spot.end]
        stands = _stands(piece, spot.kind, language=mark.language)
        parts += [text[done : spot.start], stands]
        cuts.append((spot.start, spot.end, len(stands)))
        done = spot.end
    return "".join([*parts, text[done:]]), _Shift(cuts)


def _stands(piece: str, kind: str, *, language: str) -> str:
    """Return what stands for a masked piece: a word for its kind in the talk's language, marks where it is unknown."""
    whole = (Span(0, len(piece), kind),)
    return personal.mask(piece, whole, language=language)
