"""Plays worked conversations through the real path and compares the last advice with what is
expected.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from bot.core.conversation import Speaker
from bot.core.scenario import CUSTOMER, TURN_EVERY, Scenario, ScenarioError
from bot.services.desk import Desk, Message

ENOUGH_OF_A_QUESTION = 0.35
"""The same question is put in other words; fewer common pairs than this is another question."""
EXPECTED = frozenset(
    {"decided_by", "decision", "amount", "register", "follow_up_on"}
    | {"must_say", "must_not_say", "must_ask", "findings", "why"}
)
_NEGATIONS = ("不", "没", "别", "无", "勿", "未")
_NEGATION_REACH = 6


@dataclass(frozen=True, slots=True)
class Played:
    line: dict[str, Any]
    """The last advice, or the findings on the agent's last words, with the scenario's id."""
    differences: tuple[str, ...]


def play(
    scenarios: Iterable[Scenario], desk_for: Callable[[Scenario], AbstractContextManager[Desk]]
) -> Iterator[Played]:
    """Play each scenario on a desk of its own.

    Raises:
        ScenarioError: a scenario holds no words.
    """
    for scenario in scenarios:
        if not scenario.turns:
            raise ScenarioError(f"{scenario.id} turns: write at least one")
        with desk_for(scenario) as desk:
            yield _played(scenario, desk)


def _played(scenario: Scenario, desk: Desk) -> Played:
    *before, (speaker, words) = scenario.turns
    advice: dict[str, Any] = {}
    for number, turn in enumerate(before):
        advice = _take(scenario, desk, number, *turn) or advice
    if speaker == CUSTOMER:
        advice = _take(scenario, desk, len(before), speaker, words) or advice
        return Played({"id": scenario.id} | advice, tuple(differences(scenario, advice)))
    at = scenario.today + len(before) * TURN_EVERY
    findings = desk.check(scenario.id, words, at)
    different = tuple(finding_differences(scenario, findings))
    return Played({"id": scenario.id, "findings": findings}, different)


def _take(
    scenario: Scenario, desk: Desk, number: int, speaker: str, words: str
) -> dict[str, Any] | None:
    """The advice on a customer's turn; an agent's turn is noted."""
    at = scenario.today + number * TURN_EVERY
    turn_id = f"{scenario.id}-{number}"
    if speaker == CUSTOMER:
        return desk.advise(Message(scenario.id, turn_id, words, at, nickname=scenario.id))
    desk.observe(scenario.id, turn_id, words, at, Speaker.AGENT)
    return None


def finding_differences(scenario: Scenario, findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Where the guard does not find what the scenario expects: rule and severity, in any order."""
    yield from _unknown(scenario)
    found = Counter((one["rule"], one["severity"]) for one in findings)
    wanted = Counter(
        (one["rule"], one["severity"]) for one in scenario.expect.get("findings") or ()
    )
    for rule, severity in (wanted - found).elements():
        yield f"{rule} ({severity}) is not found"
    for rule, severity in (found - wanted).elements():
        why = next(one["why"] for one in findings if one["rule"] == rule)
        yield f"{rule} ({severity}) is found and not expected: {why}"


def _unknown(scenario: Scenario) -> Iterator[str]:
    for name in sorted(scenario.expect.keys() - EXPECTED):
        yield f"expect.{name} is not known: write one of {', '.join(sorted(EXPECTED))}"


def differences(scenario: Scenario, advice: Mapping[str, Any]) -> Iterator[str]:
    """Where the advice is not what the scenario expects, a sentence each."""
    expect = scenario.expect
    yield from _unknown(scenario)
    found = {
        "decided_by": advice["decided_by"],
        "decision": advice["decision"],
        "amount": advice["amount"],
        "register": (advice["register"] or {}).get("name"),
        "follow_up_on": (advice["follow_up"] or {}).get("on"),
    }
    for name, value in found.items():
        if name in expect and expect[name] != value:
            yield f"{name} is {value}, expected {expect[name]}"
    reply = _squeezed(advice["replies"][0]["text"] if advice["replies"] else "")
    for words in expect.get("must_say") or ():
        if _squeezed(words) not in reply:
            yield f"the reply does not say 「{words}」: {reply}"
    for words in expect.get("must_not_say") or ():
        if _says(reply, _squeezed(words)):
            yield f"the reply says 「{words}」: {reply}"
    asked = reply + "".join(_squeezed(one["title"]) for one in advice["ask"])
    for question in expect.get("must_ask") or ():
        if not _asks(asked, _squeezed(question)):
            yield f"does not ask 「{question}」: {asked}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _says(reply: str, words: str) -> bool:
    """Whether the words stand in the reply, not counting those right behind a negation."""
    at = reply.find(words)
    while at >= 0:
        before = reply[max(0, at - _NEGATION_REACH) : at]
        if not any(negation in before for negation in _NEGATIONS):
            return True
        at = reply.find(words, at + 1)
    return False


def _asks(asked: str, question: str) -> bool:
    """Whether a good part of the question's pairs of characters stands in what is asked."""
    pairs = {question[i : i + 2] for i in range(len(question) - 1)}
    return sum(pair in asked for pair in pairs) >= ENOUGH_OF_A_QUESTION * len(pairs)
