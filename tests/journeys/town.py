"""The world around the service: a school's site on another origin, and the neutral page of the quick exit."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

WEATHER = "Sää tänään"
NEUTRAL = f"<!doctype html><html lang=fi><title>{WEATHER}</title><h1>{WEATHER}</h1>"
Pages = dict[str, tuple[str, str]]


class Town:
    """One small server with two names; `pages` are the school's: path -> (HTML, Content-Security-Policy)."""

    def __init__(self, port: int) -> None:
        self.exit = f"http://weather.localhost:{port}/"
        self.school = f"http://school.localhost:{port}"
        self.pages: Pages = {}

    def page(self, path: str, body: str, *, policy: str = "") -> str:
        """Publish a page of the school and return its address."""
        head = '<!doctype html><html lang="fi"><title>Testikoulu</title><link rel="icon" href="data:,">'
        self.pages[path] = (f"{head}<h1>Testikoulu</h1>{body}", policy)
        return self.school + path


@contextmanager
def town() -> Iterator[Town]:
    """Serve the town inside the block."""
    place: list[Town] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            school = self.headers.get("Host", "").startswith("school.")
            html, policy = place[0].pages.get(self.path, ("", "")) if school else (NEUTRAL, "")
            self.send_response(200 if html else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_what: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    place.append(Town(server.server_address[1]))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield place[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
