"""Holds Python's collector back while rules are read: a hundred thousand objects are made, and all of them stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Let no collection look for rubbish inside the block: there is none, and each look passes all that was made."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        # Else the first look would pass all of it after all, and each full one again while messages wait.
        gc.freeze()
        gc.enable()
