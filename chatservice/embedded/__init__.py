"""PostgreSQL and Valkey as private child processes, for demonstrations, development and tests.

Only the programs of the pip packages are used, under our own supervision (decisions, ruling 37).
"""

from chatservice.embedded.engines import Engines
from chatservice.embedded.errors import AlreadyRuns, CannotStart, EngineError

__all__ = ["AlreadyRuns", "CannotStart", "EngineError", "Engines"]
