"""School calendars: the breaks, and a file of them brought in whole or not at all."""

from __future__ import annotations

from django import forms
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from chatservice.hours import edit
from chatservice.hours.evaluate import ZONE
from chatservice.places.calendars import COLUMNS, LARGEST, Report
from chatservice.places.errors import BadCalendar, StaleEdit
from chatservice.places.models import SchoolCalendar
from console.coordinator.forms import DeskForm
from console.coordinator.shell import coordinators_only, done, page, tongue, worker_of
from console.coordinator.words import break_name, days_text, stage_choices

HERE = "console_calendar"


class CalendarForm(DeskForm):
    """A file, or its text pasted."""

    file = forms.FileField(label=pgettext_lazy("worker", "File (CSV)"), required=False)
    text = forms.CharField(
        label=pgettext_lazy("worker", "Or paste its lines"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, object]:
        """One of the two; a file is read as UTF-8, or as older spreadsheets write it."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        file = found.get("file")
        if isinstance(file, File):
            found["text"] = _read(file)
        if not found.get("text"):
            self.add_error("file", pgettext("worker", "Choose a file or paste its lines."))
        return found


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """The breaks that are not over, and the form."""
    return _shown(request, CalendarForm())


@require_POST
@coordinators_only
def bring_in(request: HttpRequest) -> HttpResponse:
    """Import a file; at the first wrong cell nothing of it is taken."""
    worker = worker_of(request)
    form = CalendarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            report = edit.import_calendar(actor=worker, area=worker.area, text=form.cleaned_data["text"])
        except BadCalendar as wrong:
            form.add_error("file" if request.FILES else "text", _told(wrong))
        else:
            return done(request, to=HERE, said=_reported(report))
    form.focus_first_problem()
    return _shown(request, form)


@require_POST
@coordinators_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one break away."""
    sent = request.POST.get("version", "")
    try:
        version = int(sent) if sent.isdigit() else 0
        edit.remove_break(actor=worker_of(request), school_break=pk, version=version)
    except StaleEdit:
        said = pgettext("worker", "Somebody else changed this break meanwhile. Look at it again before removing it.")
        return done(request, to=HERE, said=said)
    return done(request, to=HERE, said=pgettext("worker", "The break is removed."))


def _shown(request: HttpRequest, form: CalendarForm) -> HttpResponse:
    stages = dict(stage_choices())
    today = timezone.now().astimezone(ZONE).date()
    rows = SchoolCalendar.objects.filter(area=worker_of(request).area_id, last__gte=today)
    found = [
        {
            "pk": row.pk,
            "version": row.version,
            "days": days_text(row.first, row.last),
            "name": row.label or break_name(row.kind),
            "whose": _whose(row),
            "stage": stages[row.stage],
        }
        for row in rows.select_related("municipality").order_by("first", "pk")
    ]
    title = pgettext("worker", "School calendar")
    return page(request, "calendar", here=HERE, title=title, rows=found, form=form, columns=";".join(COLUMNS))


def _whose(row: SchoolCalendar) -> str:
    if row.municipality is None:
        return pgettext("worker", "The whole area")
    return row.municipality.name_sv if tongue() == "sv" else row.municipality.name_fi


def _read(file: File[bytes]) -> str:
    raw: bytes = file.read(LARGEST * 4 + 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _told(wrong: BadCalendar) -> str:
    help_for = {
        "municipality": pgettext("worker", "Leave it empty for the whole area, or give the code of a municipality."),
        "stage": pgettext("worker", "Write pre_primary, basic, upper or vocational."),
        "first": pgettext("worker", "Write a day as 2026-10-19 or 19.10.2026, which no other break of this file has."),
        "last": pgettext("worker", "Write a day as 2026-10-19 or 19.10.2026, after the first one."),
        "kind": pgettext("worker", "Write autumn, christmas, winter, easter, summer or other."),
        "label": pgettext("worker", "Give a short name without quotation marks; a break of kind other needs one."),
    }
    if wrong.line == 1:
        fix = pgettext("worker", "The first line must be: {columns}").format(columns=";".join(COLUMNS))
    else:
        fix = help_for.get(wrong.column, "")
    where = pgettext("worker", "Line {line}, column {column}.").format(line=wrong.line, column=wrong.column)
    return f"{where} {fix} {pgettext('worker', 'Nothing of the file was taken.')}"


def _reported(report: Report) -> str:
    said = pgettext("worker", "The file is in: {added} new, {changed} changed, {same} as before.")
    return said.format(added=report.added, changed=report.changed, same=report.unchanged)
