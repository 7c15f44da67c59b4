"""What can go wrong with keys and envelopes.

VaultError          the key directory is not usable; its text is one line for the operator
├── KeyMissing      a key is not there: its day is over, or the directory is incomplete
└── Damaged         a sealed payload does not open in this place
"""


class VaultError(Exception):
    """The key directory cannot be used as it is."""


class KeyMissing(VaultError):
    """The named key does not exist (any more)."""


class Damaged(VaultError):
    """The bytes were changed, moved, or sealed under another key."""
