"""The attacker: everything ever published as whole-number unknowns under linear relations, and what follows from it."""

from chatservice.disclosure.attack.attacker import attack
from chatservice.disclosure.attack.findings import Finding, Findings
from chatservice.disclosure.attack.programs import Unfinished
from chatservice.disclosure.attack.system import Contradiction

__all__ = ["Contradiction", "Finding", "Findings", "Unfinished", "attack"]
