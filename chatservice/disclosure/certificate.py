"""The certificate of a clean publication, and its check, which needs no solver and trusts none.

It holds whole-number worlds. Whoever has the published texts and the hierarchies can see that each world agrees with
all of them, and that in every cell two worlds are `p` or more apart and hold none or as many as the threshold.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from chatservice.disclosure.attack.system import Contradiction, System, build
from chatservice.disclosure.attack.worlds import World, agrees, still_open
from chatservice.disclosure.cells import Frame, Report, name_of
from chatservice.disclosure.identity import identity_of

SCHEMA = 1


def certificate(system: System, worlds: Sequence[World], *, programs: int, pools: int = 0) -> dict[str, Any]:
    """Return the JSON-able certificate of a system; the same publication gives the same digest of its system.

    `pools`: against how many schools the pool of all others failed. That is told, not proven: its worlds hold counts.
    """
    frame = system.frame
    return {
        "schema": SCHEMA,
        "k": frame.k,
        "k_sensitive": frame.k_sensitive,
        "p": frame.p,
        "base": frame.base,
        "joint": list(frame.joint),
        "identities": [each.name for each in frame.identities],
        "frame": written(frame),
        "system": digest(system),
        "unknowns": len(system.names),
        "relations": len(system.sums),
        "cells": len(system.watched),
        "programs": programs,
        "pools": pools,
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


def written(frame: Frame) -> dict[str, Any]:
    """Return what decides of a system, so that a certificate can be checked years later with nothing else at hand."""
    return {
        "hierarchies": {name: dict(tree) for name, tree in frame.hierarchies.items()},
        "sensitive_codes": sorted(frame.sensitive_codes),
        "open": list(frame.open),
        "within": [list(each) for each in frame.within],
        "identities": [asdict(each) for each in frame.identities],
    }


def frame_of(found: Mapping[str, Any]) -> Frame:
    """Return the frame with which a certificate was made; raises ValueError where it does not hold one."""
    try:
        own = found["frame"]
        return Frame(
            hierarchies=own["hierarchies"],
            k=found["k"],
            k_sensitive=found["k_sensitive"],
            p=found["p"],
            base=found["base"],
            joint=tuple(found["joint"]),
            sensitive_codes=frozenset(own["sensitive_codes"]),
            open=tuple(own["open"]),
            within=tuple(tuple(each) for each in own["within"]),
            identities=tuple(identity_of(each) for each in own["identities"]),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"expected a certificate with its frame: {wrong}") from None


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
