"""A changed rule is tried on made-up arrivals before anybody waits by it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chatservice.queues.order import WORTHS, Reason
from chatservice.queues.simulation import Setting, people, simulate

BUSY = Setting(arrivals={(weekday, 8): 14.0 for weekday in range(5)}, servers=2, weeks=10)


@pytest.mark.pure
def test_everybody_is_served_once_under_both_rules() -> None:
    """Nobody is lost by a rule, and the same people come."""
    who = people(BUSY)
    flat = simulate(setting=BUSY, who=who, worths=dict.fromkeys(Reason, timedelta()))
    ours = simulate(setting=BUSY, who=who)
    assert {name: len(waits.minutes) for name, waits in flat.items()} == {
        name: len(waits.minutes) for name, waits in ours.items()
    }
    assert people(BUSY) == who


@pytest.mark.pure
def test_danger_waits_less_than_first_come_first_served_would_let_it() -> None:
    """And the others pay for it by little."""
    who = people(BUSY)
    flat = simulate(setting=BUSY, who=who, worths=dict.fromkeys(Reason, timedelta()))
    ours = simulate(setting=BUSY, who=who)
    assert ours["risk_high"].at(0.9) < flat["risk_high"].at(0.9) / 2
    assert ours["none"].at(0.5) < flat["none"].at(0.5) * 1.6


def test_the_command_compares_two_rules(database: None) -> None:
    """A coordinator sees the waits side by side, and the assumptions."""
    out = StringIO()
    call_command("simulate_queue", area="demo", per_band=8.0, weeks=4, changed=["risk_high=0"], stdout=out)
    assert "risk_high" in out.getvalue()
    assert "shares assumed" in out.getvalue()


def test_bad_input_is_told_what_was_expected(database: None) -> None:
    """An unknown reason, an unknown area."""
    with pytest.raises(CommandError, match="REASON=MINUTES"):
        call_command("simulate_queue", area="demo", per_band=8.0, changed=["luck=5"])
    with pytest.raises(CommandError, match="short name of an area"):
        call_command("simulate_queue", area="nowhere")


def test_the_rule_in_force_is_the_default() -> None:
    """What the queue stores is what is compared."""
    assert set(WORTHS) == set(Reason)
