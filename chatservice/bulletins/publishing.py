"""Publishing a bulletin: what was written becomes a row for ever, and the draft ends; and taking one down."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.bulletins import drafts
from chatservice.bulletins.errors import NoBulletin
from chatservice.bulletins.models import Published, Reason, Withdrawal
from chatservice.places.errors import StaleEdit
from chatservice.places.models import Area
from chatservice.reports.bulletin import Bulletin
from chatservice.statistics.life import today


def publish(*, actor: Worker, draft: int, version: int) -> Published:
    """Publish a draft, once, with its figures filled in; it is recorded who did.

    `version` is the one that was looked at. Raises NotAllowed, NoBulletin, StaleEdit, BadBulletin (a language or a
    sentence is missing, the report has been corrected), Altered (the snapshot is not what was frozen).
    """
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=actor.area_id)
        found = drafts.one(actor=actor, draft=draft, lock=True)
        if found.version != version:
            raise StaleEdit
        drafts.refuse_corrected(found.snapshot)
        whole = drafts.whole(found)
        last = Published.objects.filter(area_id=found.area_id).aggregate(last=Max("number"))["last"] or 0
        row = Published.objects.create(
            area_id=found.area_id,
            number=last + 1,
            snapshot=found.snapshot,
            follows=found.follows,
            day=today(),
            names=found.names,
            words=found.words,
            body={language: told(whole, language) for language in whole.title},
            by=actor,
        )
        found.delete()
        append_now(area=row.area_id, actor=actor.pk, action=Action.BULLETIN_PUBLISHED, object=f"bulletin {row.number}")
    return row


def withdraw(*, actor: Worker, number: int, reason: str) -> bool:
    """Take a published bulletin down, for good; whether it was done now. It is recorded who did, and why.

    Raises NotAllowed, NoBulletin, ValueError (not one of `Reason`).
    """
    drafts.maker(actor)
    chosen = Reason(reason)
    with transaction.atomic():
        Area.objects.select_for_update().get(pk=actor.area_id)
        row = Published.objects.filter(area_id=actor.area_id, number=number).first()
        if row is None:
            raise NoBulletin("expected a published bulletin of this area")
        made = {"day": today(), "reason": chosen, "by": actor}
        _, new = Withdrawal.objects.get_or_create(bulletin=row, defaults=made)
        if new:
            told_of = f"bulletin {number}: {chosen}"
            append_now(area=row.area_id, actor=actor.pk, action=Action.BULLETIN_WITHDRAWN, object=told_of)
    return new


def told(whole: Bulletin, language: str) -> dict[str, Any]:
    """Return a bulletin in one language, its figures filled in: plain texts."""
    return {
        "title": whole.title[language],
        "period": whole.period[language],
        "items": [list(item.told(language)) for item in whole.items],
        "note": whole.note[language],
    }
