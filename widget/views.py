"""Pages of the visitor origin: server-rendered first paint; the browser modules own <main> afterwards."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from rjsmin import jsmin

from chatservice.places.selectors import HostView, host_by_key
from chatservice.screening.cautions import PAUSE
from chatservice.statistics import doors
from widget import words
from widget.door import notice as door_notice
from widget.middleware import allow_any_reader, allow_framing, allow_own_frames

LOADER_FILE = Path(__file__).parent / "static" / "widget" / "load.js"
LOADER_SECONDS = 3600
AGE_BANDS = (
    ("A07_09", "7–9"),
    ("A10_12", "10–12"),
    ("A13_15", "13–15"),
    ("A16_17", "16–17"),
    ("A18_20", "18–20"),
    ("A21_25", "21–25"),
)


@require_safe
async def door(request: HttpRequest, *, key: str) -> HttpResponse:
    """The host's address without a language leads to its first language."""
    host = await host_by_key(key)
    return await lost(request) if host is None else HttpResponseRedirect(f"/{host.key}/{host.languages[0]}")


@require_safe
async def choice(request: HttpRequest, *, key: str, language: str) -> HttpResponse:
    """Who is writing: two big links. A host with one channel shows that channel at once."""
    host = await _host(key=key, language=language)
    if host is None:
        return await lost(request)
    if len(host.channels) == 1:
        return HttpResponseRedirect(f"/{host.key}/{language}/{host.channels[0]}")
    with translation.override(language):
        response = render(request, "widget/choice.html", _context(host=host, language=language, channel=""))
    return allow_framing(response, origins=_origins(host))


@require_safe
async def visit(request: HttpRequest, *, key: str, language: str, channel: str) -> HttpResponse:
    """The one page of a visit; its address stays the same in every state."""
    host = await _host(key=key, language=language)
    if host is None or channel not in host.channels:
        return await lost(request)
    with translation.override(language):
        context = _context(host=host, language=language, channel=channel)
        context |= _visit(host=host, language=language, channel=channel)
        context["door"] = notice = await door_notice(host=host, channel=channel, language=language)
        if notice.state and not notice.lets_in:
            await doors.met(host=host.id, state=notice.state, caller=getattr(request, "scope", {}).get("caller", ""))
        response = render(request, "widget/visit.html", context)
    return allow_framing(response, origins=_origins(host))


@require_safe
async def loader(_request: HttpRequest) -> HttpResponse:
    """The launcher's script at a fixed address, readable from any host page."""
    response = HttpResponse(_loader_source(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={LOADER_SECONDS}"
    return allow_any_reader(response)


@require_safe
async def host_page(request: HttpRequest, *, key: str) -> HttpResponse:
    """Demo only: a page like a school's own, which embeds the chat."""
    host = await host_by_key(key)
    if settings.MODE != "demo" or host is None:
        return await lost(request)
    context = {"host": host, "origin": settings.CHAT_ORIGIN}
    return allow_own_frames(render(request, "widget/host_page.html", context))


async def lost(request: HttpRequest) -> HttpResponse:
    """An unknown address answers calmly, in all languages, with the numbers that help now."""
    context = {"title": settings.SERVICE_NAME, "exit_url": settings.EXIT_URL}
    return render(request, "widget/lost.html", context, status=404)


async def _host(*, key: str, language: str) -> HostView | None:
    host = await host_by_key(key)
    return host if host is not None and language in host.languages else None


def _origins(host: HostView) -> list[str]:
    """Who may embed the host's pages; in a demonstration also the school's page that we serve ourselves."""
    return [*host.origins, settings.CHAT_ORIGIN] if settings.MODE == "demo" else list(host.origins)


def _context(*, host: HostView, language: str, channel: str) -> dict[str, object]:
    audience = channel or "youth"
    return {
        "host": host,
        "title": settings.SERVICE_NAME,
        "language": language,
        "languages": [(code, words.LANGUAGE_NAMES[code]) for code in host.languages],
        "channel": channel,
        "audience": audience,
        "exit_url": settings.EXIT_URL,
        "address": settings.CHAT_ORIGIN.partition("://")[2],
        "page": {
            "exit": settings.EXIT_URL,
            "host": host.key,
            "channel": channel,
            "origins": _origins(host),
            "hold": settings.HOLD_MINUTES,
            "pause": PAUSE // timedelta(minutes=1),
        },
        "words": words.for_door(),
    }


def _visit(*, host: HostView, language: str, channel: str) -> dict[str, object]:
    return {
        "words": words.for_scripts(audience="parent" if channel == "parent" else "youth"),
        "provider": host.area_name(language=language),
        "deleted": words.deleted(),
        "ages": AGE_BANDS,
        "start_template": f"widget/start_{channel}.html",
    }


@cache
def _loader_source() -> bytes:
    return str(jsmin(LOADER_FILE.read_text())).encode()
