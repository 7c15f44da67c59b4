"""Where a journey happens: an area of its own, and pages of named people, watched while they are open."""

import functools
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from chatservice.accounts.models import Worker
from chatservice.places.models import Area, Host
from tests import wire as people
from tests.chromium import PATIENCE_MS
from tests.journeys.people import DESKTOP, PHONE, Desk, Visit
from tests.journeys.town import Town
from tests.journeys.watch import CUT, Watch
from tests.journeys.wire import Wire
from tests.service import Service

T = TypeVar("T")
PASSWORD = "a long sentence that only this test knows"
# Who waits in a journey is there when the turn comes, and says so; a page that must not marks itself `data-absent`.
ATTENTIVE = """
new MutationObserver(() => {
  if (!document.documentElement.hasAttribute("data-absent")) document.querySelector("[data-here]:enabled")?.click();
}).observe(document, { subtree: true, childList: true });
"""
NAMES = {"curator": "Aino", "psychologist": "Petri", "nurse": "Sari"}


def apart(act: Callable[[], T]) -> T:
    """Run database work beside the browser, whose thread already has a running event loop."""

    def whole() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(whole).result()


class Stage:
    """One area with a host, and a maker of watched pages. `close` ends them and fails on what was wrong."""

    def __init__(self, *, browser: Browser, service: Service, town: Town) -> None:
        self.browser, self.service, self.town = browser, service, town
        self.known = (service.chat_origin, service.desk_origin, town.exit, town.school)
        self.area, self.host = apart(self._settle)
        self.watches: list[Watch] = []
        self._contexts: list[BrowserContext] = []
        self._wires: list[Wire] = []

    def _settle(self) -> tuple[Area, Host]:
        area = people.make_area()
        names = {"name_fi": "Testialue", "name_sv": "Testområdet", "name_en": "Test area"}
        Area.objects.filter(pk=area.pk).update(**names)
        host = people.make_host(area)
        people.stand_by(area)
        Host.objects.filter(pk=host.pk).update(origins=[self.town.school])
        return area, host

    def worker(self, profession: str = "curator", *, language: str = "fi", capacity: int = 2) -> Worker:
        """Aino the curator, Petri the psychologist or Sari the nurse."""
        return apart(lambda: self._worker(profession, language, capacity))

    def _worker(self, profession: str, language: str, capacity: int) -> Worker:
        name = NAMES[profession]
        worker = Worker.objects.create(
            email=f"{name.lower()}-{secrets.token_hex(4)}@example.org",
            password=hashed(),
            area=self.area,
            display_name=name,
            profession=profession,
            capacity=capacity,
        )
        Worker.objects.filter(pk=worker.pk).update(language=language)
        return worker

    def context(self, *, wire: Wire | None = None, **options: Any) -> BrowserContext:
        """Return a watched context, on a line of its own when one is given."""
        if wire is not None:
            options["proxy"] = wire.proxy
        context = self.browser.new_context(**{"locale": "fi-FI", "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        context.add_init_script(ATTENTIVE)
        self.watches.append(Watch(context, self.known))
        if wire is not None:
            self.watches[-1].forgive(CUT)
        return context

    def wire(self) -> Wire:
        """Return a line that can be cut; it ends with the stage."""
        self._wires.append(Wire())
        return self._wires[-1]

    def address(self, *, language: str = "fi", channel: str = "youth") -> str:
        """Return the address of the visit page."""
        return f"{self.service.chat_origin}/{self.host.key}/{language}/{channel}".rstrip("/")

    def visitor(
        self, *, language: str = "fi", channel: str = "youth", wire: Wire | None = None, **options: Any
    ) -> Visit:
        """Return a page on a phone, not opened yet."""
        context = self.context(wire=wire, **{**PHONE, **options})
        return Visit(context.new_page(), self.address(language=language, channel=channel))

    def desk(self, worker: Worker, *, wire: Wire | None = None, **options: Any) -> Desk:
        """Return an open desk of somebody signed in."""
        context = self.context(wire=wire, **{**DESKTOP, **options})
        self.sign_in(context, worker)
        return Desk(context.new_page()).open(self.service.desk_origin)

    def sign_in(self, context: BrowserContext, worker: Worker) -> None:
        """Give a context the worker's session, as the sign-in page would."""
        name = settings.SESSION_COOKIE_NAME
        value = apart(lambda: session_of(worker, name))
        context.add_cookies([{"name": name, "value": value, "url": self.service.desk_origin, "httpOnly": True}])

    def close(self) -> None:
        """End every page and line; raises AssertionError with whatever a page did wrong."""
        for context in self._contexts:
            context.close()
        for wire in self._wires:
            wire.close()
        found = [fault for watch in self.watches for fault in watch.findings()]
        assert not found, found


@functools.cache
def hashed() -> str:
    """Everybody's password as it is stored: made once, for each costs a fifth of a second."""
    return make_password(PASSWORD)


def session_of(worker: Worker, name: str) -> str:
    """A session's cookie value."""
    client = Client()
    client.force_login(worker)
    return str(client.cookies[name].value)
