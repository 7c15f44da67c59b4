"""Fields with the browser's own pickers."""

from __future__ import annotations

import re
from datetime import time
from typing import Any, Final

from django import forms
from django.utils.translation import pgettext

HOURS: Final = 24
MINUTES: Final = 60
_CLOCK: Final = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """A day; the browser sends 2026-11-23."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


class ClockField(forms.TimeField):
    """A time of day on the 24-hour clock, whatever clock the browser's own picker would show."""

    def to_python(self, value: Any) -> time | None:
        """Read 14, 14:00 or 14.00; 24:00 is midnight."""
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = clock(str(value))
        if found is None:
            raise forms.ValidationError(pgettext("worker", "Write a time as 14:00."), code="invalid")
        return found


def clock(text: str) -> time | None:
    """Read a time as people write it; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        return time()
    return time(hour, minute) if hour < HOURS and minute < MINUTES else None


def time_field(label: Any, *, required: bool = False, **options: Any) -> ClockField:
    """A time of day."""
    attributes = {"class": "clock", "inputmode": "numeric", "maxlength": "5", "autocomplete": "off"}
    widget = forms.TimeInput(attrs=attributes, format="%H:%M")
    return ClockField(label=label, required=required, widget=widget, **options)


def ticks(label: Any, **options: Any) -> forms.MultipleChoiceField:
    """Some of a list."""
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, **options)


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field of a form its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
