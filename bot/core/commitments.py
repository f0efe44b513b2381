"""What a sent text promises: a payment, a call, an answer, a resend, a shipment, a deed by a time.

A clause counts when the shop says what it will do. Questions and offers that wait for a yes,
refusals, conditions, what others do, what is done already and rules told in general promise
nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from re import Match

from bot.core import commitment_words as words
from bot.core.promises import Commitment, Kind

_SENTENCE = re.compile(r"[^。!?;\n~]+[。!?;\n~]*")
_CLAUSE = re.compile(r"(?:[^,、:]|(?<=\d):(?=\d))+")
_BLANK = re.compile(r"(?<=[一-鿿])[^\S\n]+(?=[一-鿿])")
"""People part clauses by blanks where they leave out the comma."""
_QUOTED = re.compile('「[^」]*」|『[^』]*』|“[^”]*”|"[^"]*"')
"""What a button or somebody else says."""
_EDGES = " ,、。!?;~\n"

type ReadDeadline = Callable[[str, datetime], datetime | None]
type ReadAmount = Callable[[str], Decimal | None]


@dataclass(frozen=True, slots=True)
class CommitmentReader:
    """Reads commitments out of normalised texts."""

    deadline: ReadDeadline
    amount: ReadAmount
    is_vague: Callable[[str], bool]
    """Whether a text only says that it will be soon."""

    def read(self, text: str, at: datetime) -> tuple[Commitment, ...]:
        """What the shop promises with this text, sent at this moment."""
        found: list[Commitment] = []
        for sentence in _SENTENCE.findall(_BLANK.sub(",", _QUOTED.sub("", text))):
            for one in self._sentence(words.without_offers(sentence), at):
                _join(found, one)
        return tuple(found)

    def _sentence(self, sentence: str, at: datetime) -> Iterator[Commitment]:
        clauses = _CLAUSE.findall(sentence)
        for number, clause in enumerate(clauses):
            beside = _Beside(
                before=",".join([*clauses[:number], ""]),
                lead=_without_act(clauses[number - 1 : number]),
                tail=_completing(clauses[number + 1 : number + 2]),
            )
            for kind, act in words.acts(clause):
                one = self._commitment(kind, act, clause, beside, at)
                if one:
                    yield one

    def _commitment(
        self, kind: Kind, act: Match[str], clause: str, beside: "_Beside", at: datetime
    ) -> Commitment | None:
        if words.promises_nothing(beside.before, clause, act) or not words.is_ours(clause, act):
            return None
        head = clause[: act.start()]
        said = {head: clause, beside.lead: f"{beside.lead},{clause}"}
        if kind is not Kind.DEED:  # behind a deed stands the time of something else
            said |= {clause: clause, beside.tail: f"{clause},{beside.tail}"}
        when = next((words for words in said if self.deadline(words, at)), "")
        due = self.deadline(when, at)
        amount = self.amount(clause) if kind is Kind.PAYMENT else None
        ahead = due is not None and due.date() > at.date()
        firm = due is not None and not self.is_vague(when)
        to_you = words.is_told_to_you(clause, act)
        if words.is_done(clause, act, ahead) or (due is None and words.is_offered(clause, act)):
            return None
        if not _binds(kind, due is not None, firm, amount is not None, to_you):
            return None
        return Commitment(kind, said.get(when, clause).strip(_EDGES), due, amount)


def _binds(kind: Kind, timed: bool, firm: bool, summed: bool, to_you: bool) -> bool:
    """Whether enough is said: by when (``firm``: not only soon), how much, for whom."""
    match kind:
        case Kind.DEED:
            return firm and to_you
        case Kind.REPLY | Kind.SHIP:  # 「我会回复您」 without a time is courtesy
            return timed
        case Kind.PAYMENT:
            return timed or (summed and to_you)
        case _:
            return timed or to_you


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a clause in its sentence."""

    before: str
    lead: str
    """The clause just before, where it does nothing but say when."""
    tail: str
    """The clause just after, where it only completes this one."""


def _without_act(clauses: Sequence[str]) -> str:
    return "".join(clause for clause in clauses if not words.acts(clause))


def _completing(clauses: Sequence[str]) -> str:
    return "".join(c for c in clauses if not words.acts(c) and words.COMPLETES.search(c))


def _join(found: list[Commitment], one: Commitment) -> None:
    """Add it, or let it complete one of its kind: 「补您2元，两天内打给您」 is one promise."""
    for number, other in enumerate(found):
        if other.kind is one.kind and not _conflict(other, one):
            found[number] = replace(
                other,
                what=other.what if one.what in other.what else f"{other.what}，{one.what}",
                due=other.due or one.due,
                amount=other.amount or one.amount,
            )
            return
    found.append(one)


def _conflict(one: Commitment, other: Commitment) -> bool:
    due = one.due and other.due and one.due != other.due
    amount = one.amount and other.amount and one.amount != other.amount
    return bool(due or amount)
