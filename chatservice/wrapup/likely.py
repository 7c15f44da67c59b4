"""Topics that are common in an area, to stand first in a list. From counts alone: no talk's codes are carried over."""

from typing import Final

from django.db.models import Sum

from chatservice.wrapup.models import TopicCount

# Fewer talks than this would tell a reader of the list that somebody wrote of it.
COMMON_FROM: Final = 10
MOST: Final = 5


def likely(*, area: int, channel: str) -> list[str]:
    """Return up to five topics of a channel that at least ten talks had, the most common first (synchronous)."""
    counts = TopicCount.objects.filter(area=area, channel=channel).exclude(topic="").values("topic")
    common = counts.annotate(sum=Sum("talks")).filter(sum__gte=COMMON_FROM).order_by("-sum", "topic")
    return [row["topic"] for row in common[:MOST]]
