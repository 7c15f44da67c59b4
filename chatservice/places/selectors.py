"""Looking up where a visitor comes from."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from asgiref.sync import sync_to_async
from django.db import connection

from chatservice.places.models import KEY_CHARACTERS, SLUG, Area, Host, Municipality

FRESH_SECONDS = 30.0
KEPT_HOSTS = 1024
_kept: dict[str, tuple[float, HostView]] = {}


@dataclass(frozen=True, slots=True)
class HostView:
    """An active entry as the rest of the service sees it."""

    id: int
    key: str
    name: str
    area_id: int
    area_slug: str
    area_names: Mapping[str, str]
    municipality_id: int | None
    municipality_names: Mapping[str, str]
    school_id: int | None
    school_name: str
    origins: tuple[str, ...]
    languages: tuple[str, ...]
    channels: tuple[str, ...]

    def area_name(self, *, language: str) -> str:
        """The area's name in a language; Finnish where there is none."""
        return self.area_names.get(language) or self.area_names["fi"]

    def municipality_name(self, *, language: str) -> str:
        """The municipality's name, or an empty text for an entry without one."""
        names = self.municipality_names
        return names.get(language) or names.get("fi", "")

    def offers(self, *, language: str, channel: str) -> bool:
        """Whether a visitor may enter in this language and channel."""
        return language in self.languages and channel in self.channels


async def host_by_key(key: str) -> HostView | None:
    """The active entry of that key, at most 30 s old; None when unknown or inactive."""
    view = _fresh(key)
    if view is None:
        view = await sync_to_async(_find_and_let_go, thread_sensitive=False)(key)
    return view


def find_host(key: str) -> HostView | None:
    """The same for synchronous callers, on the caller's database connection."""
    return _fresh(key) or _find(key)


def forget_hosts() -> None:
    """Drop what was kept, so that the next look-up reads the database."""
    _kept.clear()


def _fresh(key: str) -> HostView | None:
    found = _kept.get(key)
    if found is None or found[0] < time.monotonic():
        return None
    return found[1]


def _find_and_let_go(key: str) -> HostView | None:
    """Close the connection of this pool thread; nobody else would."""
    try:
        return _find(key)
    finally:
        connection.close()


def _find(key: str) -> HostView | None:
    if len(key) > KEY_CHARACTERS or not re.fullmatch(SLUG, key):
        return None
    rows = Host.objects.select_related("area", "municipality", "school")
    host = rows.filter(key=key, active=True).first()
    if host is None:
        _kept.pop(key, None)
        return None
    if len(_kept) >= KEPT_HOSTS:
        _kept.clear()
    view = _view(host)
    _kept[key] = (time.monotonic() + FRESH_SECONDS, view)
    return view


def _view(host: Host) -> HostView:
    return HostView(
        id=host.pk,
        key=host.key,
        name=host.name,
        area_id=host.area.pk,
        area_slug=host.area.slug,
        area_names=area_names(host.area),
        municipality_id=host.municipality.pk if host.municipality else None,
        municipality_names=municipality_names(host.municipality),
        school_id=host.school.pk if host.school else None,
        school_name=host.school.name if host.school else "",
        origins=tuple(host.origins),
        languages=tuple(host.languages),
        channels=tuple(host.channels),
    )


def area_names(area: Area) -> Mapping[str, str]:
    """An area's names by language."""
    return MappingProxyType({"fi": area.name_fi, "sv": area.name_sv, "en": area.name_en})


def municipality_names(municipality: Municipality | None) -> Mapping[str, str]:
    """A municipality's names by language; English uses the Finnish one."""
    if municipality is None:
        return MappingProxyType({})
    return MappingProxyType({"fi": municipality.name_fi, "sv": municipality.name_sv})
