"""What can go wrong with duty. No message holds a name or an address; the face words it from `code` and `field`.

DutyError
    WrongStep        a step that the table of duty does not have
    NotTaking        no new talk for this worker now; `code` tells why
        OffDuty      the shift has not been started, or has ended
        OnPause      the worker is on pause
        Finishing    the worker takes no new ones any more
    Refused          the edit was refused; `code` and `field` tell what and where, the message why and what would do
        Changed      somebody else changed this meanwhile
        Missing      no such row in this area (foreign ones answer alike)
"""

from typing import ClassVar


class DutyError(Exception):
    """Base of this room's errors."""


class WrongStep(DutyError):
    """A step outside the table."""


class NotTaking(DutyError):
    """This worker gets no new talk now."""

    code: ClassVar[str] = "off_duty"


class OffDuty(NotTaking):
    """Expected a started shift."""


class OnPause(NotTaking):
    """Expected no pause."""

    code = "on_pause"


class Finishing(NotTaking):
    """Expected somebody who still takes new ones."""

    code = "finishing"


class Refused(DutyError):
    """An edit that cannot stand."""

    def __init__(self, code: str, why: str, *, field: str = "") -> None:
        super().__init__(why)
        self.code = code
        self.field = field


class Changed(Refused):
    """Expected the version that the database holds."""

    def __init__(self) -> None:
        super().__init__("changed", "somebody else changed this meanwhile: open it again and repeat the change")


class Missing(Refused):
    """Expected a row of the worker's own area."""

    def __init__(self) -> None:
        super().__init__("missing", "there is no such shift or worker in this area: it may have been removed")
