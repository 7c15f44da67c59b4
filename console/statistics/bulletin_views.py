"""Bulletins: three figures of a frozen report, two sentences each; written, looked at, published, followed.

For coordinators and statisticians of the area. A figure cannot be typed: its name is, and the report fills it in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.bulletins import drafts, publishing
from chatservice.bulletins.errors import NoBulletin, NotAllowed
from chatservice.bulletins.models import Draft, Published
from chatservice.places.errors import StaleEdit
from chatservice.reports.errors import BadBulletin
from console.coordinator.forms import attempt
from console.coordinator.shell import done, only, page, worker_of
from console.coordinator.words import day_text, language_name
from console.statistics.bulletin_forms import NewBulletinForm, WithdrawForm, WordsForm, facts
from console.statistics.bulletin_words import figure_name, refusal, report_name, withdrawn_name
from console.views import not_found

HERE = "console_bulletins"
MOST_DIGITS = 9


# Coordinators and statisticians; to others, and for rows of other areas, the page does not exist.
makers_only = only(drafts.maker, absent=(NotAllowed, NoBulletin))


@require_GET
@makers_only
def listing(request: HttpRequest) -> HttpResponse:
    """What is being written, and what went out."""
    actor = worker_of(request)
    shown: dict[str, Any] = {
        "reports": len(drafts.reports(actor=actor)),
        "drafts": [_draft_text(row) for row in drafts.drafts(actor=actor)],
        "issues": [_issue_text(row) for row in drafts.published(actor=actor)],
        "archive": f"{settings.CHAT_ORIGIN}/bulletins/{actor.area.slug}/fi",
    }
    return page(request, "bulletins/bulletins", here=HERE, title=pgettext("worker", "Bulletins"), **shown)


@require_http_methods(["GET", "POST"])
@makers_only
def new(request: HttpRequest) -> HttpResponse:
    """Which report, which figures; the house's own sentences are there to begin with."""
    actor = worker_of(request)
    form = NewBulletinForm(request.POST or None, reports=drafts.reports(actor=actor))
    made: list[Draft] = []

    def save() -> None:
        found = form.cleaned_data
        try:
            made.append(drafts.begin(actor=actor, report=found["report"], names=found["figures"]))
        except BadBulletin as error:
            raise refusal(error) from None

    if request.method == "POST" and attempt(form, save=save, fresh=dict):
        told = pgettext("worker", "The draft has the house's own sentences. Make them yours.")
        return done(request, to="console_bulletin_draft", said=told, pk=made[0].pk)
    title = pgettext("worker", "New bulletin")
    shown: dict[str, Any] = {"form": form, "back": reverse(HERE), "save": pgettext("worker", "Begin to write")}
    return page(request, "form", here=HERE, title=title, **shown)


@require_http_methods(["GET", "POST"])
@makers_only
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a draft."""
    actor = worker_of(request)
    draft = drafts.one(actor=actor, draft=pk)
    if request.POST.get("act") == "remove":
        return _remove(request, draft)
    form = WordsForm(request.POST or None, draft=draft, initial=facts(draft.words, version=draft.version))

    def save() -> None:
        try:
            drafts.save(actor=actor, draft=pk, version=form.seen, words=form.words())
        except BadBulletin as error:
            raise refusal(error) from None

    def fresh() -> dict[str, Any]:
        now = drafts.one(actor=actor, draft=pk)
        return facts(now.words, version=now.version)

    if request.method == "POST" and attempt(form, save=save, fresh=fresh):
        return done(request, to="console_bulletin_preview", said=pgettext("worker", "The draft is saved."), pk=pk)
    return _written(request, form, status=409 if form.stale else 200)


@require_http_methods(["GET", "POST"])
@makers_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin as everybody will read it; from here it is published."""
    actor = worker_of(request)
    draft = drafts.one(actor=actor, draft=pk)
    problem = ""
    if request.POST.get("act") == "renew":
        return _renewed(request, draft)
    if request.method == "POST":
        try:
            out = publishing.publish(actor=actor, draft=pk, version=_number(request.POST.get("version", "")))
            told = pgettext("worker", "The bulletin is published. Everybody can read it now.")
            return done(request, to="console_bulletin", said=told, number=out.number)
        except StaleEdit:
            draft = drafts.one(actor=actor, draft=pk)
            problem = pgettext("worker", "Somebody else changed the draft meanwhile. Read it again before publishing.")
        except BadBulletin as error:
            problem = _unpublished(error)
    lacking = [language_name(each) for each in drafts.gaps(draft)]
    texts = [] if lacking else _told(draft)
    shown = {
        "draft": draft,
        "texts": texts,
        "lacking": lacking,
        "problem": problem,
        "made_of": _made_of(draft),
        "corrected": drafts.corrected(draft),
    }
    title = pgettext("worker", "Preview of the bulletin")
    return page(request, "bulletins/preview", here=HERE, title=title, status=409 if problem else 200, **shown)


@require_http_methods(["GET", "POST"])
@makers_only
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A published bulletin: read, followed by a new one, or taken down."""
    actor = worker_of(request)
    row = next((each for each in drafts.published(actor=actor) if each.number == number), None)
    if row is None:
        return not_found(request)
    down = WithdrawForm(request.POST if request.POST.get("act") == "withdraw" else None)
    if down.is_bound and down.is_valid():
        return _withdraw(request, row, down.cleaned_data["reason"])
    if request.POST.get("act") == "follow":
        draft = drafts.follow(actor=actor, number=number)
        told = pgettext("worker", "A new draft with the same words. When it is published, the old one names it.")
        return done(request, to="console_bulletin_draft", said=told, pk=draft.pk)
    texts = [
        {"code": code, "language": language_name(code), **row.body[code]}
        for code in drafts.LANGUAGES
        if code in row.body
    ]
    shown: dict[str, Any] = {
        "issue": _issue_text(row),
        "texts": texts,
        "made_of": _made_of(row),
        "form": down,
        "address": f"{settings.CHAT_ORIGIN}/bulletins/{actor.area.slug}/fi/{number}",
    }
    title = pgettext("worker", "Bulletin {number}").format(number=number)
    return page(request, "bulletins/bulletin", here=HERE, title=title, **shown)


def _written(request: HttpRequest, form: WordsForm, *, status: int, told: str = "") -> HttpResponse:
    shown: dict[str, Any] = {
        "form": form,
        "groups": form.groups(),
        "draft": form.draft,
        "made_of": _made_of(form.draft),
        "told": told,
    }
    title = pgettext("worker", "Draft of a bulletin")
    return page(request, "bulletins/draft", here=HERE, title=title, status=status, **shown)


def _renewed(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The figures of the report's correction, beside the same words."""
    version = _number(request.POST.get("version", ""))
    try:
        drafts.renew(actor=worker_of(request), draft=draft.pk, version=version)
    except StaleEdit:
        told = pgettext("worker", "Somebody else changed the draft meanwhile. Read it again before publishing.")
    except BadBulletin as error:
        told = " ".join(refusal(error).messages)
    else:
        told = pgettext("worker", "The draft has the corrected figures now. Read its words beside them again.")
    return done(request, to="console_bulletin_preview", said=told, pk=draft.pk)


def _unpublished(error: BadBulletin) -> str:
    """Why nothing was published."""
    if error.code == "corrected":
        return " ".join(refusal(error).messages)
    return pgettext("worker", "Something is still missing. Nothing was published.")


def _remove(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        drafts.remove(actor=worker_of(request), draft=draft.pk, version=_number(request.POST.get("version", "")))
    except StaleEdit:
        form = WordsForm(draft=draft, initial=facts(draft.words, version=draft.version))
        told = pgettext("worker", "Somebody else changed the draft meanwhile. It was not thrown away.")
        return _written(request, form, status=409, told=told)
    return done(request, to=HERE, said=pgettext("worker", "The draft is thrown away."))


def _withdraw(request: HttpRequest, row: Published, reason: str) -> HttpResponse:
    new = publishing.withdraw(actor=worker_of(request), number=row.number, reason=reason)
    told = (
        pgettext("worker", "The bulletin is withdrawn. Copies that others keep are renewed in five minutes.")
        if new
        else pgettext("worker", "The bulletin was withdrawn already.")
    )
    return done(request, to="console_bulletin", said=told, number=row.number)


def _told(draft: Draft) -> list[dict[str, Any]]:
    whole = drafts.whole(draft)
    return [
        {"code": code, "language": language_name(code), **publishing.told(whole, code)}
        for code in drafts.LANGUAGES
        if code in whole.title
    ]


def _made_of(row: Draft | Published) -> dict[str, Any]:
    return {
        "report": report_name(row.snapshot),
        "identity": row.snapshot.hash,
        "figures": [figure_name(name) for name in row.names],
        "follows": row.follows.number if row.follows else None,
    }


def _draft_text(row: Draft) -> dict[str, Any]:
    title = row.words.get("fi", {}).get("title") or row.words.get("sv", {}).get("title")
    return {
        "pk": row.pk,
        "title": title or pgettext("worker", "Without a title"),
        "report": report_name(row.snapshot),
        "lacking": [language_name(each) for each in drafts.gaps(row)],
        "by": row.made_by.display_name,
    }


def _issue_text(row: Published) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.body["fi"]["title"],
        "day": day_text(row.day, year=True),
        "report": report_name(row.snapshot),
        "by": row.by.display_name,
        "withdrawn": withdrawn_name(row),
    }


def _number(sent: str) -> int:
    """A version as a page sends it; 0, which is none, for anything else."""
    return int(sent) if sent.isdecimal() and len(sent) <= MOST_DIGITS else 0
