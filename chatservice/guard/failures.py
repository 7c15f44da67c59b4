"""Telling of a failure without a word of what the failing code was handling (threats M2)."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

logger = logging.getLogger("chatservice.guard")

BASE = Path(__file__).resolve().parents[2]
OUR_ROOMS = frozenset({"chatservice", "widget", "console", "moderation"})


def report(error: BaseException, *, during: str) -> None:
    """Log the class and the place in our code; an exception's text may hold a sentence of a child."""
    logger.error("%s failed: %s at %s", during, type(error).__name__, place_of(error))


def place_of(error: BaseException) -> str:
    """`folder/file.py:line` of the innermost frame of ours, else of the innermost of all."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    for file, line in reversed(frames):
        if file.is_relative_to(BASE) and file.relative_to(BASE).parts[0] in OUR_ROOMS:
            return f"{file.relative_to(BASE).as_posix()}:{line}"
    return f"{frames[-1][0].name}:{frames[-1][1]}" if frames else "an unknown place"
