"""Other services that visitors are shown: the common list, and what the area confirms, changes, adds or hides."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.models import Worker
from chatservice.content import contacts, edit
from chatservice.content.contacts import ContactCheck
from chatservice.content.edit import EMERGENCY, ContactDraft
from chatservice.content.errors import Missing
from chatservice.content.models import TARGET, AreaContact
from chatservice.hours.evaluate import ZONE
from chatservice.hours.words import week_lines
from chatservice.places.errors import StaleEdit
from chatservice.places.models import SLUG
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.inputs import day_field, offer
from console.coordinator.shell import coordinators_only, done, page, tongue, worker_of
from console.coordinator.words import channel_choices, channel_name

HERE = "console_contacts"
FIELDS = (
    *("target", "audience", "name_fi", "name_sv", "name_en", "note_fi", "note_sv", "note_en"),
    *("hours", "checked_on", "hidden"),
)


class ContactForm(DeskForm):
    """One contact; its key is the address of its page."""

    target = forms.CharField(
        label=pgettext_lazy("worker", "Telephone number or web address"),
        max_length=200,
        validators=[
            RegexValidator(
                rf"\A{TARGET}\Z",
                pgettext_lazy("worker", "Write a telephone number, or an address that starts with https://."),
            )
        ],
    )
    audience = forms.ChoiceField(label=pgettext_lazy("worker", "For whom"), required=False)
    name_fi = forms.CharField(label=pgettext_lazy("worker", "Name in Finnish"), max_length=120)
    name_sv = forms.CharField(label=pgettext_lazy("worker", "Name in Swedish"), max_length=120)
    name_en = forms.CharField(label=pgettext_lazy("worker", "Name in English"), max_length=120)
    note_fi = forms.CharField(label=pgettext_lazy("worker", "Note in Finnish"), max_length=200, required=False)
    note_sv = forms.CharField(label=pgettext_lazy("worker", "Note in Swedish"), max_length=200, required=False)
    note_en = forms.CharField(label=pgettext_lazy("worker", "Note in English"), max_length=200, required=False)
    hours = forms.CharField(
        label=pgettext_lazy("worker", "Hours as syntax"),
        required=False,
        help_text=pgettext_lazy("worker", "For example Mo-Fr 14:00-20:00, or 24/7. Empty: not known."),
    )
    checked_on = day_field(
        pgettext_lazy("worker", "Checked on"),
        help_text=pgettext_lazy(
            "worker", "When you compared it with the service's own page. After 90 days the hours are hidden."
        ),
    )
    hidden = forms.BooleanField(label=pgettext_lazy("worker", "Do not show it to visitors"), required=False)

    def settle(self) -> None:
        """Audiences in the reader's language."""
        offer(self, "audience", [("", channel_name("")), *channel_choices()])

    def clean_checked_on(self) -> Any:
        """Nobody has checked tomorrow."""
        day = self.cleaned_data["checked_on"]
        if day > timezone.now().astimezone(ZONE).date():
            raise forms.ValidationError(pgettext("worker", "This day is still to come."))
        return day

    def draft(self, key: str) -> ContactDraft:
        """What is to be stored."""
        return ContactDraft(key=key, **{name: self.cleaned_data[name] for name in FIELDS})


class NewContactForm(ContactForm):
    """A contact of the area's own, with a key."""

    key = forms.CharField(
        label=pgettext_lazy("worker", "Short key"),
        max_length=50,
        help_text=pgettext_lazy("worker", "Small letters, digits and hyphens, for example our-area-help."),
        validators=[
            RegexValidator(rf"\A{SLUG}\Z", pgettext_lazy("worker", "Use small letters, digits and single hyphens."))
        ],
    )
    field_order = ["key"]


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """Every contact, those that need a look first."""
    rows = [_row_text(each) for each in _all(worker_of(request))]
    rows.sort(key=lambda row: not row["due"])
    return page(request, "contacts", here=HERE, title=pgettext("worker", "Other services"), rows=rows)


@require_http_methods(["GET", "POST"])
@coordinators_only
def new(request: HttpRequest) -> HttpResponse:
    """A contact of the area's own."""
    worker = worker_of(request)
    form = NewContactForm(request.POST or None, initial={"checked_on": timezone.now().astimezone(ZONE).date()})

    def save() -> AreaContact:
        key = form.cleaned_data["key"]
        if any(each.contact.key == key for each in _all(worker)):
            told = pgettext("worker", "There is a contact of this key already. Change that one.")
            raise forms.ValidationError({"key": told})
        return edit.save_contact(actor=worker, draft=form.draft(key), version=0)

    if request.method == "POST" and attempt(form, save=save, fresh=dict):
        return done(request, to=HERE, said=pgettext("worker", "The contact is saved."))
    return _form(request, form, title=pgettext("worker", "New contact"))


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A contact: confirmed, changed, hidden, or given back to the common list."""
    worker = worker_of(request)
    check = _find(worker, key)
    if request.method == "POST" and request.POST.get("act") == "remove":
        return _remove(request, check)
    form = ContactForm(request.POST if request.method == "POST" else None, initial=_facts(worker, check))
    save = partial(_save, worker, form, key)
    if request.method == "POST" and attempt(form, save=save, fresh=lambda: _facts(worker, _find(worker, key))):
        return done(request, to=HERE, said=pgettext("worker", "The contact is saved."))
    more: dict[str, Any] = {}
    if check.own:
        more["remove"] = pgettext("worker", "Remove the area's own version")
        more["remove_note"] = pgettext("worker", "The common list's contact stands again, if there is one.")
        more["version"] = check.version
    return _form(request, form, title=check.contact.name[tongue()], **more)


def _remove(request: HttpRequest, check: ContactCheck) -> HttpResponse:
    sent = request.POST.get("version", "")
    worker = worker_of(request)
    try:
        version = int(sent) if sent.isdigit() else 0
        edit.remove_contact(actor=worker, key=check.contact.key, version=version)
    except StaleEdit:
        form = ContactForm(initial=_facts(worker, _find(worker, check.contact.key)))
        form.stale = True
        return _form(request, form, title=check.contact.name[tongue()])
    return done(request, to=HERE, said=pgettext("worker", "The area's own version is removed."))


def _form(request: HttpRequest, form: ContactForm, *, title: str, **more: Any) -> HttpResponse:
    status = 409 if form.stale else 200
    return page(request, "form", here=HERE, title=title, status=status, form=form, back=reverse(HERE), **more)


def _save(worker: Worker, form: ContactForm, key: str) -> AreaContact:
    return edit.save_contact(actor=worker, draft=form.draft(key), version=form.seen)


def _all(worker: Worker) -> list[ContactCheck]:
    return contacts.overview(area_id=worker.area_id, today=timezone.now().astimezone(ZONE).date())


def _find(worker: Worker, key: str) -> ContactCheck:
    found = next((each for each in _all(worker) if each.contact.key == key and key != EMERGENCY), None)
    if found is None:
        raise Missing
    return found


def _facts(worker: Worker, check: ContactCheck) -> dict[str, Any]:
    own = AreaContact.objects.filter(area=worker.area_id, key=check.contact.key).first()
    if own is not None:
        return {name: getattr(own, name) for name in (*FIELDS, "version")}
    found = check.contact
    return {
        "target": found.target,
        "audience": found.audience[0] if len(found.audience) == 1 else "",
        **{f"name_{code}": found.name[code] for code in ("fi", "sv", "en")},
        **{f"note_{code}": found.note[code] for code in ("fi", "sv", "en")},
        "hours": found.hours,
        "checked_on": found.checked_on,
        "hidden": False,
        "version": 0,
    }


def _row_text(check: ContactCheck) -> dict[str, Any]:
    found = check.contact
    today = timezone.now().astimezone(ZONE).date()
    lines = week_lines(expression=found.hours, first=today, language=tongue()) if found.hours else []
    return {
        "key": found.key,
        "name": found.name[tongue()],
        "target": found.target,
        "hours": ", ".join(lines),
        "checked": found.checked_on,
        "shown": check.shown,
        "hours_due": check.hours_due,
        "own": check.own,
        "due": check.hours_due or not found.sure,
        "unsure": not found.sure,
        "fixed": found.key == EMERGENCY,
    }
