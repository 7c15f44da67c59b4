"""What can go wrong in a conversation.

ConversationError
    Refused            the act was refused; `code` is the word of the wire protocol
        Gone           no such conversation for this participant (also when it never existed)
        Closed         the state does not allow it (any more)
        Stale          the claim this act was made under has passed
        Full           the worker's capacity is in use
        NothingWaiting nobody waits who could be taken now
        IdConflict     this message id was used for another text
        Busy           too much is queued at this moment
        Paused         a professional let this visitor's writing rest
    WrongStep          a step that the table of states does not have
    StillOpen          a new conversation in a thread that has an open one
    NotAdmitted        the entrance named a host, channel, language or age band that does not exist
"""

from typing import ClassVar


class ConversationError(Exception):
    """Base of this room's errors. No message ever holds what a person wrote."""


class Refused(ConversationError):
    """The act was refused."""

    code: ClassVar[str] = "gone"


class Gone(Refused):
    """Foreign, ended and missing conversations answer alike."""

    code = "gone"


class Closed(Refused):
    """The conversation does not take this any more."""

    code = "closed"


class Stale(Refused):
    """Another claim has come since."""

    code = "stale"


class Full(Refused):
    """The worker already holds as many talks as agreed."""

    code = "full"


class NothingWaiting(Refused):
    """Nobody to take."""

    code = "nothing_waiting"


class IdConflict(Refused):
    """The sender used one message id for two texts."""

    code = "id_conflict"


class Busy(Refused):
    """The writer's queue is full: the sender tries again with the same id."""

    code = "busy"


class Paused(Refused):
    """The visitor's writing rests for a while; words of danger pass."""

    code = "paused"


class WrongStep(ConversationError):
    """A step outside the table."""


class StillOpen(ConversationError):
    """One thread, one open conversation."""


class NotAdmitted(ConversationError):
    """No entrance of that name."""
