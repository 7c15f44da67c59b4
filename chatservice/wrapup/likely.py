"""Topics that are common in an area, to stand first in a list. From counts alone: no talk's codes are carried over."""

from datetime import timedelta
from typing import Final

from django.db.models import Sum
from django.utils import timezone

from chatservice.wrapup.models import TopicCount

# Fewer talks than this would tell a reader of the list that somebody wrote of it.
COMMON_FROM: Final = 10
MOST: Final = 5
RECENT: Final = timedelta(days=365)


def likely(*, area: int, channel: str) -> list[str]:
    """Return up to five topics that ten talks of a channel had in the last year, most common first (synchronous)."""
    begun = timezone.now().date() - RECENT
    counts = TopicCount.objects.filter(area=area, channel=channel, period__gte=begun).exclude(topic="")
    common = counts.values("topic").annotate(sum=Sum("talks")).filter(sum__gte=COMMON_FROM).order_by("-sum", "topic")
    return [row["topic"] for row in common[:MOST]]
