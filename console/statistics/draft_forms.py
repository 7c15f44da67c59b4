"""Forms of a draft: what is decided before it is made, and what people say beside the figures."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy

from chatservice.disclosure.typed_figures import typed
from chatservice.statistics import life
from chatservice.statistics.models import Report
from console.coordinator.forms import DeskForm
from console.statistics import words

LONGEST_TEXT: Final = life.LONGEST_NOTE
NOTES: Final = ("fi", "sv", "en")
HOURS: Final = "opening_hours"


class FigurelessForm(DeskForm):
    """Figures come from the counters alone: what somebody typed is refused at its field."""

    def clean(self) -> dict[str, Any]:
        """Look at every text of people's own."""
        for name in (*NOTES, HOURS):
            if found := typed(self.cleaned_data.get(name, ""), hours=name == HOURS):
                self.add_error(name, ValidationError(words.typed_figure(found, hours=name == HOURS), code="typed"))
        return self.cleaned_data


class NewForm(FigurelessForm):
    """What is decided before a draft is made."""

    opening_hours = forms.CharField(
        label=pgettext_lazy("worker", "Opening hours in this period"),
        help_text=pgettext_lazy(
            "worker",
            "They stand beside the figures. Written as Mo-Th 14:00-20:00 they are told in every language; "
            "other words stay.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    schools = forms.BooleanField(
        label=pgettext_lazy("worker", "With tables of schools"),
        help_text=pgettext_lazy("worker", "Only if the schools have agreed. Small schools are shown together."),
        required=False,
    )


class TextForm(FigurelessForm):
    """What people say beside the figures."""

    fi = forms.CharField(
        label=pgettext_lazy("worker", "Note in Finnish"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    sv = forms.CharField(
        label=pgettext_lazy("worker", "Note in Swedish"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    en = forms.CharField(
        label=pgettext_lazy("worker", "Note in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    opening_hours = forms.CharField(
        label=pgettext_lazy("worker", "Opening hours in this period"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )

    @classmethod
    def of(cls, report: Report, data: Any = None) -> TextForm:
        """Return the form of a report, with what was sent or what it has."""
        kept = {"fi": report.note_fi, "sv": report.note_sv, "en": report.note_en, HOURS: report.opening_hours}
        return cls(data, initial=kept)
