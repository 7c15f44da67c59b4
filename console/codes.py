"""What the form of a wrap-up is made of: every code that may be given, named in the worker's language."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from chatservice.content import codes, taxonomy
from chatservice.content.codes import Dimension
from chatservice.places.models import CHANNELS, LANGUAGES, Municipality
from chatservice.wrapup.likely import likely
from console.views import worker_of

FIELDS: Final = {
    "outcomes": Dimension.OUTCOME,
    "risk_kinds": Dimension.RISK_KIND,
    "roles": Dimension.ROLE,
    "ages": Dimension.AGE,
    "stages": Dimension.STAGE,
    "languages": Dimension.LANGUAGE,
}
# The letters of the Finnish alphabet after z, in its order; the database sorts by bytes.
LAST: Final = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c"})

Named = list[dict[str, str]]


@require_GET
def wrap_up_codes(request: HttpRequest) -> HttpResponse:
    """Say which codes a talk of a channel may have; topics each with the one they belong under."""
    channel, area = request.GET.get("channel", ""), worker_of(request).area_id
    if channel not in CHANNELS:
        return JsonResponse({"error": "expected channel youth or parent"}, status=400)
    language = get_language() or "fi"
    language = language if language in LANGUAGES else "fi"
    topics = taxonomy.topics(channel=channel, language=language)
    told = {
        "topics": [{"code": one.code, "name": one.name, "within": one.within} for one in topics],
        "likely": likely(area=area, channel=channel),
        "municipalities": _municipalities(area, language),
        **{field: _named(dimension, language) for field, dimension in FIELDS.items()},
    }
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _named(dimension: Dimension, language: str) -> Named:
    return [{"code": one.code, "name": one.name} for one in codes.codes(dimension, language=language)]


def _municipalities(area: int, language: str) -> Named:
    name = "name_sv" if language == "sv" else "name_fi"
    found = Municipality.objects.filter(area=area).values_list("code", name)
    ordered = sorted(found, key=lambda town: town[1].lower().translate(LAST))
    return [{"code": code, "name": called} for code, called in ordered]
