"""Forms of a bulletin: which report and figures, and the words in Finnish, Swedish and, if wished, English."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from chatservice.bulletins import drafts
from chatservice.bulletins.models import Draft
from chatservice.reports import bulletin
from chatservice.reports.errors import BadBulletin
from chatservice.statistics.models import Snapshot
from console.coordinator.forms import DeskForm
from console.coordinator.words import language_name
from console.statistics.bulletin_words import figure_choices, figure_name, reason_choices, refusal, report_name

SENTENCES = range(bulletin.SENTENCES)


class NewBulletinForm(DeskForm):
    """What a bulletin is made of."""

    report = forms.TypedChoiceField(
        label=pgettext_lazy("worker", "Frozen report"),
        help_text=pgettext_lazy(
            "worker", "The newest period comes first. The bulletin tells of that period and says so."
        ),
        coerce=int,
    )
    figures = forms.MultipleChoiceField(
        label=pgettext_lazy("worker", "Three figures"),
        required=False,
        help_text=pgettext_lazy("worker", "Choose three, or none: then those are taken that tell most."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, reports: list[Snapshot], **kwargs: Any) -> None:
        self._reports = reports
        super().__init__(*args, **kwargs)

    def settle(self) -> None:
        """Choices in the reader's language."""
        report, figures = self.fields["report"], self.fields["figures"]
        assert isinstance(report, forms.ChoiceField)
        assert isinstance(figures, forms.ChoiceField)
        report.choices = [(each.pk, report_name(each)) for each in self._reports]
        told = {name for each in self._reports for name in drafts.figures_of(each)}
        figures.choices = [(name, words) for name, words in figure_choices() if name in told]

    def clean_figures(self) -> tuple[str, ...]:
        """Three, or none."""
        chosen = tuple(self.cleaned_data["figures"])
        if chosen and len(chosen) != bulletin.THREE:
            raise ValidationError(pgettext("worker", "Choose exactly three figures."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Name the figures that the report does not tell."""
        chosen, found = self.cleaned_data.get("figures") or (), self.cleaned_data.get("report")
        report = next((each for each in self._reports if each.pk == found), None)
        absent = [figure_name(name) for name in chosen if report and name not in drafts.figures_of(report)]
        if absent:
            words = pgettext("worker", "The report does not tell: {figures}. Choose others, or another report.")
            self.add_error("figures", words.format(figures=", ".join(absent)))
        return self.cleaned_data


class WithdrawForm(DeskForm):
    """Why a published bulletin is taken down, as everybody will read it."""

    reason = forms.ChoiceField(label=pgettext_lazy("worker", "Why, as everybody will read it"))

    def settle(self) -> None:
        """Reasons in the reader's language; none is chosen for them."""
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext("worker", "Choose a reason")), *reason_choices()]


class WordsForm(DeskForm):
    """The words of a draft: `title_fi`, `s0_fi_0` for the first sentence of the first figure in Finnish."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        self.draft = draft
        self.figures = drafts.values(draft)
        super().__init__(*args, **kwargs)

    def settle(self) -> None:
        """A field for each text."""
        for language in drafts.LANGUAGES:
            self.fields[f"title_{language}"] = self._text(
                language, pgettext("worker", "Title"), bulletin.LONGEST_TITLE, rows=1
            )
        for place, (name, _) in enumerate(self.figures):
            for language in drafts.LANGUAGES:
                for number in SENTENCES:
                    label = f"{figure_name(name)}: {sentence_name(number)}"
                    field = self._text(language, label, bulletin.LONGEST_SENTENCE, rows=3)
                    self.fields[f"s{place}_{language}_{number}"] = field

    def clean(self) -> dict[str, Any]:
        """Refuse at its field what could never be published; gaps may stay in a draft."""
        for language in drafts.LANGUAGES:
            self._try(f"title_{language}", longest=bulletin.LONGEST_TITLE, names=())
            for place, (_, values) in enumerate(self.figures):
                for number in SENTENCES:
                    given = tuple(values[language])
                    self._try(f"s{place}_{language}_{number}", longest=bulletin.LONGEST_SENTENCE, names=given)
        return self.cleaned_data

    def words(self) -> drafts.Words:
        """What is to be stored."""
        found = self.cleaned_data
        return {
            language: {
                "title": found[f"title_{language}"],
                "sentences": [
                    [found[f"s{place}_{language}_{number}"] for number in SENTENCES]
                    for place in range(len(self.figures))
                ],
            }
            for language in drafts.LANGUAGES
        }

    def groups(self) -> list[dict[str, Any]]:
        """The fields as the page shows them: the titles, then each figure with its published texts."""
        shown: list[dict[str, Any]] = [
            {"name": pgettext("worker", "Title"), "parts": self._parts("title_{}", ())},
        ]
        for place, (name, values) in enumerate(self.figures):
            parts = self._parts(f"s{place}_{{}}_{{}}", SENTENCES)
            for part in parts:
                part["given"] = [(f"{{{key}}}", text) for key, text in values[part["code"]].items()]
            shown.append({"name": figure_name(name), "parts": parts})
        return shown

    def _parts(self, pattern: str, numbers: range | tuple[int, ...]) -> list[dict[str, Any]]:
        return [
            {
                "code": language,
                "language": language_name(language),
                "fields": [self[pattern.format(language, number)] for number in numbers or (0,)],
            }
            for language in drafts.LANGUAGES
        ]

    def _text(self, language: str, label: str, longest: int, *, rows: int) -> forms.CharField:
        wide: dict[str, Any] = {"rows": rows, "lang": language, "autocomplete": "off"}
        widget = forms.Textarea(attrs=wide) if rows > 1 else forms.TextInput(attrs={**wide, "rows": None})
        return forms.CharField(
            label=f"{label} ({language_name(language)})", required=False, max_length=longest, widget=widget
        )

    def _try(self, field: str, *, longest: int, names: tuple[str, ...]) -> None:
        text = " ".join(self.cleaned_data.get(field, "").split())
        if field not in self.cleaned_data or not text:
            return
        self.cleaned_data[field] = text
        try:
            bulletin.check(text, longest=longest, allowed=frozenset(names))
        except BadBulletin as error:
            self.add_error(field, refusal(error, names=names))


def sentence_name(number: int) -> str:
    """Which sentence."""
    return [pgettext("worker", "first sentence"), pgettext("worker", "second sentence")][number]


def facts(words: drafts.Words, *, version: int) -> dict[str, Any]:
    """A draft's words as the form's first values."""
    found: dict[str, Any] = {"version": version}
    for language, kept in words.items():
        found[f"title_{language}"] = kept["title"]
        for place, pair in enumerate(kept["sentences"]):
            found |= {f"s{place}_{language}_{number}": text for number, text in enumerate(pair)}
    return found
