"""Names of the usual events of a school year, and what the clock refuses, in words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext


def event_name(kind: str, title: str) -> str:
    """An event's own words, else those of the usual rhythm."""
    return title or {
        "start": pgettext("worker", "Rota, school calendars, accounts and pages are looked through"),
        "contacts_august": pgettext("worker", "Other services and crisis numbers are checked (August)"),
        "year_report": pgettext("worker", "Last school year's report: draft, check, sign, freeze"),
        "meeting_1": pgettext("worker", "Steering group, meeting 1: goals and last year's figures"),
        "theme": pgettext("worker", "Theme week and hours of the autumn break"),
        "report_october": pgettext("worker", "Report of August and September to the steering group"),
        "meeting_2": pgettext("worker", "Steering group, meeting 2: the autumn so far"),
        "holidays": pgettext("worker", "Hours of the Christmas break"),
        "contacts_december": pgettext("worker", "Other services and crisis numbers are checked (December)"),
        "bulletin_1": pgettext("worker", "Bulletin 1, of the newest frozen report"),
        "report_autumn": pgettext("worker", "Report of the autumn term: draft, check, sign, freeze"),
        "meeting_3": pgettext("worker", "Meeting 3: the half-year, with the schools' welfare groups"),
        "survey": pgettext("worker", "Survey to guardians and pupils"),
        "contacts_march": pgettext("worker", "Other services and crisis numbers are checked (March)"),
        "county": pgettext("worker", "Report for the wellbeing services county and the regional group"),
        "meeting_4": pgettext("worker", "Steering group, meeting 4: evaluation of the year"),
        "bulletin_2": pgettext("worker", "Bulletin 2, of the newest frozen report"),
        "contacts_june": pgettext("worker", "Other services and crisis numbers are checked (June)"),
        "summer": pgettext("worker", "Summer hours, and a look at what must be deleted"),
    }.get(kind, kind)


def refusal(error: ValidationError) -> ValidationError:
    """What was refused and what would do, at its field."""
    if not hasattr(error, "error_dict"):
        return ValidationError(pgettext("worker", "A school year has a hundred events at most."))
    return ValidationError({name: _told(name) for name in error.error_dict})


def _told(name: str) -> str:
    return {
        "title": pgettext("worker", "Write what it is."),
        "day": pgettext("worker", "Choose a day of this school year."),
        "remind": pgettext("worker", "A reminder comes before the day. Choose an earlier one."),
    }[name]
