"""How well the marks agree with the professionals' own judgement: counted talks, no text. Not for publication."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.moderation.verdict import LEVELS
from chatservice.screening import agreement
from chatservice.screening.agreement import AUTUMN, Table
from chatservice.screening.models import NO_CATEGORY, UNKNOWN
from console.coordinator.screening_words import category_name, judged_name, level_name
from console.coordinator.shell import coordinators_only, page, worker_of

HERE = "console_agreement"
EVERY, RAISED, DANGER = range(4), (1, 2, 3), (2, 3)


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """The newest half-year, or the one that is asked for."""
    area = worker_of(request).area_id
    known = agreement.periods(area=area)
    asked = request.GET.get("from", "")
    period = next((each for each in known if each.isoformat() == asked), known[0] if known else None)
    shown: dict[str, Any] = {
        "period": period_name(period) if period else "",
        "others": [{"from": each.isoformat(), "name": period_name(each)} for each in known if each != period],
        "heads": [judged_name(level) for level in LEVELS],
        "tables": [_table(each) for each in agreement.tables(area=area, period=period)] if period else [],
    }
    return page(request, "agreement", here=HERE, title=pgettext("worker", "Marks and judgement"), **shown)


def period_name(first: date) -> str:
    """A school half-year."""
    if first.month >= AUTUMN:
        return pgettext("worker", "Autumn {year}").format(year=first.year)
    return pgettext("worker", "Spring {year}").format(year=first.year)


def _table(found: Table) -> dict[str, Any]:
    name = category_name(found.category)
    return {
        "id": found.category or "none",
        "name": name[:1].upper() + name[1:],
        "said": _said(found),
        "rows": [
            {
                "name": level_name(level),
                "cells": [
                    {"talks": found.count(machine=(level.rank,), judged=(judged.rank,)), "same": judged is level}
                    for judged in LEVELS
                ],
                "unknown": found.count(machine=(level.rank,), judged=(UNKNOWN,)),
            }
            for level in LEVELS
        ],
    }


def _said(found: Table) -> list[str]:
    """The same in sentences: what the marks missed, what they raised in vain, what nobody judged."""
    danger = found.count(machine=EVERY, judged=DANGER)
    seen = found.count(machine=DANGER, judged=DANGER)
    calm, raised = found.count(machine=EVERY, judged=(0,)), found.count(machine=RAISED, judged=(0,))
    lines = []
    if found.category == NO_CATEGORY:
        talks = found.count(machine=EVERY, judged=EVERY)
        lines.append(
            pgettext(
                "worker",
                "In {talks} judged talks the program saw no category; professionals judged {danger} high or more.",
            ).format(talks=talks, danger=danger)
        )
    else:
        lines.append(
            pgettext(
                "worker", "Of {danger} talks judged high or more, the program had marked {seen} high or more."
            ).format(danger=danger, seen=seen)
        )
        lines.append(
            pgettext("worker", "Of {calm} talks judged to be without danger, the program had raised {raised}.").format(
                calm=calm, raised=raised
            )
        )
    unknown = found.count(machine=EVERY, judged=(UNKNOWN,))
    if unknown:
        lines.append(pgettext("worker", "Without a judgement: {unknown}.").format(unknown=unknown))
    return lines
