"""What can go wrong with a bulletin.

BulletinsError
├── NotAllowed    neither coordinator nor statistician
└── NoBulletin    no such draft, published bulletin or frozen report in this area

Words that cannot stand are refused by `reports.errors.BadBulletin`, an old version by `places.errors.StaleEdit`.
"""


class BulletinsError(Exception):
    """Base of this room's errors."""


class NotAllowed(BulletinsError):
    """Expected a coordinator or a statistician of the area."""


class NoBulletin(BulletinsError):
    """Expected a draft, a published bulletin or a frozen report of this area."""
