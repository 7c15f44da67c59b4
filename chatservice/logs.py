"""What may stand in a log: our own lines, and of an error its class and its place. Never a message, address or path."""

import logging
import traceback
from types import TracebackType
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
FOREIGN = "a line of this library was left out: only a class and a place may be logged"

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def place_of(error: BaseException) -> str:
    """Return where an error was raised, as `file:line in function`, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "no place"
    last = next((frame for frame in reversed(frames) if "site-packages" not in frame.filename), frames[-1])
    return f"{'/'.join(last.filename.split('/')[-2:])}:{last.lineno} in {last.name}"


def class_and_place(error: BaseException) -> str:
    """Describe an error for a log: its message may hold what a person wrote, so it stays out (threats M2, M16)."""
    return f"{type(error).__module__}.{type(error).__qualname__} at {place_of(error)}"


class QuietFormatter(logging.Formatter):
    """Print an exception as class and place, and never a stack or a cause's message."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        return class_and_place(ei[1]) if ei and ei[1] is not None else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's own name
        del stack_info
        return ""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have cached the full traceback on the record.
        record.exc_text = None
        return super().format(record)


class OwnLines(logging.Filter):
    """Let through what our own rooms say; of every other library only that, how badly and where something failed.

    A foreign message is built from arguments we do not choose: request paths (django.request), peers' addresses
    (daphne's "took too long to shut down", threats M1), frames (autobahn), statements (psycopg).
    """

    own = ("chatservice", "widget", "console", "moderation")

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] in self.own:
            hide_error_arguments(record)
            return True
        error = record.exc_info[1] if record.exc_info else None
        record.msg = FOREIGN if error is None else class_and_place(error)
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return True


def hide_error_arguments(record: logging.LogRecord) -> None:
    """Replace exceptions among a line's arguments by class and place."""
    if isinstance(record.args, tuple):
        record.args = tuple(class_and_place(part) if isinstance(part, BaseException) else part for part in record.args)


def configuration(*, level: str) -> dict[str, Any]:
    """Return the dictionary for Django's LOGGING: one handler on standard error, one filter on everything."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"own_lines": {"()": OwnLines}},
        "formatters": {"quiet": {"()": QuietFormatter, "format": FORMAT}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["own_lines"], "formatter": "quiet"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            **{name: {"level": level} for name in OwnLines.own},
            # These two carry a handler of their own in Django's defaults.
            "django": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            # Refused requests and disconnects are everyday matters and name paths.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "daphne": {"level": "ERROR"},
            "twisted": {"level": "ERROR"},
        },
    }
