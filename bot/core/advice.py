"""The advice for one message: what was understood, what the rules say, and what to reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.core.choices import Choice
from bot.core.conversation import as_json
from bot.core.money import exact
from bot.core.registers import Entry
from bot.core.scripts import Reply
from bot.core.understanding import Understanding
from bot.core.verdict import Verdict

RANKING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    fact: str
    title: str


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    on: date | None
    """``None`` while it waits for an event."""
    what: str


@dataclass(frozen=True, slots=True)
class Handover:
    to: str
    why: str
    packet: Mapping[str, Any]
    """What the next person needs: the want, the order, the facts known, what was said already."""


@dataclass(frozen=True, slots=True)
class Advice:
    conversation_id: str
    message_id: str
    as_of: date
    heard: Understanding
    case: str | None
    decided_by: str
    verdict: Verdict
    text: str
    """The verdict in a sentence for the agent."""
    replies: tuple[Reply, ...]
    ask: tuple[Asked, ...] = ()
    register: Entry | None = None
    follow_up: FollowUpDue | None = None
    warnings: tuple[str, ...] = ()
    handover: Handover | None = None
    order_no: str | None = None
    degraded: bool = field(default=False)
    choices: tuple[Choice, ...] = ()
    """The cases to choose from while it is not sure which one is meant."""
    chosen_by: str = ""
    """Who has said which case is meant."""


def with_promises(advice: Advice, promised: Sequence[str]) -> Advice:
    """The advice with what was promised earlier, for the agent and whoever takes over."""
    if not promised:
        return advice
    handover = advice.handover
    if handover:
        handover = replace(handover, packet={**handover.packet, "promises": list(promised)})
    return replace(advice, warnings=(*advice.warnings, *promised), handover=handover)


def to_json(advice: Advice) -> dict[str, Any]:
    """The advice in the form that interfaces promise."""
    verdict, heard = advice.verdict, advice.heard
    return {
        "conversation_id": advice.conversation_id,
        "message_id": advice.message_id,
        "as_of": advice.as_of.isoformat(),
        "intent": _intent(heard.intent.name, heard.intent.confidence) if heard.intent else None,
        "ranking": [_intent(i.name, i.confidence) for i in heard.ranking[:RANKING_SHOWN]],
        "entities": [
            {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end}
            for e in heard.entities
        ],
        "order_no": advice.order_no,
        "case": advice.case,
        "step": verdict.step.id,
        "decided_by": advice.decided_by,
        "decision": verdict.decision.value,
        "amount": None if verdict.amount is None else exact(verdict.amount),
        "verdict": _verdict(verdict, advice.text),
        "replies": [
            {"id": r.id, "text": r.text, "script": r.script, "variant": r.variant}
            for r in advice.replies
        ],
        "ask": [{"fact": a.fact, "title": a.title} for a in advice.ask],
        "register": _entry(advice.register),
        "follow_up": _follow_up(advice.follow_up),
        "warnings": list(advice.warnings),
        "handover": _handover(advice.handover),
        "degraded": advice.degraded,
        "choices": [_choice(choice) for choice in advice.choices],
        "chosen_by": advice.chosen_by or None,
    }


def _intent(name: str, confidence: float) -> dict[str, Any]:
    return {"name": name, "confidence": round(confidence, 4)}


def _choice(choice: Choice) -> dict[str, Any]:
    confidence = round(choice.confidence, 4)
    return {"case": choice.case, "title": choice.title, "confidence": confidence}


def _verdict(verdict: Verdict, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "reasons": [
            {
                "fact": reason.fact,
                "value": as_json(reason.known.value),
                "from": reason.known.origin.value,
                "as_of": reason.known.as_of.isoformat() if reason.known.as_of else None,
            }
            for reason in verdict.reasons
        ],
        "parameters": list(verdict.parameters),
        "sources": [{"doc": source.doc, "at": source.at} for source in verdict.sources],
        "flips_on": verdict.flip.on.isoformat() if verdict.flip else None,
        "becomes": verdict.flip.becomes.value if verdict.flip else None,
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {"name": entry.name, "fields": dict(entry.fields), "missing": list(entry.missing)}


def _follow_up(due: FollowUpDue | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {"on": due.on.isoformat() if due.on else None, "what": due.what}


def _handover(handover: Handover | None) -> dict[str, Any] | None:
    if handover is None:
        return None
    return {"to": handover.to, "why": handover.why, "packet": dict(handover.packet)}
