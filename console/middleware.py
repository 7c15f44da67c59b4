"""What every answer of the desk origin passes: headers, language, second factor.

All three do nothing for the visitors' origin, which has its own.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import translation

from chatservice.accounts.models import Worker
from chatservice.accounts.second_factor import has_second_factor

Answer = Callable[[HttpRequest], HttpResponse]

URLCONF = "console.urls"
LANGUAGE_KEY = "language"
LANGUAGES = ("fi", "sv", "en")

# Reachable before sign-in is whole. Everything else is shut by default, so a
# view added later is shut too.
# The calendar's address is its own key: a calendar program has no session.
OPEN = frozenset({"account_login", "account_logout", "mfa_authenticate", "console_language", "console_feed"})
# Reachable signed in but without the demanded second factor: only its set-up.
SET_UP = frozenset(
    {
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)
_CLOSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)


class DeskHeaders:
    """Sets the desk's security headers, on errors and redirects as well."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if on_desk(request):
            for name, value in _headers(request).items():
                response[name] = value
        return response


class DeskLanguage:
    """Chooses the language: the worker's, else this session's, else the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not on_desk(request):
            return self._get_response(request)
        with translation.override(language_of(request)):
            response = self._get_response(request)
        response["Content-Language"] = language_of(request)
        return response


class SecondFactorGate:
    """No second factor, no desk: on every view, the socket's ticket among them."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Answer instead of the view where the visitor of the desk may not pass."""
        match = request.resolver_match
        if not on_desk(request) or match is None or match.url_name in OPEN:
            return None
        if not isinstance(request.user, Worker):
            return _turn_away(request, to="account_login", reason="sign_in")
        if not settings.REQUIRE_SECOND_FACTOR or match.url_name in SET_UP:
            return None
        if has_second_factor(worker=request.user):
            return None
        return _turn_away(request, to="mfa_index", reason="second_factor")


def on_desk(request: HttpRequest) -> bool:
    """Whether host routing has given this request to the professionals' face."""
    return getattr(request, "urlconf", None) == URLCONF


def language_of(request: HttpRequest) -> str:
    """``fi``, ``sv`` or ``en`` for this request; no cookie of its own."""
    if isinstance(request.user, Worker):
        return request.user.language if request.user.language in LANGUAGES else LANGUAGES[0]
    chosen = request.session.get(LANGUAGE_KEY)
    if chosen in LANGUAGES:
        return str(chosen)
    offered = translation.get_language_from_request(request)
    return offered if offered in LANGUAGES else LANGUAGES[0]


def _turn_away(request: HttpRequest, *, to: str, reason: str) -> HttpResponse:
    """Scripts get a status, people are led to where they can go on."""
    if request.headers.get("accept") == "application/json":
        return JsonResponse({"error": reason}, status=HTTPStatus.FORBIDDEN)
    return redirect(to)


def _headers(request: HttpRequest) -> dict[str, str]:
    socket = ("wss://" if request.is_secure() else "ws://") + request.get_host()
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' {socket}",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _CLOSED_FEATURES),
        # Not no-referrer: browsers then send "Origin: null" with our own forms,
        # which the forgery check must refuse. Foreign sites get nothing either way.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
