"""Names of states, roles and refusals in the reader's language; plans and metrics are named by the reports' room."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import pgettext

from chatservice.reports import labels
from chatservice.reports.words import has, say
from chatservice.statistics.checking import FAILED, INTERRUPTED
from chatservice.statistics.errors import StatisticsError, TypedFigure
from chatservice.statistics.models import Report
from chatservice.statistics.states import State
from console.coordinator.shell import tongue

DASH: Final = "–"


def plan_name(plan: str) -> str:
    """A report of the annual clock."""
    return say(f"plan.{plan}", tongue())


def plan_for(plan: str) -> str:
    """Whom it is made for."""
    return say(f"plan_for.{plan}", tongue()) if has(f"plan_for.{plan}") else ""


def year_name(year: str) -> str:
    """A school year."""
    return labels.years(year)


def day_name(day: date) -> str:
    """A day."""
    return labels.day(day.isoformat(), tongue())


def days_name(first: date, last: date) -> str:
    """From which day to which."""
    return f"{day_name(first)} {DASH} {day_name(last)}"


def state_name(report: Report) -> str:
    """Where a report stands."""
    if report.state == State.CHECKING:
        return pgettext("worker", "Being checked, {percent} %").format(percent=percent(report))
    return {
        State.DRAFT: pgettext("worker", "Draft"),
        State.CHECKED: pgettext("worker", "Checked, waits for signatures"),
        State.SIGNED: pgettext("worker", "Signed, can be frozen"),
        State.FROZEN: pgettext("worker", "Frozen"),
    }[State(report.state)]


def percent(report: Report) -> int:
    """How far a check is."""
    return round(100 * report.progress)


def role_name(role: str) -> str:
    """A role in which one signs."""
    return {
        "coordinator": pgettext("worker", "coordinator"),
        "statistician": pgettext("worker", "statistician"),
    }[role]


def reason_name(report: Report) -> str:
    """Why a report is a draft again; empty where it never was anything else."""
    known = {
        "": "",
        "stopped by hand": pgettext("worker", "The check was stopped by hand. Nothing was published."),
        INTERRUPTED: pgettext("worker", "The check was interrupted. Nothing was published; start it again."),
        "counted since the check: check again": pgettext(
            "worker", "More was counted, or another report frozen, after the check, so it is out of date. Check again."
        ),
        "published with another text: check again": pgettext(
            "worker",
            "A figure of it was published with another text by then, and a figure keeps its text for ever. "
            "The signatures are void. Send it to be checked again: its figures are made anew, with that text.",
        ),
        "taken back by hand": pgettext("worker", "It was taken back to draft. Signatures were removed."),
    }
    if report.reason in known:
        return known[report.reason]
    code, colon, _ = report.reason.partition(":")
    return _gate_says(code if colon else FAILED)


def _gate_says(code: str) -> str:
    """Why the gate did not let a draft through, and what to do; never its own English."""
    nothing = pgettext("worker", "The check did not pass, and nothing was published.")
    because = {
        "stopped": pgettext("worker", "It was stopped before it was finished. Send it again."),
        "unfinished": pgettext(
            "worker",
            "It did not get to its end in time. Send it again when the service is quiet; else ask the operator.",
        ),
        "contradiction": pgettext(
            "worker", "No counts can agree with the draft and everything published this year. Ask the operator."
        ),
        "known": pgettext(
            "worker",
            "Somebody could be found from the earlier reports of this year alone, whatever is taken out of this one. "
            "Ask the operator.",
        ),
        "refused": pgettext(
            "worker",
            "The draft has a figure in a form that is never published. Make the figures anew, then send it again.",
        ),
        "proof": pgettext("worker", "The proof that nobody can be found did not hold. Send it again."),
    }.get(code, pgettext("worker", "Send it again. If that does not help, ask the operator."))
    return f"{nothing} {because}"


def typed_figure(found: str, *, hours: bool = False) -> str:
    """Why a text of people's own cannot stand, with what was found in it."""
    if hours:
        text = pgettext(
            "worker", "“{found}” is no day, date or time of day. Only those stand here; figures come from the counters."
        )
    else:
        text = pgettext(
            "worker",
            "“{found}” is a figure. Nothing protects a figure that is typed, in digits or words: point to the tables.",
        )
    return text.format(found=found)


def refusal_name(error: StatisticsError, *, ended: bool = False) -> str:
    """Why a step was refused; `ended`: the last report of its school year is frozen."""
    if ended and error.code == "secret_lost":
        return pgettext(
            "worker",
            "The last report of this school year is frozen, and the key of its figures was destroyed with it, as is "
            "meant. Only reports whose every figure was published already can still be made.",
        )
    if isinstance(error, TypedFigure):
        return typed_figure(error.found, hours=error.field == "opening_hours")
    return {
        "not_allowed": pgettext(
            "worker", "You cannot sign now: another person signs in the other role, or the same one on another day."
        ),
        "not_ended": pgettext("worker", "The period is not over yet. A report is made after its last day."),
        "wrong_turn": pgettext("worker", "Somebody else was faster: the report is not in that state any more."),
        "catalogue_changed": pgettext(
            "worker", "The school year was begun with other tables than this release counts. Ask the operator."
        ),
        "secret_lost": pgettext(
            "worker",
            "The key that protects this year's figures is gone, so no new figure can be made. Ask the operator.",
        ),
        "changed": pgettext(
            "worker", "More was counted, or another report frozen, after the check, so it is out of date. Check again."
        ),
        "note_missing": pgettext(
            "worker", "A correction has to tell in its note what is corrected. Write the note first; nothing was sent."
        ),
        "text_taken": pgettext(
            "worker",
            "A figure was published with another text before. Nothing was frozen; the report is a draft again.",
        ),
    }.get(error.code, pgettext("worker", "That could not be done. Nothing was published."))
