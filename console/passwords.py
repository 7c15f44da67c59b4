"""Changing one's own password: Django's view behind the desk's gate, throttled and audited; other sessions end."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import pgettext

from chatservice.accounts import departures, throttle
from chatservice.accounts.errors import TooManyAttempts
from console import traces
from console.signin import SIGN_IN, WAIT
from console.views import SAID, worker_of


class DeskPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.error_messages = {
            **self.error_messages,
            "password_incorrect": pgettext("worker", "The present password is not right."),
            "password_mismatch": pgettext("worker", "The two new passwords are not the same."),
            "same": pgettext("worker", "The new password must differ from the present one."),
        }

    def clean_old_password(self) -> str:
        """The present password; raises ValidationError on a wrong one, and when too many were tried."""
        try:
            throttle.take(purpose=SIGN_IN, subject=self.user.email)
        except TooManyAttempts:
            raise ValidationError(WAIT, code="too_many_login_attempts") from None
        old: str = super().clean_old_password()
        throttle.clear(purpose=SIGN_IN, subject=self.user.email)
        return old

    def clean(self) -> dict[str, Any]:
        """Also refuse the present password as the new one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password1", ValidationError(self.error_messages["same"], code="same"))
        return cleaned


class DeskPasswordChange(PasswordChangeView):
    """The page; its session goes on under a new key, all others of the worker end with their sockets."""

    form_class = DeskPasswordForm
    template_name = "console/password.html"
    success_url = reverse_lazy("console_account")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With the service's name."""
        return {**super().get_context_data(**more), "service": settings.SERVICE_NAME}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it, whole or not at all."""
        worker, before = worker_of(self.request), self.request.session.session_key
        with transaction.atomic():
            response = super().form_valid(form)
            departures.end_elsewhere(worker=worker, keep=str(self.request.session.session_key))
            traces.password_changed(worker=worker)
        departures.signed_out(session_key=str(before))
        self.request.session[SAID] = pgettext("worker", "Your password was changed. Other sessions have ended.")
        return response
