"""Care for those on duty: after a heavy talk a pause is offered, never forced. Pure."""

from dataclasses import dataclass
from typing import Final

HEAVY_RISK: Final = 2
HEAVY_MINUTES: Final = 40
PAUSE_MINUTES: Final = 10
HEAVY_TALK: Final = "heavy_talk"


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseOffer:
    """A pause to offer; with `door` nobody else is on duty, so the door tells of the pause as long as it lasts."""

    minutes: int
    reason: str
    door: bool


def after_talk(*, risk: int, minutes: float, alone: bool) -> PauseOffer | None:
    """Return what to offer when a talk has ended: 10 min after risk 2 or more, or 40 min or longer."""
    if risk < HEAVY_RISK and minutes < HEAVY_MINUTES:
        return None
    return PauseOffer(minutes=PAUSE_MINUTES, reason=HEAVY_TALK, door=alone)
