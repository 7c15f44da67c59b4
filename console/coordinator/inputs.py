"""Fields with the browser's own pickers."""

from __future__ import annotations

from typing import Any

from django import forms


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """A day; the browser sends 2026-11-23."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


def time_field(label: Any, *, required: bool = False, **options: Any) -> forms.TimeField:
    """A time of day; the browser sends 14:00."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget, **options)


def ticks(label: Any, **options: Any) -> forms.MultipleChoiceField:
    """Some of a list."""
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, **options)


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field of a form its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
