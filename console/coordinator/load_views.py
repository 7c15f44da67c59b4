"""The load of this moment: who waits where, who is on duty, what today has brought. Not for publication."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.accounts.models import Profession
from chatservice.duty import desk
from chatservice.duty.presence import OnDutyView
from chatservice.hours.evaluate import ZONE
from chatservice.queues.live import QueueNow, waiting_now
from chatservice.reports.labels import word
from chatservice.statistics import waits
from chatservice.statistics.load import BandToday, TodaysLoad, today, today_by_band
from console.coordinator.shell import coordinators_only, page, tongue, worker_of
from console.coordinator.words import clock_text, lane_name, span_text
from console.strings import profession_name

HERE = "console_load"


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """The page."""
    title = pgettext("worker", "Load now")
    return page(request, "load", here=HERE, title=title, **_facts(worker_of(request).area_id))


@require_GET
@coordinators_only
def now(request: HttpRequest) -> HttpResponse:
    """The same numbers for the script: texts by the name of their cell."""
    facts = _facts(worker_of(request).area_id)
    cells = {"at": facts["at"]}
    for group, names in GROUPS:
        for row in facts[group]:
            cells |= {f"{group}-{row['id']}-{name}": str(row[name]) for name in names}
    return JsonResponse({"cells": cells})


QUEUE_CELLS = ("waiting", "longest", "talking", "parked")
PERSON_CELLS = ("state", "until", "capacity")
COUNTS = ("arrivals", "answered", "left", "turned_away")
LANE_CELLS = (*COUNTS, "share")
BAND_CELLS = (*COUNTS, "share", "usual")
GROUPS = (
    *(("queues", QUEUE_CELLS), ("people", PERSON_CELLS), ("lanes", LANE_CELLS), ("bands", BAND_CELLS)),
    ("waits", ("talks",)),
)
BAND_HOURS = 2


def _facts(area: int) -> dict[str, Any]:
    return {
        "at": clock_text(timezone.now().astimezone(ZONE)),
        "queues": [_queue(each) for each in waiting_now(area=area)],
        "people": [_person(each) for each in desk.on_duty(area=area)],
        "lanes": _today(today(area=area)),
        "bands": [_band(each) for each in today_by_band(area=area)],
        "waits": [
            {"id": code, "name": word("wait", code, tongue()), "talks": talks}
            for code, talks in waits.lately(area=area).items()
        ],
    }


def _queue(found: QueueNow) -> dict[str, Any]:
    minutes = pgettext("worker", "{minutes} min").format(minutes=found.longest_minutes)
    return {
        "id": found.queue,
        "name": found.name or lane_name(found.channel, found.language),
        "waiting": f"{found.waiting}/{found.cap}" if found.cap else str(found.waiting),
        "longest": minutes if found.waiting else "–",
        "talking": found.talking,
        "parked": found.parked,
    }


def _person(found: OnDutyView) -> dict[str, Any]:
    return {
        "id": found.worker,
        "name": found.name,
        "profession": profession_name(Profession(found.profession)),
        "capacity": found.capacity,
        "state": _state(found),
        "until": clock_text(found.until.astimezone(ZONE), closing=True) if found.until else "–",
    }


def _state(found: OnDutyView) -> str:
    if not found.present:
        return pgettext("worker", "line lost")
    if found.paused:
        return pgettext("worker", "on pause")
    if not found.accepting:
        return pgettext("worker", "takes no new ones")
    return pgettext("worker", "takes new ones")


def _today(rows: list[TodaysLoad]) -> list[dict[str, Any]]:
    """Summed by channel and language: the door's counters belong to no queue."""
    sums: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        lane = sums.setdefault((row.channel, row.language), dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            lane[name] += getattr(row, name)
    return [
        {"id": f"{channel}-{language}", "name": lane_name(channel, language), **counts, "share": _share(**counts)}
        for (channel, language), counts in sorted(sums.items(), reverse=True)
    ]


def _band(found: BandToday) -> dict[str, Any]:
    """Two hours of all queues together; never by municipality or school."""
    counts = {name: getattr(found, name) for name in COUNTS}
    hour = found.band * BAND_HOURS
    return {
        "id": found.band,
        "name": span_text(time(hour), time((hour + BAND_HOURS) % 24)),
        **counts,
        "share": _share(**counts),
        "usual": "–" if found.usual is None else str(round(found.usual)),
    }


def _share(*, answered: int, left: int, turned_away: int, **_more: int) -> str:
    """How many of those who came and do not wait any more were answered."""
    through = answered + left + turned_away
    return f"{round(100 * answered / through)} %" if through else "–"
