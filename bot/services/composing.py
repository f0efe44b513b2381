"""Puts an advice into words: replies, questions, the record to write, what to look out for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.core.advice import Advice, Asked, FollowUpDue, Handover
from bot.core.choices import Choice, choices
from bot.core.days import Unit
from bot.core.facts import Fact, Kind, Origin
from bot.core.money import plain
from bot.core.playbook import Decision, Role
from bot.core.policy import Policy
from bot.core.privacy import mask, mask_address
from bot.core.registers import Entry
from bot.core.scripts import Reply, fill, placeholders
from bot.core.verdict import Verdict
from bot.core.working_days import not_announced
from bot.language.contacts import contacts
from bot.services.order_card import card_of
from bot.services.record_values import record_values, told
from bot.services.situation import FIND_ORDER, Situation

REPLIES_SHOWN = 3
CONTACTS = frozenset({"recipient", "phone", "address"})
"""What of the order is read back masked."""
NUMBERS = frozenset({"order_no", "tracking_no", "return_no", "exchange_tracking_no"})
"""Shown whole: everybody works with them, and a long one must not be taken for an identity card."""
WORKED_OUT = frozenset({"amount", "follow_up_on", "last_day"})
"""What only the rules of a step say."""
DECISIONS = {
    Decision.COLLECT: "先问清",
    Decision.INFORM: "告知",
    Decision.ALLOW: "可以",
    Decision.REFUSE: "不可以",
    Decision.HANDOVER: "转交",
}


def compose(situation: Situation, policy: Policy) -> Advice:
    """The whole advice on the situation."""
    verdict = situation.verdict
    script = f"{verdict.playbook.id}.{verdict.step.id}"
    values = _Values(situation, policy)
    wanted = {p for text in policy.scripts.variants(script) for p in placeholders(text)}
    used = situation.conversation.times_done(situation.case, verdict.step.id)
    return Advice(
        conversation_id=situation.conversation.id,
        message_id=situation.turn.id,
        as_of=situation.turn.at.date(),
        heard=situation.heard,
        case=situation.case,
        order_no=situation.order.order_no if situation.order else None,
        decided_by=_decided_by(situation).value,
        verdict=verdict,
        text=_sentence(verdict, policy),
        replies=policy.scripts.replies(script, values.known(wanted), used)[:REPLIES_SHOWN],
        ask=tuple(_asked(situation, policy)),
        register=_entry(situation, policy),
        follow_up=_follow_up(verdict),
        warnings=tuple(_warnings(situation, policy)),
        handover=_handover(situation, policy),
        degraded=situation.heard.degraded,
        choices=_choices(situation, policy),
    )


def _choices(situation: Situation, policy: Policy) -> tuple[Choice, ...]:
    """What to choose from, unless it is sure, or the message only answers what was asked."""
    if not situation.heard.unsure or situation.answers:
        return ()
    return choices(situation.heard.ranking, situation.conversation.case, policy)


def _decided_by(situation: Situation) -> Role:
    """Finding the order belongs to whoever may answer the case itself."""
    if situation.verdict.playbook.id == FIND_ORDER and not situation.playbook.bot:
        return Role.AGENT
    return situation.verdict.decided_by


def _sentence(verdict: Verdict, policy: Policy) -> str:
    amount = "" if verdict.amount is None else f"({plain(verdict.amount)}元)"
    text = f"{DECISIONS[verdict.decision]}：{verdict.step.title}{amount}"
    if verdict.step.approval:
        approver = policy.approvers.get(verdict.step.approval)
        text += f"，需{approver}审核" if approver else "，需审核"
    if verdict.flip:
        day = verdict.flip.on
        text += f"。{day.month}月{day.day}日起变为「{DECISIONS[verdict.flip.becomes]}」"
    return text


def worded(situation: Situation, policy: Policy) -> tuple[Reply, ...]:
    """The step in every wording of which all values are known."""
    verdict = situation.verdict
    script = f"{verdict.playbook.id}.{verdict.step.id}"
    wanted = {p for text in policy.scripts.variants(script) for p in placeholders(text)}
    return policy.scripts.replies(script, _Values(situation, policy).known(wanted))


def said_elsewhere(script: str, situation: Situation | None, policy: Policy) -> str:
    """Another step's wording, filled with what is known of the customer; empty where some of it is
    not. What the rules have worked out belongs to their own step alone.
    """
    for text in policy.scripts.variants(script):
        wanted = placeholders(text)
        of_its_own = situation and script == _script_of(situation)
        if situation is None or (wanted & WORKED_OUT and not of_its_own):
            values: dict[str, str] = {}
        else:
            values = _Values(situation, policy).known(wanted)
        if wanted <= values.keys():
            return fill(text, values)
    return ""


def _script_of(situation: Situation) -> str:
    return f"{situation.verdict.playbook.id}.{situation.verdict.step.id}"


class _Values:
    """What placeholders stand for in this situation; only what is known."""

    def __init__(self, situation: Situation, policy: Policy) -> None:
        self._situation = situation
        self._policy = policy
        self._today = situation.turn.at.date()

    def known(self, names: Iterable[str]) -> dict[str, str]:
        found = ((name, self._value(name)) for name in names)
        return {name: value for name, value in found if value is not None}

    def _value(self, name: str) -> str | None:
        situation, verdict = self._situation, self._situation.verdict
        match name:
            case "amount":
                return None if verdict.amount is None else plain(verdict.amount)
            case "follow_up_on":
                return _day(verdict.follow_up_on)
            case "last_day":
                return _day(verdict.step.last_day(situation.facts, self._policy.figures))
            case "order_titles":
                return order_titles(situation)
            case _ if name in CONTACTS and situation.order:
                return card_of(situation.order, self._policy.facts).values().get(name)
            case _ if name in self._policy.figures:
                figures = self._policy.figures
                in_force = figures.in_force((name,), self._today)
                return figures[name].shown_on(self._today) if in_force else None
            case _:
                return self._fact(name)

    def _fact(self, name: str) -> str | None:
        fact = self._situation.facts.get(name)
        return shown(name, fact, self._policy) if fact else None


def _day(day: date | None) -> str | None:
    return f"{day.month}月{day.day}日" if day else None


def shown(name: str, fact: Fact, policy: Policy) -> str:
    """A fact's value as people read it; contacts masked."""
    text = told(name, fact, policy)
    definition = policy.facts.get(name)
    whole = definition is None or definition.kind is Kind.MONEY or name in NUMBERS
    return text if whole else _without_contacts(text)


def _without_contacts(text: str) -> str:
    """Phones and accounts masked, of an address the town only: enough to see if it is right."""
    for found in contacts(text):
        if found.entity == "address":
            text = text.replace(found.value, mask_address(found.value))
    return mask(text)


def order_titles(situation: Situation) -> str:
    """「订单…0055(直筒牛仔裤 L)、订单…0056(休闲长裤 L)」, for "which one?"."""
    return "、".join(
        f"尾号{order.order_no[-4:]}的{'和'.join(line.title for line in order.lines)}"
        for order in situation.orders
    )


def _asked(situation: Situation, policy: Policy) -> Iterable[Asked]:
    for name in situation.verdict.step.ask:
        definition = policy.facts.get(name)
        if definition and name not in situation.facts:
            yield Asked(name, definition.title)


def _entry(situation: Situation, policy: Policy) -> Entry | None:
    """What would be written down with this reply; contacts masked, the record holds them whole."""
    step = situation.verdict.step
    if step.record is None:
        return None
    amount = situation.verdict.amount
    known = record_values(situation.facts, situation.order, amount, policy)
    register = policy.registers[step.record]
    entry = register.entry(known, step.fields)
    return replace(entry, fields=register.masked(entry.fields))


def _follow_up(verdict: Verdict) -> FollowUpDue | None:
    plan = verdict.step.follow_up
    return FollowUpDue(verdict.follow_up_on, plan.what) if plan else None


def _warnings(situation: Situation, policy: Policy) -> Iterable[str]:
    if situation.heard.degraded:
        yield "理解服务暂时不在，按关键词判断，请核对"
    elif situation.heard.unsure:
        yield "这句话拿不准，请核对客户的意思"
    yield from _kept(situation, policy)
    yield from _calendar_gap(situation, policy)
    for difference in situation.differences:
        definition = policy.facts.get(difference.name)
        title = definition.title if definition else difference.name
        said = shown(difference.name, difference.overruled, policy)
        kept = shown(difference.name, difference.kept, policy)
        who = "客服说" if difference.overruled.origin is Origin.AGENT else "客户说"
        yield f"{title}：{who}「{said}」，订单显示「{kept}」，以订单为准"


def _kept(situation: Situation, policy: Policy) -> Iterable[str]:
    """The wants that wait until this case is done."""
    for want in dict.fromkeys((*situation.conversation.kept, *situation.kept)):
        playbook = policy.for_intent(want)
        if playbook and want != situation.case:
            yield f"客户还提到「{playbook.title}」，这件办完接着办"


def _calendar_gap(situation: Situation, policy: Policy) -> Iterable[str]:
    """Where working days are counted into a year whose holidays nobody knows yet."""
    verdict, today = situation.verdict, situation.turn.at.date()
    used = (policy.figures[name].unit for name in verdict.parameters)
    turns_on = verdict.flip.on if verdict.flip else today
    last = max(today, turns_on, verdict.follow_up_on or today)
    year = policy.figures.working_days.unannounced(today, last)
    if year and Unit.WORKING_DAY in used:
        yield not_announced(year)


def _handover(situation: Situation, policy: Policy) -> Handover | None:
    verdict = situation.verdict
    if verdict.decision is not Decision.HANDOVER:
        return None
    packet: dict[str, Any] = {
        "case": situation.case,
        "order_no": situation.order.order_no if situation.order else None,
        "facts": {
            policy.facts[name].title: shown(name, fact, policy)
            for name in situation.facts
            if name in policy.facts
            and (fact := situation.facts.get(name))
            and fact.origin is not Origin.IMPLIED
        },
        "said": [mask(turn.text) for turn in situation.conversation.customer_turns()]
        + [mask(situation.turn.text)],
    }
    return Handover(_decided_by(situation).value, verdict.step.title, packet)
