"""How many talks a worker holds at once unless the shift says otherwise; a coordinator of the area sets it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.places.errors import StaleEdit

LEAST, MOST = 1, 5


def set_default_capacity(*, by: Worker, worker: int, capacity: int, was: int) -> None:
    """Store a worker's own capacity; `was` is what the page showed.

    Raises NotCoordinator, ValidationError (capacity), StaleEdit; Worker.DoesNotExist for another area's worker.
    """
    require_coordinator(by)
    if not LEAST <= capacity <= MOST:
        raise ValidationError({"capacity": ValidationError("expected 1 to 5 talks at once", code="capacity")})
    with transaction.atomic():
        person = Worker.objects.select_for_update(no_key=True).get(pk=worker, area=by.area_id, is_active=True)
        if person.capacity != was:
            raise StaleEdit
        if capacity == was:
            return
        person.capacity = capacity
        person.save(update_fields=["capacity"])
        append_now(area=by.area_id, actor=by.pk, action=Action.ROTA_CHANGED, object=f"worker {person.pk}")
