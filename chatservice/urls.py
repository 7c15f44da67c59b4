"""Addresses by host name: the visitor's origin has the widget's, the desk's has the console's, others have none."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound

from chatservice.hosts import Face, face_of

urlpatterns: list[Any] = []
URLCONFS = {Face.CHAT: "widget.urls", Face.DESK: "console.urls"}


class FaceByHost:
    """Choose the face's addresses; a foreign host name gets 404 and nothing else."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self._get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        face = face_of(request.META.get("HTTP_HOST", ""))
        if face is None:
            return self._lost() if iscoroutinefunction(self) else HttpResponseNotFound()
        request.urlconf = URLCONFS[face]
        return self._get_response(request)

    async def _lost(self) -> HttpResponseBase:
        return HttpResponseNotFound()
