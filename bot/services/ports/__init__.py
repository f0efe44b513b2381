"""What the use cases need from outside, in the shop's words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.core.accounts import Account
from bot.core.audit import Noted
from bot.core.conversation import Conversation, Turn
from bot.core.corrections import Correction
from bot.core.duties import OpenRecord
from bot.core.orders import Order
from bot.core.outcome import NOTHING, Outcome
from bot.core.people import Person
from bot.core.promises import Change as PromiseChange
from bot.core.promises import Parties, Promise
from bot.core.record_changes import Changed, Draft
from bot.core.records import Approval, Change, Record, State
from bot.core.tables import Row, Sheet
from bot.core.understanding import Understanding


class UnderstandingDown(Exception):
    """The understanding service does not answer; go on with key phrases."""


class TrainingFailed(RuntimeError):
    """A step of the training did not end well; the message holds its last words."""


class UnknownOrder(LookupError):
    """No order has this number."""

    def __init__(self, order_no: str) -> None:
        super().__init__(f"order_no {order_no}: 查不到这个订单 no such order; import it first")
        self.order_no = order_no


class UnknownScript(ValueError):
    """No playbook has a step of this name."""

    def __init__(self, script: str) -> None:
        super().__init__(
            f"script {script}: 没有这个步骤 no such step; send the suggestion's script"
        )


class MessageIdTaken(ValueError):
    """The id stands for another message of this conversation."""

    def __init__(self, message_id: str) -> None:
        super().__init__(
            f"message_id {message_id}: 已用于另一条消息 stands for another message; use a new id"
        )


class UnknownConversation(LookupError):
    """No conversation has this id."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(
            f"conversation_id {conversation_id}: 没有这段对话 no such conversation;"
            " send the advice's conversation_id"
        )


class UnknownMessage(LookupError):
    """The customer has written no message with this id in the conversation."""

    def __init__(self, message_id: str) -> None:
        super().__init__(
            f"message_id {message_id}: 客户没有这条消息 no such message of the customer;"
            " send the advice's message_id"
        )


class UnknownIntent(ValueError):
    """No customer's want has this name, or no playbook serves it."""

    def __init__(self, intent: str) -> None:
        super().__init__(
            f"intent {intent}: 没有这个意图，或没有它的规程 no such intent, or no playbook for it;"
            " take one of the advice's choices, or a playbook's name"
        )


class PolicyError(Exception):
    """A policy file is wrong: the message names file, line, key and mend."""

    def __init__(self, path: Path, line: int, key: str, mend: str) -> None:
        place = f"{path}:{line}" + (f" {key}" if key else "")
        super().__init__(f"{place}: {mend}")
        self.path, self.line, self.key, self.mend = path, line, key, mend


class Reader(Protocol):
    """Understands customers' messages."""

    def understand(self, text: str) -> Understanding:
        """Understand one message.

        Raises:
            UnderstandingDown: the service does not answer.
        """
        ...


class Orders(Protocol):
    """Looks orders up. Every look-up answers newest first and with nothing when nothing fits."""

    def by_order_no(self, order_no: str) -> Order | None: ...

    def by_tracking_no(self, tracking_no: str) -> Sequence[Order]: ...

    def by_phone(self, last_four: str, nickname: str) -> Sequence[Order]:
        """Orders of the customer with this nickname whose phone ends in these four digits."""
        ...

    def by_nickname(self, nickname: str) -> Sequence[Order]: ...


@dataclass(frozen=True, slots=True)
class Received:
    """A message that is kept: its conversation without it, and the advice it was given before."""

    conversation: Conversation
    advice: dict[str, Any] | None = None


class Conversations(Protocol):
    """Keeps conversations: what was written, what it came to, and the advice given."""

    def load(self, conversation_id: str) -> Conversation | None: ...

    def open(self, conversation: Conversation, channel: str, at: datetime) -> None:
        """Keep a new conversation; one that exists already learns what is known better now."""
        ...

    def receive(self, conversation: Conversation, channel: str, turn: Turn) -> Received:
        """Keep a customer's message, and the conversation as ``open`` does, all or nothing.

        Raises:
            MessageIdTaken: the id stands for another message of this conversation.
        """
        ...

    def add(self, conversation_id: str, turn: Turn, outcome: Outcome = NOTHING) -> None:
        """Keep a message and what comes with it, all or nothing; one that is kept already stays as
        it is, and brings nothing a second time.

        Raises:
            MessageIdTaken: the id stands for another message of this conversation.
        """
        ...

    def settle(
        self, conversation_id: str, turn: Turn, advice: dict[str, Any], shop: str = ""
    ) -> None:
        """Keep what a message came to and the advice on it, together.

        Args:
            shop: that of the customer's orders, where it was learnt from them.
        """
        ...

    def correct(
        self,
        correction: Correction,
        turn: Turn,
        advice: dict[str, Any],
        along: Sequence[Turn] = (),
    ) -> None:
        """Keep what a person says a message is about, with what it came to by that; all or nothing.

        Args:
            along: replies that now belong to another case with it.
        """
        ...

    def advice(self, conversation_id: str, message_id: str) -> dict[str, Any] | None:
        """The advice given on this message."""
        ...

    def since(self, moment: datetime) -> Sequence[Conversation]:
        """The conversations in which somebody has written since then."""
        ...


class Corrections(Protocol):
    """Looks up what people have said of messages; each is kept with its message."""

    def latest(self) -> Sequence[Correction]:
        """The one of each message that counts, the oldest first."""
        ...


class OpenRecords(Protocol):
    """Looks the registers through."""

    def open_records(self) -> Sequence[OpenRecord]:
        """Every entry of every register that is not finished, the oldest first."""
        ...


class Promises(Protocol):
    """Looks promises up and keeps what becomes of them; each is made with its message."""

    def open(self, until: datetime | None = None) -> Sequence[Promise]:
        """All that are open, the most urgent first; only those due up to a moment where given."""
        ...

    def about(self, conversation_id: str, order_no: str | None) -> Sequence[Promise]:
        """Those open in this conversation or on this order, the most urgent first."""
        ...

    def parties(self, promise_ids: Iterable[str]) -> Mapping[str, Parties]:
        """To whom and by whom each of these was made."""
        ...

    def change(self, promise_id: str, change: PromiseChange) -> Promise:
        """Keep what became of a promise.

        Raises:
            UnknownPromise: none has this id.
            AlreadySo: it is in this state already.
        """
        ...


@dataclass(frozen=True, slots=True)
class WantedRecords:
    """Which records to look for; newest first."""

    registers: Sequence[str] | None = None
    states: Sequence[State] = ()
    order_no: str = ""
    order_begins: str = ""
    """How the number of the order begins."""
    approval: Approval | None = None
    since: date | None = None
    """The first day of entry."""
    until: date | None = None
    """The last one."""
    shop: str = ""
    """Of orders of this shop."""
    courier: str = ""
    """Of orders that this courier has carried, out, back or in exchange."""
    before: int = 0
    """Only those entered before this one, to go on where a list ended."""
    limit: int | None = None


type OfOrder = Callable[[str], Sequence[Record]]
"""All records about an order; nobody else enters or changes one meanwhile."""
type Changing = Callable[[Record, OfOrder], Sequence[Changed]]


class Registers(Protocol):
    """Keeps the shop's records and their history."""

    def enter(self, draft: Draft) -> Record:
        """Enter it; a second entry of the same thing fills in the first."""
        ...

    def one(self, record_id: int) -> Record:
        """Raises UnknownRecord."""
        ...

    def find(self, wanted: WantedRecords) -> Sequence[Record]: ...

    def couriers(self) -> Sequence[str]:
        """Those that have carried an order of any record."""
        ...

    def shops(self) -> Sequence[str]:
        """Those of whose orders there is a record."""
        ...

    def change(self, record_id: int, version: int, changing: Changing) -> Record:
        """Change a record, one change after the other, each with its line of history; all or none.

        Raises:
            UnknownRecord: there is none.
            Stale: it is no longer at this version.
            RecordRefused: the change refused itself.
        """
        ...

    def history(self, record_id: int) -> Sequence[Change]:
        """Its changes, oldest first."""
        ...


class Workbooks(Protocol):
    """Writes and reads spreadsheets of several sheets."""

    def write(self, sheets: Sequence[Sheet]) -> bytes: ...

    def read(self, workbook: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
        """Each sheet's title and rows, header included; read one after the other.

        Raises:
            BrokenTable: it cannot be read, or (while iterating) not to its end.
        """
        ...


class AccountsKept(Protocol):
    """Keeps accounts with the hashes of their passwords."""

    def find(self, name: str) -> tuple[Account, str] | None:
        """The account of this name, however it is capitalised, and its password's hash."""
        ...

    def all(self) -> Sequence[Account]: ...

    def add(self, account: Account, hashed: str, at: datetime) -> None:
        """Raises AccountRefused: somebody has this name already."""
        ...

    def save(self, account: Account, hashed: str | None = None) -> None:
        """Keep what has changed; the password's hash only where one is given."""
        ...


class Passwords(Protocol):
    """Hashes passwords, slowly on purpose."""

    def hash(self, password: str) -> str: ...

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is this password; without a hash it takes as long, and is wrong."""
        ...

    def outdated(self, hashed: str) -> bool:
        """Whether it would be hashed with other settings today."""
        ...


class Attempts(Protocol):
    """Counts the wrong passwords for a name and from a caller."""

    def wait(self, name: str, caller: str) -> int:
        """For how many minutes no further attempt is allowed; 0 when one is."""
        ...

    def failed(self, name: str, caller: str) -> None: ...

    def succeeded(self, name: str, caller: str) -> None: ...


class AuditLog(Protocol):
    """Keeps who changed what; nothing in it can be changed or taken out."""

    def note(
        self,
        by: Person,
        at: datetime,
        what: str,
        about: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None: ...

    def latest(self, limit: int, before: int | None = None, about: str = "") -> Sequence[Noted]:
        """The latest changes, newest first; before the one of this number, where one is given."""
        ...
