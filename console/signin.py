"""How django-allauth signs professionals in: closed sign-up, own throttle, audit."""

# allauth ships no types, so its classes are Any to the checker.
# mypy: allow-subclassing-any

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from chatservice.accounts import departures, sealing, second_factor, throttle
from chatservice.accounts.errors import TooManyAttempts
from chatservice.accounts.models import Worker
from console import traces

SESSION_HOURS = 12
SIGN_IN = "sign in"
CODE = "second factor"

WAIT = pgettext_lazy("worker", "Too many tries. Wait a minute and try again.")
_WRONG_CODE = pgettext_lazy("worker", "That code is not right, or it has been used already.")


class DeskAdapter(DefaultAccountAdapter):
    """allauth's account events, by this service's rules."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": pgettext_lazy("worker", "The email or the password is not right."),
        "incorrect_password": pgettext_lazy("worker", "The password is not right."),
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Accounts are made by operators and coordinators only."""
        return False

    def pre_authenticate(self, _request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at."""
        try:
            throttle.take(purpose=SIGN_IN, subject=str(credentials.get("email", "")))
        except TooManyAttempts:
            raise self.validation_error("too_many_login_attempts") from None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The active worker of these credentials; a success forgets the tries before it."""
        worker: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if worker is None or not worker.is_active:
            # A switched-off account answers like a wrong password.
            return None
        throttle.clear(purpose=SIGN_IN, subject=str(credentials.get("email", "")))
        return worker

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Check the signed-in worker's password again, under the same throttle."""
        found = self.authenticate(self.request, email=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for the very first factor: its owner has typed the password a moment ago."""
        if app == "allauth.mfa" and not is_mfa_enabled(self.request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in under a new session key which ends 12 h from now, used or not."""
        language = request.session.get("language")
        super().login(request, user)
        _end_after_hours(request)
        if isinstance(user, Worker):
            traces.signed_in(worker=user, language=language)

    def logout(self, request: HttpRequest) -> None:
        """Sign out; the session's tickets and sockets end with it."""
        worker, session_key = request.user, request.session.session_key
        super().logout(request)
        if session_key:
            departures.signed_out(session_key=session_key)
        if isinstance(worker, Worker):
            traces.signed_out(worker=worker)


class DeskFactorAdapter(DefaultMFAAdapter):
    """Second-factor rules: sealed secrets, and the last factor stays."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": pgettext_lazy(
            "worker", "This is your only second step. Add another before removing it."
        ),
    }

    def get_totp_issuer(self) -> str:
        """The name shown in the authenticator app."""
        return str(settings.SERVICE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.SERVICE_NAME)

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another strong factor remains, or none is demanded."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=second_factor.STRONG).exclude(
            pk=authenticator.pk
        )
        return not settings.REQUIRE_SECOND_FACTOR or others.exists()


class PasswordForm(LoginForm):
    """First step of signing in."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the second step or the desk; allauth has just set an end of its own, ours holds."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if isinstance(request.user, Worker):
            _end_after_hours(request)
        return response


class CodeForm(AuthenticateForm):
    """Second step of signing in by a typed code."""

    def clean_code(self) -> str:
        """The code, used up. Raises ValidationError on a wrong, used or throttled one."""
        self.authenticator = _use_code(worker=self.user, code=self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class PasskeyForm(AuthenticateWebAuthnForm):
    """Second step of signing in by a passkey."""

    def clean_credential(self) -> Authenticator:
        """The passkey that signed. Raises ValidationError on a wrong or throttled one."""
        _take_try(worker=self.user)
        try:
            used: Authenticator = super().clean_credential()
        except ValidationError:
            traces.second_factor_failed(worker=self.user)
            raise
        throttle.clear(purpose=CODE, subject=str(self.user.pk))
        return used


class ConfirmCodeForm(ReauthenticateForm):
    """A typed code before a change to one's own account."""

    def clean_code(self) -> str:
        """As CodeForm's."""
        self.authenticator = _use_code(worker=self.user, code=self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class FirstCodeForm(ActivateTOTPForm):
    """The code which proves that the authenticator app has the secret."""

    def clean_code(self) -> str:
        """The code, used up, so that the same one cannot sign in afterwards."""
        code = str(self.cleaned_data["code"])
        _take_try(worker=self.user)
        if not second_factor.use_step(worker=self.user, secret=self.secret, code=code):
            raise ValidationError(_WRONG_CODE, code="incorrect_code")
        throttle.clear(purpose=CODE, subject=str(self.user.pk))
        return code


def _end_after_hours(request: HttpRequest) -> None:
    """Fix the session's end as a moment, which no later request moves."""
    request.session.set_expiry(timezone.now() + timedelta(hours=SESSION_HOURS))


def _use_code(*, worker: Worker, code: str) -> Authenticator:
    _take_try(worker=worker)
    used = second_factor.use_code(worker=worker, code=code)
    if used is None:
        traces.second_factor_failed(worker=worker)
        raise ValidationError(_WRONG_CODE, code="incorrect_code")
    throttle.clear(purpose=CODE, subject=str(worker.pk))
    return used


def _take_try(*, worker: Worker) -> None:
    try:
        throttle.take(purpose=CODE, subject=str(worker.pk))
    except TooManyAttempts:
        raise ValidationError(WAIT, code="too_many_login_attempts") from None
