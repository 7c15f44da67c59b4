"""What sign-in leaves behind: audit rows and session rotation. Never an address or a code."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now


def connect() -> None:
    """Listen to changes of second factors."""
    signals.authenticator_added.connect(_factor_added, dispatch_uid="console.factor_added")
    signals.authenticator_removed.connect(_factor_removed, dispatch_uid="console.factor_removed")
    signals.authenticator_reset.connect(_codes_renewed, dispatch_uid="console.codes_renewed")


def signed_in(*, worker: Worker, language: str | None) -> None:
    """The sign-in is whole; a language chosen on the sign-in page becomes the account's."""
    if language and language != worker.language:
        worker.language = language
        worker.save(update_fields=["language"])
    _record(worker, Action.SIGNED_IN)


def signed_out(*, worker: Worker) -> None:
    """The worker has signed out."""
    _record(worker, Action.SIGNED_OUT)


def second_factor_failed(*, worker: Worker) -> None:
    """The password was right and the code was not: somebody may know the password."""
    _record(worker, Action.SIGN_IN_REFUSED)


def password_changed(*, worker: Worker) -> None:
    """The worker has a new password."""
    _record(worker, Action.PASSWORD_CHANGED)


def _factor_added(*, request: HttpRequest, user: Worker, authenticator: Authenticator, **_: Any) -> None:
    """A stronger session gets a new key; its owner has just shown password and device."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    request.session.cycle_key()
    record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
    _record(user, Action.SECOND_FACTOR_ADDED)


def _factor_removed(*, user: Worker, **_: Any) -> None:
    _record(user, Action.SECOND_FACTOR_REMOVED)


def _codes_renewed(*, user: Worker, **_: Any) -> None:
    _record(user, Action.RECOVERY_CODES_MADE)


def _record(worker: Worker, action: Action) -> None:
    append_now(area=worker.area_id, actor=worker.pk, action=action, object=f"worker {worker.pk}")
