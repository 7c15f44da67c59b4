"""What time, duty and colleagues do in the model of `machine_model`."""

from tests.queues.machine_model import GRACE, HOLD, LEASE, PARK, REST, WITH_PROFESSIONAL, Duty, Model, Offer, Seat, Talk

TAKE_OVER, BESIDE = "take_over", "beside"
RISK_HIGH = 2


class Life(Model):
    """The whole model."""

    # -- offers --------------------------------------------------------------------------------------------------

    def ask(self, talk: Talk, worker: int, epoch: int, colleague: int, kind: str) -> str:
        """Offer the talk to a colleague, or ask them to the side."""
        refused = self.owns(talk, worker, epoch, begun=True)
        if refused or colleague == worker:
            return refused or "NotOffered"
        duty = self.duties.get(colleague)
        if duty is None or duty.lease <= 0:
            return "OffDuty"
        if duty.paused:
            return "OnPause"
        if kind == TAKE_OVER and self.may_take(colleague):
            return self.may_take(colleague)
        old = self.offers.get((talk.cid, kind))
        if old is not None and old.until > 0 and old.epoch == talk.epoch:
            return "ok" if old.addressee == colleague else "AlreadyOffered"
        self.offers[talk.cid, kind] = Offer(worker, colleague, talk.epoch)
        return "ok"

    def _stands(self, talk: Talk, kind: str, *, alive: bool = True) -> Offer | None:
        offer = self.offers.get((talk.cid, kind))
        if offer is None or (alive and offer.until <= 0) or talk.state != "active" or offer.epoch != talk.epoch:
            return None
        return offer

    def accept(self, talk: Talk, kind: str, worker: int) -> str:
        """The addressee says yes."""
        known = self.offers.get((talk.cid, kind))
        if known is None or known.addressee != worker or known.until <= 0:
            return "NotOffered"
        refused = self.may_take(worker) if kind == TAKE_OVER else "OffDuty" if worker not in self.duties else ""
        if refused or self._stands(talk, kind) is None:
            return refused or "NotOffered"
        del self.offers[talk.cid, kind]
        if kind == BESIDE:
            talk.seats.setdefault(worker, Seat("colleague", writes=False))
            return "ok"
        talk.epoch, talk.answer = talk.epoch + 1, 120.0
        talk.seats = {worker: Seat("professional")}
        self.offers.pop((talk.cid, BESIDE), None)
        return "ok"

    def refuse(self, talk: Talk, kind: str, worker: int) -> str:
        """The addressee says no."""
        offer = self._stands(talk, kind)
        if offer is None or offer.addressee != worker:
            return "NotOffered"
        del self.offers[talk.cid, kind]
        return "ok"

    def withdraw(self, talk: Talk, kind: str, worker: int) -> str:
        """The owner takes it back."""
        offer = self._stands(talk, kind, alive=False)
        if offer is None or offer.sender != worker:
            return "NotOffered"
        del self.offers[talk.cid, kind]
        return "ok"

    def bring_in(self, talk: Talk, worker: int, epoch: int, colleague: int) -> str:
        """The colleague becomes visible."""
        refused = self.owns(talk, worker, epoch, begun=True)
        seat = talk.seats.get(colleague)
        if refused or seat is None or seat.role != "colleague":
            return refused or "NotOffered"
        seat.writes = True
        return "ok"

    def step_out(self, talk: Talk, worker: int) -> str:
        """The colleague goes."""
        seat = talk.seats.get(worker)
        if seat is None or seat.role != "colleague":
            return "not theirs"
        del talk.seats[worker]
        return "ok"

    # -- duty ----------------------------------------------------------------------------------------------------

    def start(self, worker: int, capacity: int) -> str:
        """A shift begins; who is on duty already stays as they are."""
        self.duties.setdefault(worker, Duty(capacity))
        return "ok"

    def change_duty(self, worker: int, **changed: bool | int) -> str:
        """Pause, resume, stop taking, capacity, alone."""
        duty = self.duties.get(worker)
        if duty is None:
            return "OffDuty"
        for name, value in changed.items():
            setattr(duty, name, value)
        return "ok"

    def go(self, worker: int, *, dies: bool = False) -> str:
        """A shift ends; when the process dies in between, the sweeper gives the talks back."""
        if self.duties.pop(worker, None) is None:
            return "OffDuty"
        for talk in [] if dies else self.held_by(worker):
            self.give_back(talk)
        return "ok"

    def desk_pings(self, worker: int) -> str:
        """The desk is alive: every part and the duty go on."""
        for talk in self.talks.values():
            if worker in talk.seats:
                talk.seats[worker].lease, talk.seats[worker].present = LEASE, True
        if worker in self.duties:
            self.duties[worker].lease = LEASE
        return "ok"

    # -- time ----------------------------------------------------------------------------------------------------

    def sweep(self) -> str:
        """Everything that is due, in the order in which the sweeper looks."""
        live = [talk for talk in self.talks.values() if talk.state != "closed"]
        for talk in live:
            self._lapse(talk)
        for due in (self._skip, self._lost, self._unanswered, self._park, self._hold_ended):
            for talk in live:
                due(talk)
        for where, offer in list(self.offers.items()):
            talk = self.talks[where[0]]
            if offer.until <= 0 or talk.state != "active" or offer.epoch != talk.epoch:
                del self.offers[where]
        self._colleagues_lost()
        self._duties_lost()
        return "ok"

    def _lapse(self, talk: Talk) -> None:
        for seat in talk.seats.values():
            seat.present = seat.present and seat.lease > 0
        if talk.present and talk.lease is not None and talk.lease <= 0:
            talk.present = False
            talk.held = HOLD if talk.held is None else talk.held

    def _skip(self, talk: Talk) -> None:
        if talk.state == "called" and (talk.called or 0) <= 0:
            self._leave_behind(talk, "queued")
            talk.called = REST

    def _lost(self, talk: Talk) -> None:
        owner = talk.owner
        if owner is not None and talk.seats[owner].lease <= GRACE:
            self.give_back(talk)

    def _unanswered(self, talk: Talk) -> None:
        if talk.state == "active" and talk.answer is not None and talk.answer <= 0:
            self.give_back(talk)

    def _park(self, talk: Talk) -> None:
        if talk.state == "active" and _away(talk) and (talk.lease or 0) <= PARK:
            self._leave_behind(talk, "parked")

    def _hold_ended(self, talk: Talk) -> None:
        """Nobody at risk high or immediate is closed by a clock: parked, on the coordinator's list."""
        if talk.state not in {"queued", "parked"} or not _away(talk) or (talk.held or 0) > 0:
            return
        if talk.risk >= RISK_HIGH:
            self._leave_behind(talk, "parked")
        else:
            self.end(talk, "hold_ended")

    def _colleagues_lost(self) -> None:
        for talk in self.talks.values():
            for worker, seat in list(talk.seats.items()):
                if seat.role == "colleague" and (seat.lease <= GRACE or worker not in self.duties):
                    del talk.seats[worker]

    def _duties_lost(self) -> None:
        for worker in [worker for worker, duty in self.duties.items() if duty.lease <= GRACE]:
            del self.duties[worker]
        for talk in self.talks.values():
            if talk.state in WITH_PROFESSIONAL and talk.owner not in self.duties:
                self.give_back(talk)

    def close_doors(self) -> str:
        """The overrun has passed: waiting ends, but not for who is in danger."""
        for talk in self.line():
            if talk.risk < RISK_HIGH:
                self.end(talk, "hours_ended")
        return "ok"


def _away(talk: Talk) -> bool:
    return not talk.present and talk.held is not None
