"""Which case a message is about: the one that is open, or another one that it opens.

The classifier sees one message; the state of the order and the question that was just asked say
the rest. An answer to a question stays with its case, talk (yes, thanks, a number) opens none,
and an intent that the order's state makes unlikely must be much clearer than one that fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.facts import Facts
from bot.core.playbook import Playbook
from bot.core.policy import Policy
from bot.core.understanding import TALK, Intent, Understanding

FAREWELL = frozenset({"thanks", "goodbye", "affirm"})
"""What customers write once they have been told what they wanted to know."""
GOODBYE = "goodbye"
ASIDES = frozenset(
    {"out_of_scope", "presale_question", "payment_coupon", "usage_help", "complaint", "ask_human"}
)
"""What is often said in passing while another case is open."""
WISHES = frozenset({"return_request", "exchange_request"})
"""What customers want done without a word on why …"""
REASONS = frozenset(
    {"quality_issue", "damaged_item", "wrong_item", "not_as_described", "size_issue"}
    | {"fabric_dislike", "no_longer_wanted", "warranty_repeat_fault"}
)
"""… and the cases that are the why: the reason is served, and the wish within it."""
UNLIKELY = 0.35
"""What remains of an intent's confidence when the order's state speaks against it."""
LIKELY = 1.6
"""How much it grows when the order's state speaks for it."""
SIGN = 0.3
"""What telling words add, before the order's state is weighed in."""
CLEAR = 0.3
"""What opens a case by itself although the classifier was unsure …"""
OPEN = 0.15
"""… and what does when it is well ahead of the next one:"""
AHEAD = 1.25
"""this many times."""
LEAVE = 0.45
"""How sure the classifier must be before an open case is left for another one …"""
LEAVE_A_QUESTION = 0.6
"""… while a question is open that the message does not answer …"""
LEAVE_FOR_AN_ASIDE = 0.8
"""… and before it is left for something that is often said in passing."""
MAX_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Route:
    case: str | None
    """The intent's name; ``None`` when the message opens no case."""
    playbook: Playbook | None
    guessed: bool = False
    """The words said little; the case is only the likeliest."""
    answers: bool = False
    """The message answers what the case has asked, or states a fact that it depends on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the conversation stands when a message comes in."""

    case: str | None = None
    """The case that is open."""
    asked: bool = False
    """The last reply asked something."""
    settled: bool = False
    """The last reply told or granted something and asked nothing."""
    words: str = ""
    """The message, its entities marked."""
    finished: bool = False
    """The message says that there is nothing else."""
    relevant: bool = False
    """The message answers the question, or states a fact that the open case depends on."""
    guessed: bool = False
    """The open case was opened by words that said little: it is left more easily."""
    kept: tuple[str, ...] = ()
    """Wants named earlier that wait for the open case to be done."""
    left_open: str | None = None
    """An earlier case whose last question this message answers."""


def weigh(
    ranking: Sequence[Intent], words: str, policy: Policy, facts: Facts, today: date
) -> tuple[Intent, ...]:
    """The ranking in the light of the order's state and of telling words, best first."""
    confidence = {intent.name: intent.confidence for intent in ranking}
    weighed: dict[str, float] = {}
    for playbook in policy.playbooks.values():
        signed = any(sign.search(words) for sign in playbook.signs)
        for name in playbook.intents:
            if name in confidence or (signed and name == playbook.id):
                likelihood = _likelihood(playbook, policy, facts, today)
                told = SIGN * likelihood if signed and name == playbook.id else 0.0
                weighed[name] = confidence.get(name, 0.0) * likelihood + told
    ranked = (Intent(name, weight) for name, weight in weighed.items())
    return tuple(sorted(ranked, key=lambda intent: -intent.confidence))


def _likelihood(playbook: Playbook, policy: Policy, facts: Facts, today: date) -> float:
    """How the order's state bears on the case: a fact that is not known speaks neither way."""
    known = [c for c in playbook.concerns if c.fact in facts]
    if not known:
        return 1.0
    fits = all(c.holds(facts, policy.figures, today) for c in known)
    return LIKELY if fits else UNLIKELY


def route(
    heard: Understanding, standing: Standing, policy: Policy, facts: Facts, today: date
) -> Route:
    """The case of this message."""
    ranking = weigh(heard.ranking, standing.words, policy, facts, today)
    playbook = policy.for_intent(standing.case) if standing.case else None
    best = ranking[0] if ranking else None
    if standing.left_open and _goes_back(best, heard, standing):
        return replace(redirect(standing.left_open, policy, facts, today), answers=True)
    if best and standing.settled and not standing.relevant and best.name in FAREWELL:
        return redirect(next(iter(standing.kept), best.name), policy, facts, today)
    if best and standing.finished and best.name in TALK and not _awaits(standing):
        return redirect(next(iter(standing.kept), GOODBYE), policy, facts, today)
    if playbook and (best is None or _stays(playbook, heard, ranking, standing)):
        stayed = redirect(standing.case, policy, facts, today)
        return replace(stayed, answers=standing.relevant)
    if best and best.name in TALK:
        best = _told(ranking, standing.words, policy) or best
    if best and best.name in WISHES and redirect(best.name, policy, facts, today).case == best.name:
        reasons = [intent for intent in ranking if intent.name in REASONS]
        best = _told(reasons, standing.words, policy) or best
    if best is None or (heard.unsure and not _opens(best, ranking)):
        return Route(None, None)
    opened = redirect(best.name, policy, facts, today)
    heard_it = next((i.confidence for i in heard.ranking if i.name == best.name), 0.0)
    return replace(opened, guessed=heard_it < CLEAR and opened.case == best.name)


def route_as_named(
    heard: Understanding, standing: Standing, policy: Policy, facts: Facts, today: date
) -> Route:
    """The case of a message of which a person has said what it wants: nothing is weighed against
    that. Talk still opens no case.
    """
    named = heard.ranking[0]
    if named.name not in TALK:
        return redirect(named.name, policy, facts, today)
    if standing.left_open and _goes_back(named, heard, standing):
        return redirect(standing.left_open, policy, facts, today)
    if standing.settled and not standing.relevant and named.name in FAREWELL:
        return redirect(next(iter(standing.kept), named.name), policy, facts, today)
    return redirect(standing.case or named.name, policy, facts, today)


def _awaits(standing: Standing) -> bool:
    """The open case waits for something that the message may speak of."""
    return standing.case is not None and (standing.relevant or not standing.settled)


def _told(ranking: Sequence[Intent], words: str, policy: Policy) -> Intent | None:
    """The likeliest case that telling words speak for: an answer to nothing rather opens a case."""
    for intent in ranking:
        playbook = policy.playbooks.get(intent.name)
        if playbook and intent.confidence >= SIGN and any(s.search(words) for s in playbook.signs):
            return intent
    return None


def _stays(
    playbook: Playbook, heard: Understanding, ranking: Sequence[Intent], standing: Standing
) -> bool:
    best = ranking[0]
    heard_it = next((i.confidence for i in heard.ranking if i.name == best.name), 0.0)
    gives_way = playbook.yields or standing.guessed
    if gives_way and heard_it >= LEAVE and best.name not in TALK | ASIDES:
        return best.name in playbook.intents
    if standing.relevant or best.name in TALK or best.name in playbook.intents:
        return True
    if playbook.generic or (standing.guessed and best.name not in ASIDES):
        return not _certain_enough(ranking)
    likely = {intent.name for intent in ranking[:3]}
    if best.name in playbook.covers or (heard.unsure and likely & {*playbook.intents}):
        return True
    return heard_it < _needed(best, standing)


def _goes_back(best: Intent | None, heard: Understanding, standing: Standing) -> bool:
    """Whether the words open no case of their own and answer no question of the open one."""
    says_little = best is None or heard.unsure or best.name in TALK
    return says_little and not (standing.asked and standing.relevant)


def _needed(best: Intent, standing: Standing) -> float:
    """How sure one must be of the other intent."""
    if best.name in ASIDES:
        return LEAVE_FOR_AN_ASIDE
    return LEAVE_A_QUESTION if standing.asked else LEAVE


def _opens(best: Intent, ranking: Sequence[Intent]) -> bool:
    """Whether an unsure classifier's best guess is good enough to work on; talk must be clear."""
    if best.name in TALK:
        return best.confidence >= CLEAR
    return _certain_enough(ranking)


def _certain_enough(ranking: Sequence[Intent]) -> bool:
    """The order's state and telling words have settled what the classifier left open."""
    best, rest = ranking[0].confidence, ranking[1].confidence if len(ranking) > 1 else 0.0
    return best >= CLEAR or (best >= OPEN and best >= AHEAD * rest)


def redirect(case: str | None, policy: Policy, facts: Facts, today: date) -> Route:
    """Follow the playbooks' ``instead`` until the case fits the state of the order."""
    for _ in range(MAX_REDIRECTS):
        playbook = policy.for_intent(case) if case else None
        if playbook is None:
            return Route(None, None)
        other = next(
            (
                i.case
                for i in playbook.instead
                if all(c.holds(facts, policy.figures, today) for c in i.when)
            ),
            None,
        )
        if other is None or other == case:
            return Route(case, playbook)
        case = other
    return Route(case, policy.for_intent(case) if case else None)
