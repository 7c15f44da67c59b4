"""What can go wrong between the service and its database.

StoreError
    StoreAway      the database gave no connection or broke it; nothing is known to be stored
"""


class StoreError(Exception):
    """Base of this room's errors."""


class StoreAway(StoreError):
    """The database did not answer in time. Expected: a reachable PostgreSQL; try again shortly."""
