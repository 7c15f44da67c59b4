"""Terms of the area: what it adds to the rules, each change a version, tried before it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.models import Worker
from chatservice.hours.evaluate import ZONE
from chatservice.moderation.verdict import LEVELS
from chatservice.places.errors import StaleEdit
from chatservice.places.models import SLUG
from chatservice.screening import terms, trial
from chatservice.screening.models import PHRASE_CHARACTERS, AreaTerm
from chatservice.screening.terms import TermDraft
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.inputs import offer
from console.coordinator.screening_words import (
    category_choices,
    category_name,
    level_choices,
    level_name,
    term_refusal,
)
from console.coordinator.shell import coordinators_only, done, page, worker_of
from console.coordinator.words import clock_text, day_text, language_name

HERE = "console_terms"
SHOWN = 20
MOST_DIGITS = 9


def examples_field(label: Any, *, help_text: Any, required: bool) -> forms.CharField:
    """Sentences, one on each line."""
    widget = forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=4000, widget=widget)


class TermForm(DeskForm):
    """One term; its key is the address of its page."""

    phrase = forms.CharField(
        label=pgettext_lazy("worker", "Word or phrase"),
        max_length=PHRASE_CHARACTERS,
        help_text=pgettext_lazy(
            "worker",
            "Written as young people write it. A star at the beginning or the end stands for any letters: swingbridg*.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    level = forms.ChoiceField(label=pgettext_lazy("worker", "Level"))
    category = forms.ChoiceField(label=pgettext_lazy("worker", "What it is about"))
    examples_match = examples_field(
        pgettext_lazy("worker", "Sentences in which it must be found"),
        help_text=pgettext_lazy("worker", "One on each line, at most ten, made up by you."),
        required=True,
    )
    examples_not = examples_field(
        pgettext_lazy("worker", "Sentences in which it must not be found"),
        help_text=pgettext_lazy("worker", "Harmless ones with similar words, one on each line."),
        required=False,
    )

    def settle(self) -> None:
        """Choices in the reader's language."""
        offer(self, "level", level_choices())
        offer(self, "category", category_choices())

    def draft(self, key: str) -> TermDraft:
        """What is to be tried or stored."""
        found = self.cleaned_data
        return TermDraft(
            key=key,
            phrase=" ".join(found["phrase"].split()),
            level=int(found["level"]),
            category=found["category"],
            examples_match=_lines(found["examples_match"]),
            examples_not=_lines(found["examples_not"]),
        )


class NewTermForm(TermForm):
    """A term that the area did not have, with a key."""

    key = forms.CharField(
        label=pgettext_lazy("worker", "Short key"),
        max_length=50,
        help_text=pgettext_lazy(
            "worker", "Small letters a to z, digits and hyphens. Professionals see it as the reason: area:swing-bridge."
        ),
        validators=[
            RegexValidator(rf"\A{SLUG}\Z", pgettext_lazy("worker", "Use small letters, digits and single hyphens."))
        ],
    )
    field_order = ["key"]


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """Every term of the area, those out of use last."""
    rows = sorted(terms.of_area(actor=worker_of(request)), key=lambda row: (not row.active, row.key))
    title = pgettext("worker", "Terms of the area")
    return page(request, "terms", here=HERE, title=title, rows=[_row_text(row) for row in rows])


@require_http_methods(["GET", "POST"])
@coordinators_only
def new(request: HttpRequest) -> HttpResponse:
    """A new term."""
    form = NewTermForm(request.POST or None)

    def save() -> AreaTerm:
        key = form.cleaned_data["key"]
        try:
            return terms.save(actor=worker_of(request), draft=form.draft(key), version=0)
        except StaleEdit:
            told = pgettext("worker", "There is a term of this key already. Change that one.")
            raise ValidationError({"key": told}) from None

    return _answer(request, form, key="", save=save, title=pgettext("worker", "New term"))


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A term: changed, tried, put out of use, or an earlier version taken again."""
    versions = terms.history(actor=worker_of(request), key=key)
    act = request.POST.get("act", "")
    if act == "remove" or act.startswith("again-"):
        return _undo(request, versions, act)
    form = TermForm(request.POST if request.method == "POST" else None, initial=_facts(versions[0]))

    def save() -> AreaTerm:
        return terms.save(actor=worker_of(request), draft=form.draft(key), version=form.seen)

    return _answer(request, form, key=key, save=save, title=key, versions=versions)


def _answer(
    request: HttpRequest,
    form: TermForm,
    *,
    key: str,
    save: Callable[[], AreaTerm],
    title: str,
    versions: list[AreaTerm] | None = None,
) -> HttpResponse:
    worker = worker_of(request)
    shown: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("act") == "try":
        attempt(form, save=_worded(lambda: shown.update(_trial(worker, form, key))), fresh=dict)
    elif request.method == "POST" and attempt(form, save=_worded(save), fresh=lambda: _fresh(worker, key)):
        return done(request, to=HERE, said=pgettext("worker", "The term is saved. It holds within half a minute."))
    return _form(request, form, title=title, versions=versions or [], **shown)


def _undo(request: HttpRequest, versions: list[AreaTerm], act: str) -> HttpResponse:
    sent, to = request.POST.get("version", ""), act.removeprefix("again-")
    version = _number(sent)
    asked: dict[str, Any] = {"actor": worker_of(request), "key": versions[0].key, "version": version}
    form = TermForm(initial=_facts(versions[0]))
    told = ""
    try:
        if act == "remove":
            terms.put_out_of_use(**asked)
            return done(request, to=HERE, said=pgettext("worker", "The term is out of use."))
        terms.take_back(to=_number(to), **asked)
    except StaleEdit:
        form.stale = True
    except ValidationError as error:
        told = " ".join(text for texts in _reasons(error).values() for text in texts)
    else:
        return done(request, to=HERE, said=pgettext("worker", "The earlier version holds again, as a new one."))
    return _form(request, form, title=versions[0].key, versions=versions, told=told)


def _number(sent: str) -> int:
    """A version as a page sends it; 0, which is none, for anything else."""
    return int(sent) if sent.isdecimal() and len(sent) <= MOST_DIGITS else 0


def _form(request: HttpRequest, form: TermForm, *, title: str, versions: list[AreaTerm], **more: Any) -> HttpResponse:
    history = [_version_text(row) for row in versions]
    status = 409 if form.stale else 200
    shown = {"form": form, "back": reverse(HERE), "history": history, "active": bool(versions and versions[0].active)}
    return page(request, "term", here=HERE, title=title, status=status, **shown, **more)


def _worded(save: Callable[[], object]) -> Callable[[], object]:
    """What the core refuses by code is told in words at its field."""

    def saved() -> object:
        try:
            return save()
        except ValidationError as error:
            raise ValidationError(_reasons(error)) from None

    return saved


def _reasons(error: ValidationError) -> dict[str, list[str]]:
    return {name: [_reason(each) for each in errors] for name, errors in error.error_dict.items()}


def _reason(error: ValidationError) -> str:
    if error.code in terms.REASONS:
        return term_refusal(str(error.code), str((error.params or {}).get("example", "")))
    return str(error.messages[0])


def _trial(worker: Worker, form: TermForm, key: str) -> dict[str, Any]:
    draft = form.draft(key or form.cleaned_data["key"])
    after = terms.with_draft(area=worker.area_id, draft=draft)
    found = trial.samples(Path(settings.MODERATION_SETS))
    if not found:
        return {"tried": True, "change": None}
    before = tuple(terms.terms_of(terms.newest(worker.area_id)))
    change = trial.change(before=before, after=tuple(after), found=found)
    more = max(len(change.harmless) - SHOWN, 0)
    return {
        "tried": True,
        "change": change,
        "harmless": [_moved(each) for each in change.harmless[:SHOWN]],
        "more": more,
    }


def _moved(found: trial.Moved) -> dict[str, str]:
    sample = found.sample
    return {
        "text": sample.text,
        "language": language_name(sample.language),
        "code": sample.language,
        "level": level_name(found.after),
    }


def _fresh(worker: Worker, key: str) -> dict[str, Any]:
    return _facts(terms.history(actor=worker, key=key)[0])


def _facts(row: AreaTerm) -> dict[str, Any]:
    return {
        "phrase": row.phrase,
        "level": str(row.level),
        "category": row.category,
        "examples_match": "\n".join(row.examples_match),
        "examples_not": "\n".join(row.examples_not),
        "version": row.version,
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _row_text(row: AreaTerm) -> dict[str, Any]:
    return {
        "key": row.key,
        "phrase": row.phrase,
        "level": level_name(LEVELS[row.level]),
        "category": category_name(row.category),
        "active": row.active,
        "version": row.version,
        "when": _when(row),
    }


def _version_text(row: AreaTerm) -> dict[str, Any]:
    return {**_row_text(row), "match": row.examples_match, "miss": row.examples_not}


def _when(row: AreaTerm) -> str:
    at = row.at.astimezone(ZONE)
    return f"{day_text(at.date(), year=True)} {clock_text(at)}, {row.by.display_name}"
