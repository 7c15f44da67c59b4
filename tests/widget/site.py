"""The visitor origin inside a browser, without a server: pages from Django, scripts from their folders, a socket in the
test's hands. Nothing outside is asked; an address that no test names fails."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from tests.chromium import PATIENCE_MS

ROOT = Path(__file__).resolve().parents[2]
STATIC = {room: ROOT / folder / "static" / room for room, folder in (("chat", "chatservice"), ("widget", "widget"))}
KINDS = {".js": "text/javascript", ".css": "text/css"}
CHAT = "http://chat.localhost:8000"
SCHOOL = "http://school.localhost:8000"
FOREIGN = "http://foreign.localhost:8000"
NEUTRAL = "https://weather.example/"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
LOADER = f'<script src="{CHAT}/load.js" data-host="school" data-language="en" data-channel="youth"></script>'
CID = "5f0c6c0e-2f56-4b5e-9a53-1f6a1c6a7b10"
Frame = dict[str, Any]
T = TypeVar("T")


class Site:
    """One browser profile and what it asked for."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.heard: list[Frame] = []
        self.sockets: list[WebSocketRoute] = []
        self.pages: dict[str, tuple[str, dict[str, str]]] = {NEUTRAL: ("<title>Weather</title>", {})}
        self.state = "queued"
        self.shut: Frame = {}
        self.after = 0
        self.danger = False
        self.context: BrowserContext = browser.new_context(reduced_motion="reduce", **options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.route("**/*", self._answer)
        self.context.route_web_socket("**/socket", self._socket)

    def open(self, address: str = f"{CHAT}/school/en/youth") -> Page:
        """A new tab at an address, whose complaints are collected."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.goto("data:text/html,before")
        page.goto(address)
        return page

    def publish(self, origin: str, body: str, **headers: str) -> str:
        """A page of somebody else."""
        address = f"{origin}/"
        self.pages[address] = (f"<!doctype html><title>Page</title><body><p>Lunch: soup</p>{body}", headers)
        return address

    def say(self, **frame: Any) -> None:
        """The server says a frame to every open socket."""
        for socket in tuple(self.sockets):
            socket.send(json.dumps(frame))

    def events(self, *items: Frame) -> None:
        """Rows of the log."""
        rows = [{"at": "2026-11-21T21:42Z", "side": "service", **item} for item in items]
        self.say(type="events", cid=CID, items=rows, last=rows[-1]["seq"])

    def words(self, kind: str) -> list[Frame]:
        """The visitor's frames of one type."""
        return [frame for frame in self.heard if frame["type"] == kind]

    def said(self, kind: str, *, times: int = 1) -> list[Frame]:
        """The same, when the visitor has said it so often: what a page says comes after the press that made it."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while len(self.words(kind)) < times and time.monotonic() < until:
            self.context.pages[-1].wait_for_timeout(20)
        return self.words(kind)

    def _answer(self, route: Route) -> None:
        address = route.request.url
        self.asked.append(address)
        if address in self.pages:
            body, headers = self.pages[address]
            route.fulfill(body=body, content_type="text/html", headers=headers)
        elif address.startswith(f"{CHAT}/static/"):
            room, _, name = urlsplit(address).path.removeprefix("/static/").partition("/")
            route.fulfill(body=(STATIC[room] / name).read_bytes(), content_type=KINDS[Path(name).suffix])
        elif address.startswith(CHAT):
            status, body, headers = apart(lambda: _page(urlsplit(address).path))
            route.fulfill(status=status, body=body, headers=headers)
        else:
            route.abort()

    def _socket(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        socket.on_message(lambda text: self._hear(socket, json.loads(text)))
        socket.on_close(lambda _code, _reason: self.sockets.remove(socket) if socket in self.sockets else None)

    def _hear(self, socket: WebSocketRoute, frame: Frame) -> None:
        self.heard.append(frame)
        if frame["type"] == "enter" and self.shut:
            socket.send(json.dumps({"type": "shut"} | self.shut))
            socket.close(code=1000)
        elif frame["type"] in {"enter", "hello"}:
            token = {"token": "secret-token"} if frame["type"] == "enter" else {}
            hello = {"type": "welcome", "v": 1, "cid": CID, "state": self.state, "limits": {}, "after": self.after}
            hello["help"] = self.danger
            socket.send(json.dumps(hello | token))
            socket.send(json.dumps({"type": "events", "cid": CID, "items": [], "last": self.after}))
            socket.send(json.dumps({"type": "queue", "cid": CID, "state": self.state, "place": 2}))


def _page(path: str) -> tuple[int, bytes, dict[str, str]]:
    answer = Client(headers={"host": urlsplit(CHAT).netloc}).get(path)
    return answer.status_code, answer.content, dict(answer.headers)


def apart(act: Callable[[], T]) -> T:
    """Beside the browser, whose thread has a running event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act).result()


def begin(page: Any) -> None:
    """Mia tells her age and starts; works on a page and on a frame of one."""
    page.locator("main[data-ready]").wait_for()
    page.get_by_label("13–15").check()
    page.get_by_role("button", name="Start").click()
    page.locator("main[data-screen=waiting]").wait_for()
