"""What can go wrong in the audit.

AuditError       the record cannot be kept
└── RoleMissing  the application's database role must be made by an administrator
"""


class AuditError(Exception):
    """The audit cannot be kept as promised."""


class RoleMissing(AuditError):
    """The migrating role may not make the application's role; the text tells the SQL."""
