"""Which other services are open now: the common list, with what a visitor's area has changed or added."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from asgiref.sync import sync_to_async
from django.db import connection

from chatservice.content.contact_file import LONGEST_RECHECK, Contact, common
from chatservice.content.models import AUDIENCES, AreaContact
from chatservice.hours.evaluate import ZONE, state, windows
from chatservice.hours.words import week_lines
from chatservice.places.models import LANGUAGES

FRESH_SECONDS = 30.0
KEPT = 256
SHOWN_FIRST = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact as a visitor sees it; `open` is None where the hours are not known or not checked lately."""

    key: str
    name: str
    number_or_url: str
    kind: str
    open: bool | None
    hours_text: str
    note: str


@dataclass(frozen=True, slots=True)
class ContactCheck:
    """A contact as a coordinator sees it: shown or waiting for a person, hours fresh or due, the area's own or not."""

    contact: Contact
    shown: bool
    hours_due: bool
    own: bool
    version: int


@dataclass(frozen=True, slots=True)
class Own:
    """An area's contact; a hidden one only takes the common one away."""

    contact: Contact
    hidden: bool
    version: int


_kept: dict[int, tuple[float, tuple[Own, ...]]] = {}


def open_now(*, area_id: int, language: str, audience: str, now: datetime) -> list[ContactView]:
    """Return the contacts for a page of this language and audience, those that are open first."""
    shown = (each for each in _effective(area_id) if each.sure)
    fitting = (each for each in shown if language in each.languages and audience in each.audience)
    return sorted((_view(each, language, now) for each in fitting), key=lambda each: SHOWN_FIRST[each.open])


async def aopen_now(*, area_id: int, language: str, audience: str, now: datetime) -> list[ContactView]:
    """The same; reads the database at most every 30 s, on a thread of its own."""
    if _fresh(area_id) is None:
        await sync_to_async(_read_and_let_go, thread_sensitive=False)(area_id)
    return open_now(area_id=area_id, language=language, audience=audience, now=now)


def overview(*, area_id: int, today: date) -> list[ContactCheck]:
    """Return every contact of an area's list for its coordinator, hidden ones and those to check included."""
    own = {each.contact.key: each for each in _read(area_id)}
    merged = _merged(common(), [replace(each, hidden=False) for each in own.values()])
    return [_check(each, own.get(each.key), today) for each in merged]


def forget(area_id: int | None = None) -> None:
    """Drop what was kept of an area, or of all."""
    if area_id is None:
        _kept.clear()
    else:
        _kept.pop(area_id, None)


def _check(contact: Contact, own: Own | None, today: date) -> ContactCheck:
    return ContactCheck(
        contact=contact,
        shown=contact.sure and not (own and own.hidden),
        hours_due=not contact.hours_fresh(today=today),
        own=own is not None,
        version=own.version if own else 0,
    )


def _view(contact: Contact, language: str, now: datetime) -> ContactView:
    today = now.astimezone(ZONE).date()
    known = bool(contact.hours) and contact.hours_fresh(today=today)
    return ContactView(
        key=contact.key,
        name=contact.name[language],
        number_or_url=contact.target,
        kind=contact.kind,
        open=state(windows(expression=contact.hours, first=today, days=1), now).open if known else None,
        hours_text=", ".join(week_lines(expression=contact.hours, first=today, language=language)) if known else "",
        note=contact.note[language],
    )


def _effective(area_id: int) -> list[Contact]:
    own = _fresh(area_id)
    return _merged(common(), _read(area_id) if own is None else own)


def _merged(listed: Iterable[Contact], own: Iterable[Own]) -> list[Contact]:
    """The area's own stands in the place of the common one with its key; new ones come right after the first."""
    by_key = {each.contact.key: each for each in own}
    found = [_in_place(each, by_key.pop(each.key, None)) for each in listed]
    first, *others = found
    added = [each.contact for each in by_key.values() if not each.hidden]
    return [each for each in (first, *added, *others) if each is not None]


def _in_place(contact: Contact, own: Own | None) -> Contact | None:
    if own is None:
        return contact
    return None if own.hidden else own.contact


def _fresh(area_id: int) -> tuple[Own, ...] | None:
    found = _kept.get(area_id)
    return found[1] if found and time.monotonic() < found[0] else None


def _read_and_let_go(area_id: int) -> None:
    """Close the connection of this pool thread; nobody else would."""
    try:
        _read(area_id)
    finally:
        connection.close()


def _read(area_id: int) -> tuple[Own, ...]:
    rows = AreaContact.objects.filter(area=area_id).order_by("key")
    found = tuple(Own(_contact(row), row.hidden, row.version) for row in rows)
    if len(_kept) >= KEPT:
        _kept.clear()
    _kept[area_id] = (time.monotonic() + FRESH_SECONDS, found)
    return found


def _contact(row: AreaContact) -> Contact:
    return Contact(
        key=row.key,
        kind=row.kind,
        target=row.target,
        name=MappingProxyType({"fi": row.name_fi, "sv": row.name_sv, "en": row.name_en}),
        note=MappingProxyType({"fi": row.note_fi, "sv": row.note_sv, "en": row.note_en}),
        languages=LANGUAGES,
        audience=(row.audience,) if row.audience else AUDIENCES[1:],
        hours=row.hours,
        sure=True,
        source="area",
        checked_on=row.checked_on,
        recheck_days=LONGEST_RECHECK,
    )
