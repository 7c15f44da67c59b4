"""Writing a bulletin: three figures of a frozen report, a title and two sentences each in Finnish and Swedish.

Everything here is for coordinators and statisticians of the area, each read again from the database. A draft may have
gaps; what stands in it has been checked. The figures are always the snapshot's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from chatservice.accounts.access import require_report_maker
from chatservice.accounts.errors import NotReportMaker
from chatservice.accounts.models import Worker
from chatservice.bulletins import corrections
from chatservice.bulletins.errors import NoBulletin, NotAllowed
from chatservice.bulletins.models import Draft, Published
from chatservice.places.errors import StaleEdit
from chatservice.reports import bulletin
from chatservice.reports.bulletin import Bulletin
from chatservice.reports.errors import BadBulletin
from chatservice.statistics.models import Snapshot

LANGUAGES: Final = (*bulletin.LANGUAGES, *bulletin.OPTIONAL)
Words = dict[str, dict[str, Any]]


def maker(actor: Worker) -> Worker:
    """Return the actor when they may write bulletins; raises NotAllowed."""
    try:
        return require_report_maker(actor)
    except NotReportMaker as error:
        raise NotAllowed(str(error)) from None


def reports(*, actor: Worker) -> list[Snapshot]:
    """Return the frozen reports that have three figures for a bulletin, the newest period first.

    A report that was corrected is not among them, its correction is. Raises NotAllowed, Altered.
    """
    maker(actor)
    every = Snapshot.objects.filter(area_id=actor.area_id).select_related("report")
    newest = corrections.of_area(actor.area_id)
    told = [row for row in every if row.pk not in newest and len(figures_of(row)) >= bulletin.THREE]
    return sorted(told, key=lambda row: (row.report.last, row.frozen, row.pk), reverse=True)


def figures_of(report: Snapshot) -> tuple[str, ...]:
    """Return which figures a frozen report has for a bulletin. Raises Altered."""
    return bulletin.told_by(json.loads(report.body))


def drafts(*, actor: Worker) -> list[Draft]:
    """Return the area's drafts, the newest first. Raises NotAllowed."""
    maker(actor)
    return list(
        Draft.objects.filter(area_id=actor.area_id).select_related("snapshot__report", "made_by").order_by("-pk")
    )


def published(*, actor: Worker) -> list[Published]:
    """Return what the area has published, the newest first. Raises NotAllowed."""
    maker(actor)
    rows = Published.objects.filter(area_id=actor.area_id).select_related("snapshot__report", "by", "withdrawal__by")
    return list(rows.order_by("-number"))


def one(*, actor: Worker, draft: int, lock: bool = False) -> Draft:
    """Return a draft of the area; raises NotAllowed, NoBulletin."""
    maker(actor)
    rows = Draft.objects.select_for_update(of=("self",)) if lock else Draft.objects.all()
    found = rows.select_related("snapshot__report").filter(area_id=actor.area_id, pk=draft).first()
    if found is None:
        raise NoBulletin("expected a draft of this area")
    return found


def begin(*, actor: Worker, report: int, names: tuple[str, ...] = ()) -> Draft:
    """Make a draft with the house's own sentences; without `names` the figures that tell most.

    `report` is a frozen report's snapshot. Raises NotAllowed, NoBulletin, BadBulletin (corrected by another), Altered.
    """
    maker(actor)
    snapshot = Snapshot.objects.filter(area_id=actor.area_id, pk=report).first()
    if snapshot is None:
        raise NoBulletin("expected a frozen report of this area")
    refuse_corrected(snapshot)
    proposed = bulletin.propose(json.loads(snapshot.body), names=names)
    return Draft.objects.create(
        area_id=actor.area_id,
        snapshot=snapshot,
        names=[item.name for item in proposed.items],
        words={language: _proposed(proposed, language) for language in bulletin.LANGUAGES},
        made_by=actor,
    )


def follow(*, actor: Worker, number: int) -> Draft:
    """Begin a bulletin that takes the place of a published one, with its words.

    Its figures are those of the report's newest correction, if there is one. Raises NotAllowed, NoBulletin.
    """
    maker(actor)
    before = Published.objects.filter(area_id=actor.area_id, number=number).first()
    if before is None:
        raise NoBulletin("expected a published bulletin of this area")
    return Draft.objects.create(
        area_id=actor.area_id,
        snapshot_id=_newest(before.snapshot),
        follows=before,
        names=before.names,
        words=before.words,
        made_by=actor,
    )


def corrected(draft: Draft) -> bool:
    """Tell whether the draft's report has been corrected: then its words go on with `renew`, or not at all."""
    return _newest(draft.snapshot) != draft.snapshot_id


def refuse_corrected(snapshot: Snapshot) -> None:
    """Raises BadBulletin (code "corrected") for a report that another one explains anew."""
    if _newest(snapshot) != snapshot.pk:
        raise BadBulletin("expected the correction of this report, which is frozen by now", code="corrected")


def renew(*, actor: Worker, draft: int, version: int) -> Draft:
    """Give a draft the figures of its report's newest correction; its words stay.

    Raises NotAllowed, NoBulletin, StaleEdit, BadBulletin (the correction does not tell these figures).
    """
    with transaction.atomic():
        found = one(actor=actor, draft=draft, lock=True)
        if found.version != version:
            raise StaleEdit
        newest = Snapshot.objects.get(area_id=found.area_id, pk=_newest(found.snapshot))
        bulletin.propose(json.loads(newest.body), names=tuple(found.names))
        found.snapshot = newest
        found.version += 1
        found.save(update_fields=["snapshot", "version"])
    return found


def _newest(snapshot: Snapshot) -> int:
    newer = corrections.of_area(snapshot.area_id).get(snapshot.pk)
    return newer.snapshot if newer else snapshot.pk


def values(draft: Draft) -> tuple[tuple[str, Mapping[str, Mapping[str, str]]], ...]:
    """Return of each figure its name and, by language, the published texts that its sentences may show."""
    proposed = bulletin.propose(json.loads(draft.snapshot.body), names=tuple(draft.names), languages=LANGUAGES)
    return tuple((item.name, item.values) for item in proposed.items)


def proposal(draft: Draft) -> Words:
    """Return the house's own words for the draft's figures, in every language."""
    proposed = bulletin.propose(json.loads(draft.snapshot.body), names=tuple(draft.names), languages=LANGUAGES)
    return {language: _proposed(proposed, language) for language in LANGUAGES}


def save(*, actor: Worker, draft: int, version: int, words: Words) -> Draft:
    """Store people's own words; gaps may stay until the publishing.

    Raises NotAllowed, NoBulletin, StaleEdit, and BadBulletin for words that could never be published.
    """
    with transaction.atomic():
        found = one(actor=actor, draft=draft, lock=True)
        if found.version != version:
            raise StaleEdit
        _check(found, words)
        found.words = {language: kept for language, kept in words.items() if written(kept)}
        found.version += 1
        found.save(update_fields=["words", "version"])
    return found


def remove(*, actor: Worker, draft: int, version: int) -> None:
    """Throw a draft away; raises NotAllowed, NoBulletin, StaleEdit."""
    with transaction.atomic():
        found = one(actor=actor, draft=draft, lock=True)
        if found.version != version:
            raise StaleEdit
        found.delete()


def whole(draft: Draft) -> Bulletin:
    """Return the bulletin as it would be published; raises BadBulletin where something is still missing."""
    words: Words = draft.words
    sentences = {
        name: {language: _pair(kept["sentences"][place]) for language, kept in words.items()}
        for place, name in enumerate(draft.names)
    }
    titles = {language: kept["title"] for language, kept in words.items()}
    return bulletin.edited(
        json.loads(draft.snapshot.body), names=tuple(draft.names), titles=titles, sentences=sentences
    )


def gaps(draft: Draft) -> tuple[str, ...]:
    """Return the languages in which something is still missing: Finnish, Swedish, or another that was begun."""
    words: Words = draft.words
    needed = [language for language in LANGUAGES if language in bulletin.LANGUAGES or language in words]
    return tuple(language for language in needed if language not in words or not _complete(words[language]))


def written(kept: Mapping[str, Any]) -> bool:
    """Tell whether anything is written in a language."""
    return bool(kept["title"] or any(text for pair in kept["sentences"] for text in pair))


def _complete(kept: Mapping[str, Any]) -> bool:
    return bool(kept["title"]) and all(text for pair in kept["sentences"] for text in pair)


def _check(draft: Draft, words: Words) -> None:
    figures = values(draft)
    for language, kept in words.items():
        if language not in LANGUAGES or len(kept["sentences"]) != bulletin.THREE:
            raise BadBulletin("expected two sentences of each figure in Finnish, Swedish or English")
        if kept["title"]:
            bulletin.check(kept["title"], longest=bulletin.LONGEST_TITLE, allowed=frozenset())
        for (_, allowed), pair in zip(figures, kept["sentences"], strict=True):
            for text in filter(None, _pair(pair)):
                bulletin.check(text, longest=bulletin.LONGEST_SENTENCE, allowed=frozenset(allowed[language]))


def _pair(texts: Any) -> tuple[str, str]:
    first, second = texts
    return first, second


def _proposed(found: Bulletin, language: str) -> dict[str, Any]:
    return {"title": found.title[language], "sentences": [list(item.sentences[language]) for item in found.items]}
