"""Who is ahead in another queue: whoever serves two queues takes the one who has waited longer, in either. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from chatservice.queues.crew import Hand

Weights = Mapping[int, Mapping[int, float]]
# A sum of parts may fall short of a whole by its last digit.
DUST = 1e-9


def weights(serving: Mapping[int, Sequence[Hand]]) -> dict[int, dict[int, float]]:
    """Return for each queue what one person of each other queue takes from it: the part of that queue's places that
    belong to workers who serve both. `serving`: who is on duty for each queue; who takes nobody new counts nowhere.
    """
    taking = {queue: {hand.worker: hand.capacity for hand in hands if hand.takes} for queue, hands in serving.items()}
    found: dict[int, dict[int, float]] = {queue: {} for queue in taking}
    for queue, mine in taking.items():
        for other, theirs in taking.items():
            shared = sum(capacity for worker, capacity in theirs.items() if worker in mine)
            if other != queue and shared:
                found[queue][other] = shared / sum(theirs.values())
    return found


def lost(*, queue: int, before: Mapping[int, int], weights: Weights) -> int:
    """Return how many turns of `queue` go to the people of other queues who are ahead; a part of a turn is a whole one.

    `before`: how many are ahead in each queue; those of `queue` itself are not counted here.
    """
    parts = sum(before.get(other, 0) * weight for other, weight in weights.get(queue, {}).items())
    return ceil(parts - DUST)


def each_lost(*, order: Iterable[int], weights: Weights) -> list[int]:
    """Return `lost` for each person of a line over all queues; `order` names the queue of each, in turn."""
    before: Counter[int] = Counter()
    found = []
    for queue in order:
        found.append(lost(queue=queue, before=before, weights=weights))
        before[queue] += 1
    return found
