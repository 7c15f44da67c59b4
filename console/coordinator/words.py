"""Names of the field in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.translation import pgettext

from chatservice.hours.words import DASH, TONGUES
from chatservice.places.models import CHANNELS, LANGUAGES
from console.coordinator.shell import tongue

MIDNIGHT = time()


def channel_name(channel: str) -> str:
    """Whom a channel serves; blank is both."""
    return {
        "": pgettext("worker", "All channels"),
        "youth": pgettext("worker", "Young people"),
        "parent": pgettext("worker", "Parents"),
    }[channel]


def language_name(language: str) -> str:
    """A language's name; blank is every one."""
    return {
        "": pgettext("worker", "All languages"),
        "fi": pgettext("worker", "Finnish"),
        "sv": pgettext("worker", "Swedish"),
        "en": pgettext("worker", "English"),
    }.get(language, language)


def lane_name(channel: str, language: str) -> str:
    """A channel with its language."""
    return f"{channel_name(channel)}, {language_name(language)}"


def channel_choices() -> list[tuple[str, str]]:
    """Channels for a choice."""
    return [(channel, channel_name(channel)) for channel in CHANNELS]


def language_choices() -> list[tuple[str, str]]:
    """Languages for a choice."""
    return [(language, language_name(language)) for language in LANGUAGES]


def stage_choices() -> list[tuple[str, str]]:
    """School stages for a choice."""
    return [
        ("basic", pgettext("worker", "Comprehensive school")),
        ("upper", pgettext("worker", "Upper secondary school")),
        ("vocational", pgettext("worker", "Vocational school")),
        ("pre_primary", pgettext("worker", "Pre-primary")),
    ]


def break_name(kind: str) -> str:
    """A kind of school break."""
    return {
        "autumn": pgettext("worker", "Autumn break"),
        "christmas": pgettext("worker", "Christmas break"),
        "winter": pgettext("worker", "Winter break"),
        "easter": pgettext("worker", "Easter break"),
        "summer": pgettext("worker", "Summer break"),
        "other": pgettext("worker", "Other break"),
    }[kind]


def weekday_names() -> list[str]:
    """Monday to Sunday."""
    return [
        pgettext("worker", "Monday"),
        pgettext("worker", "Tuesday"),
        pgettext("worker", "Wednesday"),
        pgettext("worker", "Thursday"),
        pgettext("worker", "Friday"),
        pgettext("worker", "Saturday"),
        pgettext("worker", "Sunday"),
    ]


def day_text(day: date, *, year: bool = False) -> str:
    """A date with its weekday."""
    return TONGUES[tongue()].dated(day, year=year)


def days_text(first: date, last: date) -> str:
    """One date, or from which to which."""
    if first == last:
        return day_text(first, year=True)
    return f"{day_text(first, year=first.year != last.year)} {DASH} {day_text(last, year=True)}"


def clock_text(at: time | datetime, *, closing: bool = False) -> str:
    """A time on the 24-hour clock; a closing at midnight is 24."""
    hour = 24 if closing and (at.hour, at.minute) == (0, 0) else at.hour
    return f"{hour:02}:{at.minute:02}" if tongue() == "en" else f"{hour}.{at.minute:02}"


def span_text(opens: time | datetime, closes: time | datetime) -> str:
    """From when until when."""
    return f"{clock_text(opens)}{DASH}{clock_text(closes, closing=True)}"
