"""What the browser gets: minified, hashed through every import, compressed beforehand, kept for ever."""

import re
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

from django.conf import settings

from tests.service import Service

HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def modules() -> Iterator[Path]:
    """Yield the collected modules under their final names."""
    root = Path(settings.STATIC_ROOT)
    yield from (path for path in root.rglob("*.js") if HASHED.search(path.name))


def fetched(service: Service, path: str, **headers: str) -> tuple[Message, bytes]:
    """Fetch a path as a browser on the visitors' origin would."""
    host = service.chat_origin.removeprefix("http://")
    request = urllib.request.Request(f"http://127.0.0.1:{service.port}{path}", headers={"Host": host, **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own loopback address
        return answer.headers, answer.read()


def test_every_import_names_a_hashed_file_that_is_there(static_files: None) -> None:
    wrong = [
        f"{module.name} imports {target}"
        for module in modules()
        for target in IMPORT.findall(module.read_text())
        if not HASHED.search(target) or not (module.parent / target).exists()
    ]
    assert list(modules())
    assert wrong == []


def test_comments_and_blanks_stay_at_home(static_files: None) -> None:
    for module in modules():
        assert "/**" not in module.read_text()
        assert "\n\n" not in module.read_text()


def test_a_module_is_compressed_immutable_and_ours_alone(service: Callable[..., Service]) -> None:
    running = service()
    module = next(path for path in modules() if "/chat/" in path.as_posix())
    path = f"/static/{module.relative_to(settings.STATIC_ROOT).as_posix()}"
    headers, plain = fetched(running, path)
    assert plain == module.read_bytes()
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Access-Control-Allow-Origin"] is None
    packed, body = fetched(running, path, **{"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] in {"br", "gzip"}
    assert len(body) < len(plain)
