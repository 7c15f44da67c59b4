"""The desk's own pages; sign-in and second factor are allauth's views in our templates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from chatservice.accounts import tickets
from chatservice.accounts.models import Profession, Worker
from chatservice.accounts.second_factor import has_second_factor
from console.middleware import LANGUAGE_KEY, LANGUAGES
from console.strings import profession_name, workspace_strings

# What was done, said once on the next page.
SAID = "said"
# Named in the page's head, so that the browser asks for all of them at once.
MODULES = (
    *(f"chat/{name}.js" for name in ("a11y", "dom", "frames", "i18n", "log", "outbox", "socket", "text", "transcript")),
    *(
        f"console/{name}.js"
        for name in ("alarm", "aside", "bar", "beside", "clock", "composer", "desk", "marks", "names", "outgoing")
    ),
    *(f"console/{name}.js" for name in ("panel", "pasting", "piles", "shift", "talk", "talks")),
)


@require_GET
def workspace(request: HttpRequest) -> HttpResponse:
    """The desk itself: a shell which its modules fill from the socket."""
    worker = worker_of(request)
    setting = {
        "name": worker.display_name,
        "profession": worker.profession,
        "capacity": worker.capacity,
        "message_characters": settings.MESSAGE_CHARACTERS,
        "ticket": reverse("console_ticket"),
        "sign_in": reverse("account_login"),
        "socket": "/socket",
    }
    context = {
        "modules": MODULES,
        "setting": setting,
        "strings": workspace_strings(),
        "worker": worker,
        "profession": profession_name(Profession(worker.profession)),
        "service": settings.SERVICE_NAME,
    }
    return render(request, "console/workspace.html", context)


@require_POST
def ticket(request: HttpRequest) -> HttpResponse:
    """A socket ticket for this session (POST with the forgery token)."""
    issued = tickets.issue(worker=worker_of(request), session_key=_session_key(request))
    return JsonResponse({"ticket": issued})


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Own account: language, second step, signing out."""
    worker = worker_of(request)
    context = {
        "service": settings.SERVICE_NAME,
        "worker": worker,
        # A member of the steering group has none.
        "profession": profession_name(Profession(worker.profession)) if worker.profession else "",
        "protected": has_second_factor(worker=worker),
        "said": request.session.pop(SAID, ""),
    }
    return render(request, "console/account.html", context)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, of the account or before sign-in of this session, and go back."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        request.session[LANGUAGE_KEY] = chosen
        if isinstance(request.user, Worker):
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if safe else reverse("console_workspace"))


def forgery_refused(request: HttpRequest, **_why: object) -> HttpResponse:
    """The answer to a POST without a valid forgery token, mostly an old page."""
    return refusal(request, status=403, title=pgettext("worker", "The page was too old"))


def not_found(request: HttpRequest, *_why: object, **_more: object) -> HttpResponse:
    """An address which the desk does not have."""
    return refusal(request, status=404, title=pgettext("worker", "There is no such page"))


def refusal(request: HttpRequest, *, status: int, title: str) -> HttpResponse:
    """A calm page with the way back."""
    context: dict[str, Any] = {"service": settings.SERVICE_NAME, "title": title}
    return render(request, "console/refusal.html", context, status=status)


def worker_of(request: HttpRequest) -> Worker:
    """The signed-in worker, whom the second-factor gate has let in."""
    if not isinstance(request.user, Worker):
        raise TypeError("expected a signed-in worker behind the second-factor gate")
    return request.user


def _session_key(request: HttpRequest) -> str:
    key = request.session.session_key
    if key is None:
        raise TypeError("expected a stored session behind the second-factor gate")
    return str(key)
