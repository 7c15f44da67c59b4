"""Workers: which queues each serves, and how many talks each holds unless the shift says otherwise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.capacity import LEAST, MOST, set_default_capacity
from chatservice.accounts.models import Profession, Worker
from chatservice.duty import rota
from chatservice.duty.errors import Changed, Missing, Refused
from chatservice.duty.models import Serves
from chatservice.places.errors import StaleEdit
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.inputs import offer, ticks
from console.coordinator.people import known_queues, refused
from console.coordinator.shell import coordinators_only, done, page, worker_of
from console.strings import profession_name

HERE = "console_workers"


class WorkerForm(DeskForm):
    """What a coordinator decides of a worker; `was` is what the page showed."""

    capacity = forms.IntegerField(
        label=pgettext_lazy("worker", "Talks at once"),
        help_text=pgettext_lazy("worker", "1 to 5. Workers may take fewer in a shift."),
    )
    queues = ticks(
        pgettext_lazy("worker", "Serves only these queues"),
        help_text=pgettext_lazy("worker", "None ticked: serves every queue."),
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_capacity(self) -> int:
        """1 to 5."""
        number: int = self.cleaned_data["capacity"]
        if not LEAST <= number <= MOST:
            raise forms.ValidationError(pgettext("worker", "Give a number from 1 to 5."))
        return number

    def shown(self) -> tuple[int, list[int]]:
        """The capacity and queues that the page showed."""
        capacity, _, queues = self.cleaned_data["was"].partition(":")
        return _number(capacity), [_number(each) for each in queues.split(",") if each]

    def conflict(self, fresh: Any) -> None:
        """The next save stands on what is there now."""
        super().conflict(fresh)
        self.resend(was=fresh["was"])


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """The area's workers."""
    area = worker_of(request).area_id
    names = {queue: skill.name for queue, skill in known_queues(area).items()}
    people = (
        Worker.objects.filter(area=area, is_active=True, reader=False)
        .prefetch_related("serves")
        .order_by("display_name")
    )
    rows = [
        {
            "pk": each.pk,
            "name": each.display_name,
            "profession": profession_name(Profession(each.profession)),
            "capacity": each.capacity,
            "coordinator": each.coordinator,
            "queues": [names[row.queue_id] for row in each.serves.all() if row.queue_id in names],
        }
        for each in people
    ]
    return page(request, "workers", here=HERE, title=pgettext("worker", "Workers"), rows=rows)


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One worker."""
    by = worker_of(request)
    person = _person(by, pk)
    form = WorkerForm(request.POST if request.method == "POST" else None, initial=_facts(person))
    known = known_queues(by.area_id)
    offer(form, "queues", [(queue, skill.name) for queue, skill in known.items()])
    if not known:
        del form.fields["queues"]
    if request.method == "POST" and attempt(
        form, save=lambda: _save(by, person, form), fresh=lambda: _facts(_person(by, pk))
    ):
        return done(request, to=HERE, said=pgettext("worker", "The worker is saved."))
    intro = profession_name(Profession(person.profession))
    status = 409 if form.stale else 200
    title = person.display_name
    return page(request, "form", here=HERE, title=title, status=status, intro=intro, form=form, back=reverse(HERE))


@transaction.atomic
def _save(by: Worker, person: Worker, form: WorkerForm) -> None:
    capacity, was = form.shown()
    set_default_capacity(by=by, worker=person.pk, capacity=form.cleaned_data["capacity"], was=capacity)
    queues = [int(each) for each in form.cleaned_data.get("queues", was)]
    try:
        if set(queues) != set(was):
            rota.set_serves(by=by, worker=person.pk, queues=queues, was=was, known=known_queues(by.area_id))
        elif set(_serves(person)) != set(was):
            raise StaleEdit
        left = rota.unserved(area=by.area_id, queues=list(known_queues(by.area_id)))
    except Changed:
        raise StaleEdit from None
    except Refused as error:
        raise refused(error) from None
    if left and set(queues) != set(was):
        names = ", ".join(known_queues(by.area_id)[queue].name for queue in sorted(left))
        told = pgettext("worker", "Nobody would serve: {queues}. Tick it for this worker, or give it to another first.")
        raise ValidationError({"queues": told.format(queues=names)})


def _person(by: Worker, pk: int) -> Worker:
    person = Worker.objects.filter(pk=pk, area=by.area_id, is_active=True, reader=False).first()
    if person is None:
        raise Missing
    return person


def _serves(person: Worker) -> list[int]:
    return sorted(Serves.objects.filter(worker=person).values_list("queue_id", flat=True))


def _facts(person: Worker) -> dict[str, Any]:
    queues = _serves(person)
    was = f"{person.capacity}:{','.join(map(str, queues))}"
    return {"capacity": person.capacity, "queues": queues, "was": was, "version": 0}


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
