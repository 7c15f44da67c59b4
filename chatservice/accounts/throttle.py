"""Sign-in tries per account, counted in PostgreSQL before the password is looked at.

Counting first and in one statement is what parallel guesses cannot pass; no
address of a machine takes part, since the guard has stripped it.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import connection

from chatservice.accounts.errors import TooManyAttempts

BURST = 8
SECONDS_PER_TRY = 60.0

_TAKE = """
INSERT INTO accounts_attempt AS a (key, tokens, at)
VALUES (%(key)s, %(burst)s - 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET
  tokens = least(%(burst)s, a.tokens + extract(epoch FROM clock_timestamp() - a.at) / %(pace)s) - 1,
  at = clock_timestamp()
WHERE least(%(burst)s, a.tokens + extract(epoch FROM clock_timestamp() - a.at) / %(pace)s) >= 1
RETURNING 1
"""
_SWEEP = "DELETE FROM accounts_attempt WHERE at < clock_timestamp() - make_interval(secs => %s)"
_CLEAR = "DELETE FROM accounts_attempt WHERE key = %s"


def take(*, purpose: str, subject: str) -> None:
    """Use one try of ``subject`` for ``purpose``. Raises TooManyAttempts when none is left."""
    values: dict[str, Any] = {"key": _key(purpose, subject), "burst": BURST, "pace": SECONDS_PER_TRY}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        taken = cursor.fetchone() is not None
        cursor.execute(_SWEEP, [BURST * SECONDS_PER_TRY])
    if not taken:
        raise TooManyAttempts(f"expected at most {BURST} tries, then one in {SECONDS_PER_TRY:.0f} s")


def clear(*, purpose: str, subject: str) -> None:
    """Forget the tries after a success."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, [_key(purpose, subject)])


def _key(purpose: str, subject: str) -> bytes:
    text = f"{purpose}\0{subject.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()
