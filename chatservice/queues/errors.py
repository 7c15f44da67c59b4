"""What can go wrong in a queue.

QueueError
    Shut          the door is closed; carries what the visitor is told
    NoQueue       the area has no queue for this channel and language
    LimitsAway    codes cannot be checked while Redis is away
    TooManyTries  too many codes were tried; carries the seconds to wait
    Full          the queue has no room
Refused (of conversations)
    NotOffered    picking, offering or accepting something that is not there
    OffDuty       the worker is not on duty, or pauses
"""

from chatservice.conversations.errors import Refused


class QueueError(Exception):
    """Base of this room's errors."""


class NoQueue(QueueError):
    """No active queue fits."""


class LimitsAway(QueueError):
    """Expected a reachable Redis to count tries: chats go on, codes wait."""


class TooManyTries(QueueError):
    """Codes were tried too often from there, or by everybody together."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"expected a pause of {wait_s} s before the next code")
        self.wait_s = wait_s


class Full(QueueError):
    """The queue has no room: nobody is let in beyond its cap."""


class NotOffered(Refused):
    """Nothing of that kind is offered (any more)."""

    code = "gone"


class OffDuty(Refused):
    """Expected a worker on duty: start the shift, or end the pause."""

    code = "off_duty"
