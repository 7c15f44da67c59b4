"""Names of what a bulletin is made of, in the reader's language, and the words of its refusals."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from chatservice.bulletins.models import Published, Reason
from chatservice.reports.bulletin import CHOICES
from chatservice.reports.errors import BadBulletin
from chatservice.statistics.models import Snapshot
from console.coordinator.words import day_text
from console.statistics import words


def figure_name(name: str) -> str:
    """A figure that a bulletin can tell."""
    return {
        "contacts": pgettext("worker", "Contacts to the chat"),
        "answered": pgettext("worker", "Contacts that were answered"),
        "top_topic": pgettext("worker", "The most common topic"),
        "tests": pgettext("worker", "Worry tests taken"),
        "doors": pgettext("worker", "A closed door or a full queue"),
        "feedback": pgettext("worker", "Felt better after the talk"),
        "parents": pgettext("worker", "Contacts of parents"),
        "library": pgettext("worker", "Library items opened"),
    }[name]


def figure_choices() -> list[tuple[str, str]]:
    """Figures for a choice."""
    return [(name, figure_name(name)) for name in CHOICES]


def report_name(snapshot: Snapshot) -> str:
    """A frozen report: its plan, its days, when it was frozen."""
    report = snapshot.report
    text = pgettext("worker", "{plan}: {days}, frozen {day}")
    days = words.days_name(report.first, report.last)
    return text.format(plan=words.plan_name(snapshot.plan), days=days, day=words.day_name(snapshot.frozen))


def reason_name(reason: str) -> str:
    """Why a bulletin was taken down."""
    return {
        Reason.MISTAKE: pgettext("worker", "There was a mistake in it."),
        Reason.WORDS: pgettext("worker", "Its words were not such as we publish."),
        Reason.EARLY: pgettext("worker", "It was published too early."),
    }[Reason(reason)]


def reason_choices() -> list[tuple[str, str]]:
    """Reasons for a choice."""
    return [(str(reason), reason_name(reason)) for reason in Reason]


def withdrawn_name(row: Published) -> str:
    """When and by whom a bulletin was taken down, and why; empty for one that stands."""
    down = getattr(row, "withdrawal", None)
    if down is None:
        return ""
    text = pgettext("worker", "Withdrawn on {day} by {who}. {reason}")
    return text.format(day=day_text(down.day, year=True), who=down.by.display_name, reason=reason_name(down.reason))


def refusal(error: BadBulletin, *, names: tuple[str, ...] = ()) -> ValidationError:
    """Why words cannot stand, and what would do."""
    given = ", ".join(f"{{{name}}}" for name in names)
    told = {
        "absent": pgettext("worker", "The report does not tell these figures. Choose others, or another report."),
        "length": pgettext("worker", "The text is too long. Shorten it."),
        "markup": pgettext("worker", "Write plain words, without < or >."),
        "braces": pgettext("worker", "Braces are for the names of figures only: {{figure}}.").format(),
        "places": pgettext("worker", "There is no such figure here. These can stand: {names}.").format(names=given),
        "digits": pgettext(
            "worker",
            "Figures come from the report, so no number is typed, in digits or words. Write {{figure}} in its place.",
        ).format(),
        "corrected": pgettext(
            "worker",
            "The report has been corrected, so its figures are not published any more. Take the corrected ones.",
        ),
    }.get(error.code, pgettext("worker", "This cannot be published."))
    return ValidationError(told, code=error.code)
