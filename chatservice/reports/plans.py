"""The annual clock: which sections each plan's report has, and the three questions that go with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from chatservice.reports import sections_load as load
from chatservice.reports import sections_people as people
from chatservice.reports import sections_town as small
from chatservice.reports.document import Document, Section, document
from chatservice.reports.errors import UnknownKind
from chatservice.reports.sections_hours import hours
from chatservice.reports.view import View
from chatservice.reports.words import has, say

Builder = Callable[[View], Section]
SECTIONS: Final[Mapping[str, Builder]] = {
    "key_figures": load.key_figures,
    "months": load.months,
    "goals": load.goals,
    "doors": load.doors,
    "answered": load.answered,
    "hours": hours,
    "waits": load.waits,
    "lengths": load.lengths,
    "tests": load.tests,
    "library": load.library,
    "trend": load.trend,
    "terms": load.terms,
    "topics": people.topics,
    "top_topics": people.top_topics,
    "ages": people.ages,
    "sides": people.sides,
    "who": people.who,
    "feedback": people.feedback,
    "outcomes": people.outcomes,
    "municipality_months": people.municipality_months,
    "municipalities": people.municipalities,
    "own_school": people.own_school,
    "schools": people.schools,
    "professions": people.professions,
    "rota": people.rota,
    "topics_ages": people.topics_ages,
    "topic_outcomes": people.topic_outcomes,
    "parents": people.parents,
    "together": small.together,
}
# When, for whom: the steering group's four meetings, its two bulletins, school groups, the county (statistics method).
# `start` and `may` have no snapshot of their own: they are read from the newest frozen one.
PLANS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": ("key_figures", "months", "trend", "goals", "doors", "tests"),
    "october": ("municipality_months", "doors", "months"),
    "autumn": ("key_figures", "topics", "top_topics", "ages", "waits", "feedback", "doors", "tests", "library"),
    "school_autumn": ("own_school", "topics", "tests"),
    "march": ("municipalities", "professions", "outcomes", "hours", "rota"),
    "may": (
        "key_figures",
        "topics",
        "topics_ages",
        "schools",
        "terms",
        "answered",
        "hours",
        "lengths",
        "feedback",
        "outcomes",
    ),
    "small_town": ("key_figures", "trend", "together", "answered", "doors", "tests", "library"),
    "year": (
        *("key_figures", "trend", "months", "topics", "top_topics", "sides", "topics_ages", "ages", "who"),
        "municipalities",
        *("own_school", "schools", "terms", "waits", "answered", "hours", "lengths", "feedback", "outcomes"),
        *("topic_outcomes", "parents", "professions", "rota", "doors", "tests", "library"),
    ),
}
# Sections that make sense only where the whole area is looked at.
OF_THE_AREA: Final = frozenset(
    {
        "municipality_months",
        "municipalities",
        "professions",
        "hours",
        "rota",
        "topics_ages",
        "topic_outcomes",
        "schools",
        "sides",
        "who",
    }
)


def report(view: View, *, contents: str = "") -> Document:
    """Return the report of the snapshot's plan, or the contents of another meeting from the same snapshot.

    A section whose tables the snapshot does not have is left out. Raises UnknownKind for no such plan.
    """
    plan = contents or view.snapshot.plan
    if plan not in PLANS:
        raise UnknownKind(f"expected one of the plans {', '.join(PLANS)}, not {plan!r}")
    found = [SECTIONS[key](view) for key in PLANS[plan] if not (view.place and key in OF_THE_AREA)]
    quiet = [each.heading for each in found if not shows(each) and any(grid.note for grid in each.grids)]
    title, asked = say(f"plan.{plan}", view.language), questions(plan, view.language)
    return document(view, title=title, sections=filter(shows, found), questions=asked, quiet=quiet)


def section(view: View, key: str) -> Section:
    """Return one section, for a page of its own; raises UnknownKind."""
    if key not in SECTIONS:
        raise UnknownKind(f"expected one of the sections {', '.join(SECTIONS)}, not {key!r}")
    return SECTIONS[key](view)


def questions(plan: str, language: str) -> tuple[str, ...]:
    """Return the three questions to decide of a plan, those of every plan where it has none of its own."""
    own = plan if has(f"question.{plan}_1") else "any"
    return tuple(say(f"question.{own}_{number}", language) for number in (1, 2, 3))


def shows(each: Section) -> bool:
    """Tell whether a section has anything to show; one that has only small figures is named in a line instead."""
    return bool(each.charts) or any(grid.rows for grid in each.grids)
