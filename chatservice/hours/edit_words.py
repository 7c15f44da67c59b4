"""What a refused edit says beside its field, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

TEXTS = {
    "last_before_first": {
        "fi": "Viimeinen päivä on ennen ensimmäistä.",
        "sv": "Den sista dagen är före den första.",
        "en": "The last day is before the first one.",
    },
    "both_times": {
        "fi": "Anna sekä avaamis- että sulkemisaika, tai jätä molemmat tyhjiksi, jos on suljettu.",
        "sv": "Ange både öppnings- och stängningstid, eller lämna båda tomma om det är stängt.",
        "en": "Give both the opening and the closing time, or leave both empty when closed.",
    },
    "emergency": {
        "fi": "Hätänumeroa 112 ei voi muuttaa eikä piilottaa.",
        "sv": "Nödnumret 112 kan inte ändras eller döljas.",
        "en": "The emergency number 112 cannot be changed or hidden.",
    },
    "overlapping": {
        "fi": "Näillä päivillä on jo poikkeus ({first}–{last}). Muuta sitä tai valitse muut päivät.",
        "sv": "De här dagarna har redan ett undantag ({first}–{last}). Ändra det eller välj andra dagar.",
        "en": "These days already have an exception ({first}–{last}). Change that one, or choose other days.",
    },
}


def said(code: str, **params: str) -> str:
    """Return the message of a code; Finnish for other languages than the three."""
    texts = TEXTS[code]
    return texts.get((get_language() or "fi")[:2], texts["fi"]).format(**params)
