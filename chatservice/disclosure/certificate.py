"""The certificate of a clean publication, and its check, which needs no solver and trusts none.

It holds whole-number worlds. Whoever has the published texts and the hierarchies can see that each world agrees with
all of them, and that in every cell two worlds are `p` or more apart and hold none or as many as the threshold.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from chatservice.disclosure.attack.system import Contradiction, System, build
from chatservice.disclosure.attack.worlds import World, agrees, still_open
from chatservice.disclosure.cells import Frame, Report, name_of

SCHEMA = 1


def certificate(system: System, worlds: Sequence[World], *, programs: int) -> dict[str, Any]:
    """Return the JSON-able certificate of a system; the same publication gives the same digest of its system."""
    frame = system.frame
    return {
        "schema": SCHEMA,
        "k": frame.k,
        "k_sensitive": frame.k_sensitive,
        "p": frame.p,
        "base": frame.base,
        "joint": list(frame.joint),
        "identities": [each.name for each in frame.identities],
        "system": digest(system),
        "unknowns": len(system.names),
        "relations": len(system.sums),
        "cells": len(system.watched),
        "programs": programs,
        "worlds": [" ".join(map(str, world)) for world in worlds],
    }


def check(found: Mapping[str, Any], reports: Sequence[Report], *, frame: Frame) -> str:
    """Return why a certificate does not prove these reports clean; empty when it does."""
    try:
        system = build(reports, frame=frame)
        worlds = [tuple(int(count) for count in world.split()) for world in found["worlds"]]
    except (Contradiction, ValueError, KeyError, TypeError, AttributeError) as wrong:
        return f"the certificate or the reports cannot be read: {wrong}"
    if found.get("system") != digest(system):
        return "the certificate belongs to other reports, hierarchies or parameters"
    if not worlds or not all(agrees(system, world) for world in worlds):
        return "a world does not agree with what was published"
    if left := still_open(system, worlds, system.watched):
        return f"{len(left)} cells are not proven safe, first {name_of(system.names[left[0]][1], measure='', year='')}"
    return ""


def digest(system: System) -> str:
    """Return the hash of everything a reader can write down: unknowns, bounds, sums, shares and parameters."""
    frame = system.frame
    text = json.dumps(
        [
            [frame.k, frame.k_sensitive, frame.p, frame.base, system.names, system.low, system.high, system.reach],
            [system.sums, [[part, whole, str(low), str(high)] for part, whole, low, high in system.shares]],
            sorted(system.watched),
        ],
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
