"""Published bulletins of an area, for everybody: a list, a page each, a feed.

No script, no cookie, no third party; whoever reads here has come by an address and is told to nobody.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from chatservice.bulletins import archive
from chatservice.bulletins.archive import Archive, Issue
from chatservice.hours.words import TONGUES
from chatservice.places.models import LANGUAGES
from widget import words
from widget.bulletins.words import corrected_on, reason_name, see_name, withdrawn_name, withdrawn_on
from widget.middleware import allow_searchers
from widget.views import lost

SECONDS: Final = 300
# A day begins here: an item of today is never from the future, which readers of feeds would hide.
HERE: Final = ZoneInfo("Europe/Helsinki")


@require_safe
async def door(request: HttpRequest, *, area: str) -> HttpResponse:
    """An area's bulletins without a language lead to the Finnish ones."""
    found = await _found(area)
    return await lost(request) if found is None else HttpResponseRedirect(f"/bulletins/{area}/fi")


@require_safe
async def listing(request: HttpRequest, *, area: str, language: str) -> HttpResponse:
    """What an area has published, the newest first."""
    found = await _found(area) if language in LANGUAGES else None
    if found is None:
        return await lost(request)
    with translation.override(language):
        shown = {
            **_frame(found, area=area, language=language),
            "issues": [_row(each, language) for each in found.issues],
        }
        return _kept(render(request, "widget/bulletins/list.html", shown))


@require_safe
async def one(request: HttpRequest, *, area: str, language: str, number: int) -> HttpResponse:
    """One bulletin, in the wanted language, or in Finnish where it was not written in that."""
    found = await _found(area) if language in LANGUAGES else None
    issue = found.issue(number) if found else None
    if found is None or issue is None:
        return await lost(request)
    with translation.override(language):
        frame = _frame(found, area=area, language=language, rest=f"/{number}")
        if issue.withdrawn:
            return _gone(request, {**frame, "issue": _down(issue, language)})
        shown = {**frame, "issue": _whole(issue, language)}
        return _kept(render(request, "widget/bulletins/one.html", shown))


@require_safe
async def feed(request: HttpRequest, *, area: str, language: str) -> HttpResponse:
    """The same for readers of feeds (RSS 2.0)."""
    found = await _found(area) if language in LANGUAGES else None
    if found is None:
        return await lost(request)
    with translation.override(language):
        text = _feed(found, area, language)
    return _kept(HttpResponse(text, content_type="application/rss+xml; charset=utf-8"))


async def _found(area: str) -> Archive | None:
    return await sync_to_async(_read_and_let_go, thread_sensitive=False)(area)


def _read_and_let_go(area: str) -> Archive | None:
    """Close the connection of this pool thread; nobody else would."""
    try:
        return archive.of_area(area)
    finally:
        connection.close()


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return allow_searchers(response)


def _gone(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    """A bulletin that was taken down: its address tells so, and search engines let it go."""
    return render(request, "widget/bulletins/withdrawn.html", shown, status=410)


def _frame(found: Archive, *, area: str, language: str, rest: str = "") -> dict[str, Any]:
    base = f"/bulletins/{area}"
    return {
        "area": found.names[language],
        "language": language,
        "languages": [(code, words.LANGUAGE_NAMES[code], f"{base}/{code}{rest}") for code in LANGUAGES],
        "service": settings.SERVICE_NAME,
        "list": f"{base}/{language}",
        "feed": f"{base}/{language}/feed.xml",
    }


def _row(issue: Issue, language: str) -> dict[str, Any]:
    if issue.withdrawn:
        return _down(issue, language)
    shown = issue.language(language)
    text = issue.texts[shown]
    return {
        "number": issue.number,
        "code": shown,
        "title": text["title"],
        "period": text["period"],
        "day": _day(issue, language),
        "iso": issue.day.isoformat(),
        "newer": issue.newer,
        "corrected": _corrected(issue, language),
        "see": issue.see if issue.see != issue.newer else None,
        "see_name": see_name(issue.see),
    }


def _corrected(issue: Issue, language: str) -> str:
    return corrected_on(TONGUES[language].dated(issue.corrected, year=True)) if issue.corrected else ""


def _whole(issue: Issue, language: str) -> dict[str, Any]:
    text = issue.texts[issue.language(language)]
    return {
        **_row(issue, language),
        "items": text["items"],
        "note": text["note"],
        "identity": issue.identity,
        "follows": issue.follows,
        "elsewhere": issue.language(language) != language,
    }


def _down(issue: Issue, language: str) -> dict[str, Any]:
    assert issue.withdrawn is not None
    return {
        "number": issue.number,
        "withdrawn": True,
        "name": withdrawn_name(issue.number),
        "on": withdrawn_on(TONGUES[language].dated(issue.withdrawn, year=True)),
        "reason": reason_name(issue.reason),
        "newer": issue.newer,
    }


def _day(issue: Issue, language: str) -> str:
    return TONGUES[language].dated(issue.day, year=True)


def _feed(found: Archive, area: str, language: str) -> str:
    base = f"{settings.CHAT_ORIGIN}/bulletins/{area}/{language}"
    rss = Rss201rev2Feed(
        title=pgettext("visitor", "Bulletins of the chat: {area}").format(area=found.names[language]),
        link=base,
        description=pgettext("visitor", "Three figures of the chat at a time, from published reports."),
        language=language,
        feed_url=f"{base}/feed.xml",
    )
    for issue in found.issues:
        if issue.withdrawn:
            down = _down(issue, language)
            _item(rss, base, issue, title=down["name"], text=f"{down['on']} {down['reason']}")
            continue
        text = issue.texts[issue.language(language)]
        said = " ".join(filter(None, (_corrected(issue, language), f"{base}/{issue.see}" if issue.see else "")))
        parts = [
            *filter(None, (said,)),
            text["period"],
            *(" ".join(item) for item in text["items"]),
            text["note"],
            f"{pgettext('visitor', 'Identity of the report')}: {issue.identity}",
        ]
        _item(rss, base, issue, title=text["title"], text="\n\n".join(parts))
    return str(rss.writeString("utf-8"))


def _item(rss: Rss201rev2Feed, base: str, issue: Issue, *, title: str, text: str) -> None:
    address = f"{base}/{issue.number}"
    rss.add_item(
        title=title,
        link=address,
        description=text,
        unique_id=address,
        unique_id_is_permalink=True,
        pubdate=datetime.combine(issue.day, time(tzinfo=HERE)),
    )
