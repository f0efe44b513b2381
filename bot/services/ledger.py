"""The ledger of what was promised: written with each reply, shown at each contact, settled by
fact or by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.core.conversation import Conversation, Turn
from bot.core.orders import Order
from bot.core.parameters import NotInForce
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.core.promises import (
    BY_FACT,
    AlreadySo,
    Change,
    Commitment,
    Kind,
    Parties,
    Promise,
    State,
    promise_id,
    told,
)
from bot.core.recognition import Recognised
from bot.core.settling import seen
from bot.services.ports import Orders, Promises
from bot.services.promising import commitments_in

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Knows what was promised, to whom and by when."""

    policy: Callable[[], Policy]
    promises: Promises
    orders: Orders

    def made_in(
        self,
        conversation: Conversation,
        reply: Turn,
        step: Recognised | None,
        advice: Mapping[str, Any] | None,
    ) -> tuple[Promise, ...]:
        """What a reply promises and what its step wants followed up; what stands already, once.

        Args:
            step: the step that the reply carries out.
            advice: that on the customer's latest message.
        """
        order_no = conversation.order_no or (advice["order_no"] if advice else None)
        days = self.policy().figures.working_days
        made = [*commitments_in(reply.text, reply.at, days)]
        made += self._follow_up(reply.at, step, advice)
        standing = [p.commitment for p in self.promises.about(conversation.id, order_no)]
        return tuple(
            Promise(
                id=promise_id(conversation.id, reply.id, number),
                commitment=Commitment(one.kind, mask(one.what), one.due, one.amount),
                conversation_id=conversation.id,
                message_id=reply.id,
                by=reply.speaker,
                made_at=reply.at,
                order_no=order_no,
                case=reply.reading.case,
            )
            for number, one in enumerate(made)
            if not any(_says_again(one, other) for other in standing)
        )

    def at_contact(self, conversation_id: str, order: Order | None, now: datetime) -> list[str]:
        """What the next to speak with this customer must know of earlier promises."""
        order_no = order.order_no if order else None
        found = self.promises.about(conversation_id, order_no)
        return [told(self._looked_at(promise, order, now), now) for promise in found]

    def open(self, now: datetime, until: datetime | None = None) -> list[Promise]:
        """The promises that are open when their orders have been looked at."""
        found = self.promises.open(until)
        numbers = {promise.order_no for promise in found if promise.order_no}
        orders = {number: self.orders.by_order_no(number) for number in numbers}
        looked_at = (self._looked_at(p, orders.get(p.order_no or ""), now) for p in found)
        return [promise for promise in looked_at if promise.is_open]

    def parties(self, promises: Iterable[Promise]) -> Mapping[str, Parties]:
        """To whom and by whom each was made, by its id."""
        return self.promises.parties([promise.id for promise in promises])

    def settle(self, promise: str, state: State, by: str, why: str, at: datetime) -> Promise:
        """What somebody says became of a promise.

        Raises:
            UnknownPromise: none has this id.
            AlreadySo: it is in this state already.
        """
        return self.promises.change(promise, Change(at, state, by, mask(why)))

    def _looked_at(self, promise: Promise, order: Order | None, now: datetime) -> Promise:
        """The promise, settled where the order shows that it was kept.

        One that a person opened again is left to people: the same fact would close it at once.
        """
        why = seen(promise, order) if order and not promise.history else None
        if why is None:
            return promise
        change = Change(now, State.KEPT, BY_FACT, why)
        with suppress(AlreadySo):  # another look was quicker
            return self.promises.change(promise.id, change)
        return promise.changed(change)

    def _follow_up(
        self, at: datetime, step: Recognised | None, advice: Mapping[str, Any] | None
    ) -> Iterable[Commitment]:
        playbook = self.policy().playbooks.get(step.playbook) if step else None
        carried_out = playbook.step(step.step) if playbook and step else None
        plan = carried_out.follow_up if carried_out else None
        if step is None or plan is None:
            return []
        if advice and f"{step.playbook}.{step.step}" in _scripts(advice):
            on = advice["follow_up"]["on"]
            day = date.fromisoformat(on) if on else None
        else:
            day = self._length(plan.after, at.date()) if plan.after and not plan.since else None
        due = datetime.combine(day, END_OF_DAY, at.tzinfo) if day else None
        return [Commitment(Kind.FOLLOW_UP, plan.what, due)]

    def _length(self, parameter: str, today: date) -> date | None:
        with suppress(NotInForce):
            return self.policy().figures.last_day(parameter, today)
        return None


def _scripts(advice: Mapping[str, Any]) -> Sequence[str]:
    return [reply["script"] for reply in advice["replies"]]


def _says_again(one: Commitment, standing: Commitment) -> bool:
    """Whether it only repeats what is promised already, adding neither a time nor a sum."""
    if one.kind is not standing.kind:
        return False
    if one.kind in (Kind.FOLLOW_UP, Kind.DEED) and one.what != standing.what:
        return False
    return one.due in (None, standing.due) and one.amount in (None, standing.amount)
