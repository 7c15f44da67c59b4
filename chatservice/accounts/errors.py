"""What can go wrong with an account. Messages never hold an address or a secret.

AccountError
├── TooManyAttempts    wait before trying again
├── NotCoordinator     this page or act belongs to the area's coordinators
└── SealBroken         a stored second-factor secret cannot be opened
"""


class AccountError(Exception):
    """Root of the room's errors."""


class TooManyAttempts(AccountError):
    """Expected fewer tries for this account in this time."""


class NotCoordinator(AccountError):
    """Expected an active worker who is a coordinator of the area."""


class SealBroken(AccountError):
    """Expected a secret sealed under the present SECRET_KEY."""
