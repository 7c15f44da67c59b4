"""What every answer of the visitor origin carries, and what no request to it may carry."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]

SECRET_PARAMETERS: Final = frozenset({"token", "code", "ticket"})
ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
CLOSED_FEATURES: Final = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
    *("gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "usb", "xr-spatial-tracking"),
)
# From a view to the middleware; they never leave the process.
OWN_MARKS: Final = ("X-Frame-Origins", "X-Frame-Sources", "X-For-Searchers")
FIXED_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in CLOSED_FEATURES), "screen-wake-lock=(self)"]),
}


def allow_framing(response: HttpResponse, *, origins: Sequence[str]) -> HttpResponse:
    """Lets exactly these origins show the page in a frame; every other answer of this origin is unframeable."""
    response.headers["X-Frame-Origins"] = " ".join(origin for origin in origins if ORIGIN.fullmatch(origin))
    return response


def allow_own_frames(response: HttpResponse) -> HttpResponse:
    """Lets this answer show pages of this origin in a frame (the demo's host page, nothing else)."""
    response.headers["X-Frame-Sources"] = "'self'"
    return response


def allow_any_reader(response: HttpResponse) -> HttpResponse:
    """Lets pages of other origins load this answer (the loader's script, nothing else)."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def allow_searchers(response: HttpResponse) -> HttpResponse:
    """Lets search engines list this answer (published bulletins, nothing else of this origin)."""
    response.headers["X-For-Searchers"] = "yes"
    return response


class VisitorMiddleware:
    """Outermost of the visitor origin: refuses secrets in addresses, drops cookies, sets the headers.

    Answers of the other origin pass untouched.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response
        self._host = settings.CHAT_ORIGIN.partition("://")[2]
        self._name = _name_of(self._host)
        self._asynchronous = iscoroutinefunction(get_response)
        if self._asynchronous:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if _name_of(request.META.get("HTTP_HOST", "")) != self._name:
            return self._answer(request)
        refused = _refusal(request)
        if self._asynchronous:
            return self._later(request, refused)
        response = refused or self._answer(request)
        assert isinstance(response, HttpResponseBase)
        return self._seal(response)

    async def _later(self, request: HttpRequest, refused: HttpResponse | None) -> HttpResponseBase:
        if refused is not None:
            return self._seal(refused)
        response = self._answer(request)
        assert isinstance(response, Awaitable)
        return self._seal(await response)

    def _seal(self, response: HttpResponseBase) -> HttpResponseBase:
        response.cookies.clear()
        headers = response.headers
        ancestors, frames, found = (headers.get(name) or "'none'" for name in OWN_MARKS)
        for name in (*OWN_MARKS, "X-Frame-Options"):
            if name in headers:
                del headers[name]
        headers["Content-Security-Policy"] = _content_policy(host=self._host, ancestors=ancestors, frames=frames)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Cache-Control", "no-store")
        for name, value in FIXED_HEADERS.items():
            headers[name] = value
        if found != "yes":
            headers["X-Robots-Tag"] = "noindex"
        return response


def _name_of(host: str) -> str:
    """The host's name without its port: the two origins differ by name."""
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """A secret in an address would stay in histories and logs (threat A3): the request ends here, unlogged."""
    asked = {name.lower() for name in request.GET}
    if asked & SECRET_PARAMETERS:
        return HttpResponseBadRequest("A code or token does not belong in an address.", "text/plain")
    return None


def _content_policy(*, host: str, ancestors: str, frames: str) -> str:
    scheme = "wss" if settings.CHAT_ORIGIN.startswith("https:") else "ws"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            f"connect-src 'self' {scheme}://{host}",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
            f"frame-src {frames}",
            f"frame-ancestors {ancestors}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
