"""What can go wrong with the engines of our own.

EngineError
    AlreadyRuns    another start holds this folder
    CannotStart    an engine did not come up; the message names the log to read
"""


class EngineError(Exception):
    """Base of this room's errors."""


class AlreadyRuns(EngineError):
    """Another process holds this folder. Expected: one start at a time; end the other one first."""


class CannotStart(EngineError):
    """An engine refused to start. The message says where to look."""
