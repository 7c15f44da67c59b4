"""The rules that hold for an area: the house's own, with the area's terms on top."""

from chatservice.moderation.pipeline import DEFAULT, Ruleset

_of_area: dict[int, Ruleset] = {}


def rules_of(area: int) -> Ruleset:
    """Return the rules of an area as this process last read them; never waits."""
    return _of_area.get(area, DEFAULT)
