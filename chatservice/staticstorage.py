"""Static files: minified in Python and hashed through the import graph when collected, served by WhiteNoise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile, File
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

MINIFIERS = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


class MinifiedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise ships no types
    """Minify, then rewrite imports to hashed names, then compress (gzip and brotli)."""

    support_js_module_import_aggregation = True
    # One pass for each level of imports below a page's first module, and one to see that nothing changes any more.
    max_post_process_passes = 10

    def _save(self, name: str, content: File[Any]) -> str:
        return str(super()._save(name, minified(name=name, content=content)))


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise ships no types
    """WhiteNoise with whole bodies: its file iterator would be read in the event loop, with a warning for each."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file:
                body = found.file.read()
        response = HttpResponse(body, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        # Only the loader is there for foreign pages; everything else is read by our own pages alone.
        loader = Path(request.path).name.startswith("loader.")
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if loader else "same-origin"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def minified(*, name: str, content: File[Any]) -> File[Any]:
    """Return the file without comments and needless blanks; other kinds than .js and .css as they are."""
    minify = MINIFIERS.get(Path(name).suffix)
    if minify is None:
        return content
    content.seek(0)
    raw = content.read()
    source = raw if isinstance(raw, str) else raw.decode()
    return ContentFile(minify(source).encode(), name=name)
