"""Concepts that are no words: links, sums of money, shouts, floods and gibberish."""

import re

from chatservice.moderation.abuse import flood, model
from chatservice.moderation.abuse.model import Rules

LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|fi|net|org|io|me|ru|xyz|example|shop|link|tk|info|biz|se|app|bet|store|cc)\b"
)
MONEY = re.compile(r"\d\s?(?:€|e\b|eur|tonni|\$|kr\b|kronor|dollar|bucks|%)|[€$£]\s?\d")
SHOUT = re.compile(r"!\s*!|![^!]{3,80}!|[>»]{3}")


def signs_of(text: str, words: list[str], rules: Rules) -> list[int]:
    """Return the concepts of a text that are no words, given its words."""
    lettered = "".join(words).isalpha()
    seen = (
        (model.LINK, "." in text and LINK.search(text)),
        (model.MONEY, not lettered and MONEY.search(text)),
        (model.SHOUT, "!" in text and SHOUT.search(text)),
        (model.FLOOD, flood.flooded(text, words, rules.calm)),
        (model.GIBBERISH, flood.gibberish(words, rules.matcher.table, rules.usual)),
    )
    return [rules.bits[name] for name, found in seen if found]
