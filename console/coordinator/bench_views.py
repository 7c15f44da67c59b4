"""The test bench: what the rules of the area say of a pasted text. The text goes nowhere and is kept nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chatservice.moderation.pipeline import default, screen
from chatservice.moderation.verdict import Reason, Verdict
from chatservice.places.models import LANGUAGES
from chatservice.screening import terms
from console.coordinator.forms import DeskForm
from console.coordinator.inputs import offer
from console.coordinator.screening_words import blocker_name, category_name, kind_name, label_name, level_name
from console.coordinator.shell import coordinators_only, page, tongue, worker_of
from console.coordinator.words import language_choices

HERE = "console_bench"


class BenchForm(DeskForm):
    """A text and the language of the talk it would stand in."""

    text = forms.CharField(
        label=pgettext_lazy("worker", "Text to try"),
        max_length=4000,
        strip=False,
        help_text=pgettext_lazy("worker", "Made up by you. Never paste a child's words."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=pgettext_lazy("worker", "Language of the talk"))

    def settle(self) -> None:
        """Languages in the reader's language."""
        offer(self, "language", language_choices())


@sensitive_post_parameters("text")
@require_http_methods(["GET", "POST"])
@coordinators_only
def bench(request: HttpRequest) -> HttpResponse:
    """The form, and beneath it what the rules say; sent by POST, so that no address ever holds the text."""
    language = tongue() if tongue() in LANGUAGES else LANGUAGES[0]
    form = BenchForm(request.POST if request.method == "POST" else None, initial={"language": language})
    shown: dict[str, Any] = {}
    if request.method == "POST":
        if form.is_valid():
            found = terms.terms_of(terms.newest(worker_of(request).area_id))
            text = form.cleaned_data["text"]
            verdict = screen(text, language=form.cleaned_data["language"], rules=default().with_terms(found))
            shown = _verdict(text, verdict)
        form.focus_first_problem()
    return page(request, "bench", here=HERE, title=pgettext("worker", "Test bench"), form=form, verdict=shown)


def _verdict(text: str, found: Verdict) -> dict[str, Any]:
    return {
        "level": level_name(found.level),
        "rank": found.level.rank,
        "categories": ", ".join(category_name(each) for each in found.categories),
        "label": label_name(found.label),
        "masked": found.masked,
        "spans": [{"kind": kind_name(each.kind), "text": text[each.start : each.end]} for each in found.spans],
        "reasons": [_reason(text, each) for each in found.reasons],
        "unchecked": found.unchecked,
    }


def _reason(text: str, found: Reason) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "words": [text[start:end] for start, end in sorted(found.spans) if end > start],
        "blocker": blocker_name(found.blocker) if found.blocker else "",
    }
