"""Names of the nudge channels. They hold ids of this service only."""

from uuid import UUID


def of_conversation(conversation: UUID) -> str:
    """Everything that happens in one conversation."""
    return f"c:{conversation.hex}"


def of_notes(conversation: UUID) -> str:
    """The professionals' notes beside a conversation; no visitor's socket listens here."""
    return f"n:{conversation.hex}"


def of_area(area: int) -> str:
    """The queue of an area has changed."""
    return f"a:{area}"


def of_worker(worker: int) -> str:
    """A worker's desk must look again at the talks it holds."""
    return f"w:{worker}"
