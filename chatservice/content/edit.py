"""What coordinators change in their own area's contacts; versioned, audited, whole or not at all.

Raises NotCoordinator, ValidationError (by field), StaleEdit, Missing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.content import contacts
from chatservice.content.errors import Missing, StaleEdit
from chatservice.content.models import AreaContact
from chatservice.hours.edit_words import said
from chatservice.places.models import Area

EMERGENCY = "emergency"  # nobody takes 112 away, by mistake or otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """A contact as a page sends it; with a common one's key it confirms it, changes it or (hidden) takes it away."""

    key: str
    target: str
    name_fi: str
    name_sv: str
    name_en: str
    checked_on: date
    audience: str = ""
    note_fi: str = ""
    note_sv: str = ""
    note_en: str = ""
    hours: str = ""
    hidden: bool = False


def save_contact(*, actor: Worker, draft: ContactDraft, version: int) -> AreaContact:
    """Store an area's contact; `version` 0 where the area had none of that key."""
    with transaction.atomic():
        area = _locked_area(actor)
        if draft.key == EMERGENCY:
            raise ValidationError({"key": ValidationError(said("emergency"), code="emergency")})
        row = AreaContact.objects.filter(area=area, key=draft.key).first() or AreaContact(area=area, version=0)
        if row.version != version:
            raise StaleEdit
        for name, value in asdict(draft).items():
            setattr(row, name, value)
        row.kind = "web" if row.target.startswith("https://") else "phone"
        row.version += 1
        row.full_clean()
        row.save()
        _record(actor, f"contact {row.pk}")
    return row


def remove_contact(*, actor: Worker, key: str, version: int) -> None:
    """Let the common contact of that key, if there is one, stand again."""
    with transaction.atomic():
        row = AreaContact.objects.filter(area=_locked_area(actor), key=key).first()
        if row is None:
            raise Missing
        if row.version != version:
            raise StaleEdit
        _record(actor, f"contact {row.pk}")
        row.delete()


def _locked_area(actor: Worker) -> Area:
    """Two coordinators who press at once come one after the other; the second meets the first one's version."""
    require_coordinator(actor)
    return Area.objects.select_for_update(no_key=True).get(pk=actor.area_id)


def _record(actor: Worker, changed: str) -> None:
    append_now(area=actor.area_id, actor=actor.pk, action=Action.CONTACTS_CHANGED, object=changed)
    transaction.on_commit(partial(contacts.forget, actor.area_id))
