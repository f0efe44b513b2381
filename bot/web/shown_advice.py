"""An advice as an agent reads it: the contract's names and codes put into the shop's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.conversation import from_json
from bot.core.facts import FactDef, Kind
from bot.core.intents import choosable, intent_title
from bot.core.parameters import NotInForce
from bot.core.playbook import Decision, Playbook, Step
from bot.core.policy import Policy
from bot.core.privacy import mask, mask_phone
from bot.services.composing import DECISIONS
from bot.services.reception import RECEPTION
from bot.services.situation import FIND_ORDER
from bot.web.code_words import APPROVALS, DECIDERS, ORIGINS, PEOPLE, UNITS
from bot.web.shown_choices import ShownChoice, as_percent, shown_choices

type Body = Mapping[str, Any]

RUNNERS_UP = 2
LEAST_SHOWN = 0.01
DONE = "done_"
CONTACTS = frozenset({"phone", "alipay"})


@dataclass(frozen=True, slots=True)
class Guess:
    title: str
    confidence: float

    @property
    def percent(self) -> str:
        return as_percent(self.confidence)

    def __str__(self) -> str:
        return f"{self.title} {self.percent}"


@dataclass(frozen=True, slots=True)
class ShownReason:
    title: str
    value: str
    origin: str
    day: str
    """Empty where the fact has no day of its own."""


@dataclass(frozen=True, slots=True)
class ShownReply:
    id: str
    text: str
    script: str
    """Playbook and step: what sending it carries out."""
    message_id: str
    """The same for each attempt to send it, so that pressing twice sends it once."""
    sent: bool


@dataclass(frozen=True, slots=True)
class ShownRegister:
    name: str
    keeper: str
    fields: Mapping[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    message_id: str
    """Of the message that it is on."""
    case: str
    step: str
    """The step's name."""
    title: str
    decision: str
    """The code of the decision: it chooses colour and picture."""
    word: str
    amount: str | None
    decider: str
    approval: str
    flip: str
    guesses: tuple[Guess, ...]
    """What was understood, best first."""
    choices: tuple[ShownChoice, ...]
    """What may be meant, while that is not sure."""
    chosen_by: str
    """Who has said what is meant; empty where nobody had to."""
    others: Mapping[str, Mapping[str, str]]
    """All that may be meant, by family."""
    reasons: tuple[ShownReason, ...]
    figures: tuple[str, ...]
    sources: tuple[str, ...]
    ask: tuple[str, ...]
    replies: tuple[ShownReply, ...]
    register: ShownRegister | None
    follow_up: str
    warnings: tuple[str, ...]
    handover: Mapping[str, str]
    """What the next person is told; empty where nothing is handed over."""


def show(body: Body, policy: Policy, sent: Iterable[str] = ()) -> ShownAdvice:
    """The advice in words.

    Args:
        sent: the ids of the messages in the conversation.
    """
    verdict = body["verdict"]
    step = find_step(body["case"], body["step"], policy)
    as_of = date.fromisoformat(body["as_of"])
    return ShownAdvice(
        message_id=body["message_id"],
        case=_case(body["case"], policy),
        step=body["step"],
        title=step.title if step else verdict["text"],
        decision=body["decision"],
        word=DECISIONS[Decision(body["decision"])],
        amount=body["amount"],
        decider=_decider(body),
        approval=APPROVALS.get(step.approval, "要审核") if step and step.approval else "",
        flip=_flip(verdict),
        guesses=tuple(_guesses(body["ranking"], policy)),
        # An advice that was kept before there were choices has none.
        choices=shown_choices(body.get("choices", ()), body["case"]),
        chosen_by=body.get("chosen_by") or "",
        others=choosable(policy),
        reasons=tuple(_reason(reason, body["case"], policy) for reason in verdict["reasons"]),
        figures=tuple(_figure(name, as_of, policy) for name in verdict["parameters"]),
        sources=tuple(_source(source, policy) for source in verdict["sources"]),
        ask=tuple(asked["title"] for asked in body["ask"]),
        replies=tuple(_replies(body, frozenset(sent))),
        register=_register(body["register"], policy),
        follow_up=_follow_up(body["follow_up"]),
        warnings=tuple(body["warnings"]),
        handover=_packet(body["handover"]),
    )


def find_step(case: str | None, step: str | None, policy: Policy) -> Step | None:
    """The step in the case's playbook, in the one that finds the order first, or of the bot's."""
    others = (policy.playbooks.get(name) for name in (FIND_ORDER, RECEPTION))
    for playbook in (_playbook(case, policy), *others):
        found = playbook.step(step) if playbook and step else None
        if found:
            return found
    return None


def day_of(iso: str | None) -> str:
    """``2025-09-08`` as ``9月8日``."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day.month}月{day.day}日"


def _word(words: Mapping[str, str], code: str) -> str:
    """What a code is called; a new one that has no word yet shows as itself."""
    return words.get(code, code)


def _playbook(case: str | None, policy: Policy) -> Playbook | None:
    return policy.for_intent(case) if case else None


def _case(case: str | None, policy: Policy) -> str:
    return intent_title(case, policy) if case else ""


def _decider(body: Body) -> str:
    who = body["decided_by"]
    if body["decision"] == Decision.HANDOVER:
        return f"由{_word(PEOPLE, who)}接手"
    return _word(DECIDERS, who)


def _guesses(ranking: Sequence[Body], policy: Policy) -> Iterable[Guess]:
    """The best and the next two, without those that nobody would bet on."""
    for place, guess in enumerate(ranking[: RUNNERS_UP + 1]):
        if place == 0 or guess["confidence"] >= LEAST_SHOWN:
            yield Guess(intent_title(guess["name"], policy), guess["confidence"])


def _flip(verdict: Body) -> str:
    if not verdict["flips_on"]:
        return ""
    word = DECISIONS[Decision(verdict["becomes"])]
    return f"{day_of(verdict['flips_on'])}起变为「{word}」"


def _reason(reason: Body, case: str | None, policy: Policy) -> ShownReason:
    name, raw = reason["fact"], reason["value"]
    origin, day = _word(ORIGINS, reason["from"]), day_of(reason["as_of"])
    definition = policy.facts.get(name)
    if definition:
        value = _masked(definition, raw)
        unit = " 元" if definition.kind is Kind.MONEY else ""
        return ShownReason(definition.title, f"{value}{unit}", origin, day)
    if name.startswith(DONE):
        step = find_step(case, name.removeprefix(DONE), policy)
        return ShownReason("已经做过", step.title if step else name, origin, day)
    return ShownReason(name, mask(str(raw)), origin, day)


def _masked(definition: FactDef, raw: Any) -> str:
    """The value in words; of a phone or an account only enough to recognise it."""
    try:
        told = definition.shown(from_json(definition.kind, raw))
    except (ValueError, TypeError):  # kept before the fact became one of another kind
        told = str(raw)
    masked = mask(told)
    return mask_phone(told) if definition.entity in CONTACTS and masked == told else masked


def _figure(name: str, day: date, policy: Policy) -> str:
    if name not in policy.figures:
        return name
    figure = policy.figures[name]
    try:
        return f"{figure.title}：{figure.shown_on(day)}{UNITS.get(figure.unit, '')}"
    except NotInForce:
        return f"{figure.title}：那一天还没有规定"


def _source(source: Body, policy: Policy) -> str:
    return f"《{policy.documents.get(source['doc'], source['doc'])}》，{source['at']}"


def _replies(body: Body, sent: frozenset[str]) -> Iterable[ShownReply]:
    for reply in body["replies"]:
        message_id = f"{body['message_id']}:{reply['id']}"
        yield ShownReply(
            reply["id"], reply["text"], reply["script"], message_id, message_id in sent
        )


def _register(entry: Body | None, policy: Policy) -> ShownRegister | None:
    if entry is None:
        return None
    known = policy.registers.get(entry["name"])
    keeper = _word(PEOPLE, known.owner) if known else ""
    return ShownRegister(entry["name"], keeper, entry["fields"], tuple(entry["missing"]))


def _follow_up(due: Body | None) -> str:
    if due is None:
        return ""
    return f"{day_of(due['on'])}：{due['what']}" if due["on"] else due["what"]


def _packet(handover: Body | None) -> Mapping[str, str]:
    known = handover["packet"].get("facts", {}) if handover else {}
    return {str(title): str(value) for title, value in known.items()}
