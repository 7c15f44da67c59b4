"""What can go wrong in a queue.

QueueError
    Shut          the door is closed; carries what the visitor is told
    NoQueue       the area has no queue for this channel and language
    LimitsAway    codes cannot be checked while Redis is away
    TooManyTries  too many codes were tried; carries the seconds to wait
    Full          the queue has no room
Refused (of conversations)
    NotOffered    picking, offering or accepting something that is not there
    AlreadyOffered  somebody else has been asked, and has not answered yet
    OtherQueue    a talk may only go to a queue of its own channel and language
"""

from chatservice.conversations.errors import Refused
from chatservice.queues.door import Door


class QueueError(Exception):
    """Base of this room's errors."""


class Shut(QueueError):
    """The door is not open; `door` is what the visitor is told."""

    def __init__(self, door: Door) -> None:
        super().__init__(f"expected an open door, it is {door.state}")
        self.door = door


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


class AlreadyOffered(Refused):
    """One offer of a kind at a time."""

    code = "offered"


class OtherQueue(Refused):
    """Expected an active queue of the same area, channel and language."""

    code = "no_queue"
