"""What can go wrong with an account. Messages never hold an address or a secret.

AccountError
├── TooManyAttempts    wait before trying again
├── NotCoordinator     this page or act belongs to the area's coordinators
├── NotReportMaker     this belongs to coordinators and statisticians
├── NotReportReader    this belongs to those who make reports, and to the steering group
├── OnlyReader         a member of the steering group reads frozen reports and does nothing else
└── SealBroken         a stored second-factor secret cannot be opened
"""


class AccountError(Exception):
    """Root of the room's errors."""


class TooManyAttempts(AccountError):
    """Expected fewer tries for this account in this time."""


class NotCoordinator(AccountError):
    """Expected an active worker who is a coordinator of the area."""


class NotReportMaker(AccountError):
    """Expected an active coordinator or statistician of the area."""


class NotReportReader(AccountError):
    """Expected an active coordinator, statistician or reader of the area."""


class OnlyReader(AccountError):
    """Expected a professional, not a member of the steering group who reads reports."""


class SealBroken(AccountError):
    """Expected a secret sealed under the present SECRET_KEY."""
