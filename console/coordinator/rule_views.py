"""The rules of moderation for everybody at the desk to read: chapters, each rule with its owner, each word list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.moderation.pipeline import default
from chatservice.moderation.risk.signs import MOST_WORDS
from chatservice.moderation.verdict import CATEGORIES, LEVELS
from chatservice.places.models import LANGUAGES
from chatservice.screening import rulebook
from chatservice.screening.rulebook import Rule, Sign
from console.coordinator.screening_words import level_name, part_name, within_name
from console.coordinator.shell import page, workers_only
from console.coordinator.words import language_name
from console.views import not_found

HERE = "console_rules"


@require_GET
@workers_only
def listing(request: HttpRequest) -> HttpResponse:
    """The chapters, with how many rules each has."""
    rows = [{"part": part, "name": part_name(part), "count": len(rulebook.of_part(part))} for part in rulebook.PARTS]
    lines = default().risk.signs.lines
    limits: dict[str, Any] = {"words": MOST_WORDS}
    for level, line in zip(LEVELS[1:], lines, strict=True):
        limits |= {str(level): level_name(str(level)), f"at_{level}": line}
    title = pgettext("worker", "Rules of moderation")
    return page(request, "rules", here=HERE, title=title, rows=rows, limits=limits)


@require_GET
@workers_only
def signs(request: HttpRequest) -> HttpResponse:
    """The signs that are added up, each with its points, by the danger they speak for."""
    rows = [
        {"part": part, "name": _title(part_name(part)) if part else pgettext("worker", "No one danger"), "signs": found}
        for part in rulebook.PARTS_OF_SIGNS
        if (found := [_sign(each) for each in rulebook.signs() if each.part == part])
    ]
    levels = [level_name(str(level)) for level in LEVELS[1:]]
    title = pgettext("worker", "Signs that are added up")
    return page(request, "rules_signs", here=HERE, title=title, rows=rows, levels=levels)


@require_GET
@workers_only
def chapter(request: HttpRequest, part: str) -> HttpResponse:
    """The rules of one chapter, the highest level first."""
    if part not in rulebook.PARTS:
        return not_found(request)
    rows = [_rule(each) for each in rulebook.of_part(part)]
    return page(request, "rules_part", here=HERE, title=_title(part_name(part)), rows=rows)


@require_GET
@workers_only
def words(request: HttpRequest, room: str, name: str) -> HttpResponse:
    """The words of one concept, by language."""
    found = rulebook.words(room, name) if room in rulebook.ROOMS else {}
    if not found:
        return not_found(request)
    lists = [
        {"language": language_name(code), "code": code, "words": ", ".join(found[code])}
        for code in LANGUAGES
        if code in found
    ]
    return page(request, "rules_words", here=HERE, title=name, lists=lists)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _rule(found: Rule) -> dict[str, Any]:
    return {
        "id": found.id,
        "level": level_name(found.level) if found.part in CATEGORIES else "",
        "needs": [[_concept(found.room, each) for each in need] for need in found.needs],
        "without": [_concept(found.room, each) for each in found.without],
        "within": within_name(found.within),
        "match": found.match,
        "miss": found.miss,
        "owner": found.owner,
        "source": found.source,
        "date": found.date,
        "note": found.note,
    }


def _sign(found: Sign) -> dict[str, Any]:
    return {**_concept("risk", found.name), "points": [f"{each:+d}" if each else "0" for each in found.points]}


def _concept(room: str, written: str) -> dict[str, Any]:
    name = written.lstrip("-~")
    return {"name": name, "room": room, "denied": written.startswith("-"), "listed": bool(rulebook.words(room, name))}
