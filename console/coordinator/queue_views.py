"""Queues: the list, a new one, a changed one, one taken out of use."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.models import Profession, Worker
from chatservice.places.errors import StaleEdit
from chatservice.queues import edit
from chatservice.queues.edit import Missing, QueueDraft
from chatservice.queues.models import Queue
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.inputs import offer, ticks
from console.coordinator.shell import coordinators_only, done, page, worker_of
from console.coordinator.words import channel_choices, lane_name, language_choices
from console.strings import profession_name

HERE = "console_queues"
FIELDS = (*edit.FIELDS, "professions", "topics")


class QueueForm(DeskForm):
    """One queue."""

    channel = forms.ChoiceField(label=pgettext_lazy("worker", "For whom"))
    language = forms.ChoiceField(label=pgettext_lazy("worker", "In which language"))
    name = forms.CharField(
        label=pgettext_lazy("worker", "Name"),
        max_length=60,
        required=False,
        help_text=pgettext_lazy("worker", "For workers only. Empty: the channel and language."),
    )
    professions = ticks(
        pgettext_lazy("worker", "Only for those who wish for"),
        help_text=pgettext_lazy("worker", "None ticked: the queue takes everybody."),
    )
    topics = forms.CharField(
        label=pgettext_lazy("worker", "Only for these topics"),
        required=False,
        help_text=pgettext_lazy("worker", "Topic codes with commas between them. Empty: every topic."),
    )
    overflow_minutes = forms.IntegerField(
        label=pgettext_lazy("worker", "Other professions may take after (minutes)"), initial=5
    )
    cap = forms.IntegerField(
        label=pgettext_lazy("worker", "At most waiting (people)"),
        required=False,
        help_text=pgettext_lazy("worker", "Empty: no limit. Who does not fit is told so at the door."),
    )
    overrun_minutes = forms.IntegerField(
        label=pgettext_lazy("worker", "Talks may run over closing time by (minutes)"), initial=15
    )
    picking = forms.BooleanField(
        label=pgettext_lazy("worker", "Workers may pick whom they take"),
        required=False,
        help_text=pgettext_lazy("worker", "Not ticked: everybody gets the next one, which is fairer."),
    )
    workers = ticks(
        pgettext_lazy("worker", "Who serves it"),
        help_text=pgettext_lazy("worker", "Those who serve all queues serve this one too."),
    )

    def settle(self) -> None:
        """Choices in the reader's language."""
        offer(self, "channel", channel_choices())
        offer(self, "language", language_choices())
        offer(self, "professions", [(each.value, profession_name(each)) for each in Profession])

    def people(self, workers: list[tuple[int, str]]) -> None:
        """Those who serve named queues only may be given this one; without them there is nothing to ask."""
        if workers:
            offer(self, "workers", workers)
        else:
            del self.fields["workers"]

    def draft(self) -> QueueDraft:
        """What is to be stored."""
        found = {name: self.cleaned_data[name] for name in edit.FIELDS}
        topics = tuple(each for each in re.split(r"[\s,;]+", self.cleaned_data["topics"]) if each)
        workers = tuple(int(each) for each in self.cleaned_data.get("workers", ()))
        return QueueDraft(**found, professions=tuple(self.cleaned_data["professions"]), topics=topics, workers=workers)


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """Every queue in use."""
    area = worker_of(request).area_id
    rows = [
        _row_text(row) for row in Queue.objects.filter(area=area, active=True).order_by("-channel", "language", "pk")
    ]
    return page(request, "queues", here=HERE, title=pgettext("worker", "Queues"), rows=rows)


@require_http_methods(["GET", "POST"])
@coordinators_only
def new(request: HttpRequest) -> HttpResponse:
    """A new queue."""
    worker = worker_of(request)
    form = QueueForm(request.POST or None)
    form.people(_named_only(worker))
    save = partial(_save, worker, form, None)
    if request.method == "POST" and attempt(form, save=save, fresh=dict):
        return done(request, to=HERE, said=pgettext("worker", "The queue is saved."))
    return _form(request, form, title=pgettext("worker", "New queue"))


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A stored queue: changed, or taken out of use."""
    worker = worker_of(request)
    row = _row(worker, pk)
    removing = request.POST.get("act") == "remove"
    form = QueueForm(request.POST if request.method == "POST" and not removing else None, initial=_facts(row))
    form.people([])
    if removing:
        return _deactivate(request, row, form)
    save = partial(_save, worker, form, pk)
    if request.method == "POST" and attempt(form, save=save, fresh=lambda: _facts(_row(worker, pk))):
        return done(request, to=HERE, said=pgettext("worker", "The queue is saved."))
    return _form(request, form, title=queue_name(row), row=row)


def queue_name(row: Queue) -> str:
    """Its name, or its channel and language."""
    return row.name or lane_name(row.channel, row.language)


def refusal(code: str) -> str:
    """What was refused and what would do."""
    return {
        "cap": pgettext("worker", "The limit is 1 or more, or empty. To take nobody, change the opening hours."),
        "minutes": pgettext("worker", "Give 0 to 120 minutes."),
        "topic": pgettext("worker", "A topic code has at most 16 letters, digits, dots and hyphens."),
        "duplicate": pgettext("worker", "There is such a queue already. Change that one."),
        "nobody_elses": pgettext(
            "worker", "Others of this channel and language would have no queue. First make one that takes everybody."
        ),
        "nobody_serves": pgettext("worker", "Nobody serves this queue. Choose a worker, or another profession."),
        "people_wait": pgettext("worker", "There are people in this queue. Try again when it is empty."),
        "others_need_it": pgettext(
            "worker", "It takes those whom the other queues of its channel and language do not. Remove those first."
        ),
        "only_one": pgettext(
            "worker", "It is the only queue of its channel and language. To take nobody, change the opening hours."
        ),
    }.get(code, pgettext("worker", "This cannot be saved."))


def _deactivate(request: HttpRequest, row: Queue, form: QueueForm) -> HttpResponse:
    sent = request.POST.get("version", "")
    told = ""
    try:
        edit.deactivate(actor=worker_of(request), queue=row.pk, version=int(sent) if sent.isdigit() else 0)
    except StaleEdit:
        form.stale = True
    except ValidationError as error:
        told = refusal(error.code or "")
    else:
        return done(request, to=HERE, said=pgettext("worker", "The queue is out of use."))
    return _form(request, form, title=queue_name(row), row=row, told=told)


def _form(
    request: HttpRequest, form: QueueForm, *, title: str, row: Queue | None = None, told: str = ""
) -> HttpResponse:
    more: dict[str, Any] = {"told": told}
    if row is not None:
        more["remove"] = pgettext("worker", "Take out of use")
        more["remove_note"] = pgettext("worker", "A queue can be taken out of use when nobody is in it.")
        more["version"] = row.version
    status = 409 if form.stale else 200
    return page(request, "form", here=HERE, title=title, status=status, form=form, back=reverse(HERE), **more)


def _save(worker: Worker, form: QueueForm, pk: int | None) -> Queue:
    try:
        return edit.save_queue(actor=worker, draft=form.draft(), queue=pk, version=form.seen)
    except ValidationError as error:
        fields = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        raise ValidationError(
            {
                name if name in form.fields else "__all__": [refusal(each.code or "") for each in errors]
                for name, errors in fields.items()
            }
        ) from None


def _row(worker: Worker, pk: int) -> Queue:
    row = Queue.objects.filter(pk=pk, area=worker.area_id, active=True).first()
    if row is None:
        raise Missing
    return row


def _facts(row: Queue) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in (*FIELDS, "version")}
    return {**found, "topics": ", ".join(row.topics)}


def _named_only(worker: Worker) -> list[tuple[int, str]]:
    people = Worker.objects.filter(area=worker.area_id, is_active=True).exclude(serves=None).distinct()
    return [(each.pk, each.display_name) for each in people.order_by("display_name")]


def _row_text(row: Queue) -> dict[str, Any]:
    names = [profession_name(Profession(each)) for each in row.professions]
    return {
        "pk": row.pk,
        "name": queue_name(row),
        "lane": lane_name(row.channel, row.language),
        "who": ", ".join(names) or pgettext("worker", "everybody"),
        "topics": ", ".join(row.topics),
        "cap": row.cap,
        "overflow": row.overflow_minutes,
        "picking": row.picking,
    }
