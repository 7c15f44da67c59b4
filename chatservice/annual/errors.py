"""What can go wrong with the annual clock.

AnnualError
└── NoEvent    no such event or school year in this area

Who may not is told by `accounts.errors.NotCoordinator`, an old version by `places.errors.StaleEdit`, a wrong field by
Django's ValidationError with a `code`.
"""


class AnnualError(Exception):
    """Base of this room's errors."""


class NoEvent(AnnualError):
    """Expected an event of this area."""
