"""The work on records: who sees which, fills them in, moves them on, approves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.numbers import clean_number
from bot.core.people import Person, Role
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.core.record_changes import Changed, Doing, Draft, Revision, revised
from bot.core.record_refusals import BadValue, Incomplete, RecordRefused, UnknownRegister
from bot.core.record_rights import may_enter, may_read, sees_contacts
from bot.core.records import Approval, Change, Record, State
from bot.core.register_values import Holds
from bot.core.registers import ORDER_NO, Field, Register
from bot.services.ports import OfOrder, Registers, WantedRecords
from bot.services.recording import agent_limit

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as somebody may see it."""

    record: Record
    register: Register
    missing: tuple[str, ...]
    history: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Which records to list; newest first."""

    register: str | None = None
    state: State | None = None
    owner: Role | None = None
    """Of the registers that this role keeps."""
    order_no: str = ""
    order_begins: str = ""
    since: date | None = None
    """The first day of entry."""
    until: date | None = None
    """The last one."""
    shop: str = ""
    courier: str = ""
    awaiting: bool = False
    """Only what waits for a supervisor's approval."""
    before: int = 0
    limit: int | None = SHOWN


@dataclass(frozen=True, slots=True)
class Offered:
    """Of which shops there are records, and which couriers have carried their orders."""

    shops: Sequence[str]
    couriers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Batched:
    """What became of one record of several."""

    id: int
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Casework:
    policy: Callable[[], Policy]
    registers: Registers

    def find(self, by: Person, listing: Listing) -> Sequence[Seen]:
        """The records this person looks for.

        Raises:
            NotAllowed: records are not for this role.
            UnknownRegister: there is no such register.
        """
        may_read(by.role)
        wanted = WantedRecords(
            registers=self._names(listing),
            states=(listing.state,) if listing.state else (),
            order_no=clean_number(listing.order_no),
            order_begins=clean_number(listing.order_begins),
            approval=Approval.AWAITED if listing.awaiting else None,
            since=listing.since,
            until=listing.until,
            shop=listing.shop,
            courier=listing.courier,
            before=listing.before,
            limit=listing.limit,
        )
        return [self._seen(by, record) for record in self.registers.find(wanted)]

    def offered(self, by: Person) -> Offered:
        """The shops and couriers by which this person may look.

        Raises:
            NotAllowed: records are not for this role.
        """
        may_read(by.role)
        return Offered(self.registers.shops(), self.registers.couriers())

    def one(self, by: Person, record_id: int) -> Seen:
        """The record with its history.

        Raises:
            NotAllowed: records are not for this role.
            UnknownRecord: there is none.
        """
        may_read(by.role)
        seen = self._seen(by, self.registers.one(record_id))
        lines = (_masked(change, by, seen.register) for change in self.registers.history(record_id))
        return replace(seen, history=tuple(lines))

    def enter(
        self,
        by: Person,
        at: datetime,
        name: str,
        fields: Mapping[str, str],
        draft: bool = False,
        source: str = "",
    ) -> Seen:
        """Enter a record by hand; a second one of the same thing fills in the first.

        Args:
            draft: it may be incomplete; what is missing has to be filled in before the work.

        Raises:
            RecordRefused: the fields or the role are not right, or it is incomplete and no draft.
        """
        register = self.register(name)
        may_enter(by.role, register)
        given = register.checked(fields)
        missing = register.missing(given)
        if not given.get(ORDER_NO):
            raise BadValue(ORDER_NO, "没有订单号不能登记 an entry needs its order")
        if missing and not draft:
            raise Incomplete(missing)
        doing = self._doing(by, at, source)
        return self._seen(by, self.registers.enter(Draft(register, given, doing)))

    def revise(
        self,
        by: Person,
        at: datetime,
        record_id: int,
        version: int,
        wanted: Revision,
        source: str = "",
    ) -> Seen:
        """Fill in, approve, move on: all that is wanted, or nothing.

        Args:
            version: the one that this person has seen.

        Raises:
            Stale: somebody has changed it since.
            RecordRefused: something of it is against the rules.
        """
        may_read(by.role)
        doing = self._doing(by, at, source)

        def changing(record: Record, of_order: OfOrder) -> Sequence[Changed]:
            register = self.register(record.register)
            given = dict(wanted.fields)
            number = register.checked({ORDER_NO: given.get(ORDER_NO, "")})[ORDER_NO]
            about = of_order(number or record.about)
            return revised(record, register, wanted, doing, about)

        return self._seen(by, self.registers.change(record_id, version, changing))

    def revise_all(
        self, by: Person, at: datetime, picked: Iterable[tuple[int, int]], wanted: Revision
    ) -> Sequence[Batched]:
        """The same for several records: each by itself, so that one refused does not stop others.

        Args:
            picked: the number of each and the version that was seen.
        """
        done: list[Batched] = []
        for record_id, version in picked:
            try:
                self.revise(by, at, record_id, version, wanted)
                done.append(Batched(record_id))
            except RecordRefused as refused:
                done.append(Batched(record_id, str(refused)))
        return done

    def _names(self, listing: Listing) -> Sequence[str] | None:
        if listing.register:
            return [self.register(listing.register).name]
        if listing.owner:
            kept = self.policy().registers.values()
            return [register.name for register in kept if register.owner is listing.owner]
        return None

    def register(self, name: str) -> Register:
        """Raises UnknownRegister."""
        register = self.policy().registers.get(name)
        if register is None:
            raise UnknownRegister(name)
        return register

    def _doing(self, by: Person, at: datetime, source: str) -> Doing:
        return Doing(by, at, agent_limit(self.policy(), at.date()), source)

    def _seen(self, by: Person, record: Record) -> Seen:
        register = self.policy().registers.get(record.register) or _retired(record)
        missing = register.missing(record.fields)
        if not sees_contacts(by.role, register):
            fields = register.masked(record.fields)
            record = replace(record, fields=fields, reason=mask(record.reason))
        return Seen(record, register, missing)


def _retired(record: Record) -> Register:
    """A register that the policy no longer has: its records can be looked at, with little shown."""
    fields = tuple(Field(title, required=False, holds=Holds.ADDRESS) for title in record.fields)
    return Register(record.register, Role.SUPERVISOR, fields)


def _masked(change: Change, by: Person, register: Register) -> Change:
    if sees_contacts(by.role, register):
        return change
    return replace(
        change,
        before=register.masked(change.before),
        after=register.masked(change.after),
        unused=register.masked(change.unused),
    )
