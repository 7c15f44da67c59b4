"""Whether a worker has a second factor, and the one-time use of its codes."""

from __future__ import annotations

import hmac
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from chatservice.accounts.models import Worker
from chatservice.accounts.sealing import unseal

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_PERIOD = 30


def has_second_factor(*, worker: Worker) -> bool:
    """True with an authenticator app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=worker.pk, type__in=STRONG).exists())


def use_code(*, worker: Worker, code: str) -> Authenticator | None:
    """The authenticator whose code this is, used up by this call; else None."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    for kept in Authenticator.objects.filter(user_id=worker.pk, type__in=kinds):
        if _accepts(worker, kept, code):
            return kept
    return None


def use_step(*, worker: Worker, secret: str, code: str) -> bool:
    """Take a TOTP code of ``secret`` once; a step taken before, or an older one, is refused."""
    step = int(time.time()) // _PERIOD
    typed = "".join(code.split()).encode()
    for candidate in (step, step - 1):
        if hmac.compare_digest(_code(secret, candidate), typed):
            # One conditional UPDATE: of two parallel uses of a code one finds no row.
            rows = Worker.objects.filter(pk=worker.pk, totp_step__lt=candidate)
            return rows.update(totp_step=candidate) == 1
    return False


def _accepts(worker: Worker, kept: Authenticator, code: str) -> bool:
    if kept.type == Authenticator.Type.TOTP:
        return use_step(worker=worker, secret=unseal(kept.data["secret"]), code=code)
    # allauth locks the row, so a recovery code too is good once in parallel.
    return bool(kept.wrap().validate_code(code))


def _code(secret: str, step: int) -> bytes:
    return str(totp.format_hotp_value(totp.hotp_value(secret, step))).encode()
