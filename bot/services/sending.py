"""An agent's reply on its way out: nothing goes that has become untrue or that the guard stops."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.access import OVERSEEING
from bot.core.basis import basis
from bot.core.conversation import Speaker
from bot.core.held import Held, HeldState
from bot.core.people import Person, Role
from bot.core.privacy import mask
from bot.core.suggestion_use import Action, Compared, Distance, Finding, Outcome, Use, compared
from bot.services.desk import Desk
from bot.services.ports import AuditLog, Conversations
from bot.services.ports.desk import DeskState, HeldReplies
from bot.services.ports.quality import Telemetry
from bot.services.showing import script_of

type Findings = Sequence[Mapping[str, Any]]

BLOCK = "block"
NOT_OPEN = "not_practised"
"""The rule that a case is open only to whoever has passed it in practice."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply that somebody wants to send."""

    conversation_id: str
    message_id: str
    text: str
    script: str | None = None
    """The suggestion's, where it is sent as it stands."""
    basis: str = ""
    """What the advice rested on that was before the sender's eyes; empty where there was none."""


class NotSent(Exception):
    """The reply stays with its sender."""


class FactsChanged(NotSent):
    """What the advice rested on is no longer so; the new advice is there to be read."""


class Stopped(NotSent):
    """The guard stops it: other words, or somebody who may let it go."""

    def __init__(self, findings: Findings) -> None:
        super().__init__("stopped by the guard")
        self.findings = findings


class NothingHeld(LookupError):
    """Somebody else has decided already."""


class NotYours(PermissionError):
    """Only a supervisor or lead lets a stopped reply go."""


@dataclass(frozen=True, slots=True)
class Sending:
    desk: Desk
    conversations: Conversations
    state: DeskState
    held: HeldReplies
    audit: AuditLog
    telemetry: Telemetry
    distance: Distance
    closed: Callable[[str], frozenset[str]]
    """The cases that practice has not opened for this person."""

    def send(self, reply: Outgoing, by: Person, at: datetime) -> None:
        """Send it; the same message a second time is sent once.

        Raises:
            FactsChanged: read the new advice first.
            Stopped: the guard stops it.
            MessageIdTaken, UnknownScript: as ``Desk.observe``.
        """
        if not self._is_sent(reply):
            self._still_true(reply, at)
            findings = self.check(reply.conversation_id, reply.text, by, at)
            blocked = [one for one in findings if one["severity"] == BLOCK]
            self._found(blocked or findings, reply, by.name, at)
            if blocked:
                raise Stopped(findings)
        self._go(reply, by.name, at)

    def check(self, conversation_id: str, text: str, by: Person, at: datetime) -> Findings:
        """What the guard says of the text, if this person sends it."""
        sender = Role.SUPERVISOR if by.role in OVERSEEING else Role.AGENT
        findings = self.desk.check(conversation_id, text, at, sender)
        if sender is Role.AGENT:
            findings += self._not_open(conversation_id, text, by)
        return findings

    def _not_open(self, conversation_id: str, text: str, by: Person) -> list[dict[str, Any]]:
        """What is to be practised before this case is served; a supervisor may let it go."""
        closed = self.closed(by.name)
        conversation = self.conversations.load(conversation_id) if closed else None
        if conversation is None or conversation.case not in closed:
            return []
        title = self.desk.wording(conversation_id)[0].playbooks[conversation.case].title
        why = f"「{title}」要先在练习里通过，您的回复请主管看过再发。"
        return [
            {"start": 0, "end": len(text), "rule": NOT_OPEN, "severity": BLOCK, "why": why}
            | {"better": "", "source": ""}
        ]

    def hold(self, reply: Outgoing, by: Person, at: datetime) -> Held:
        """Ask a supervisor to let a stopped reply go."""
        findings = tuple(self.check(reply.conversation_id, reply.text, by, at))
        held = self.held.hold(
            Held(
                reply.conversation_id,
                reply.message_id,
                reply.text,
                reply.script,
                findings,
                by.name,
                at,
            )
        )
        self.state.keep_draft(by.name, reply.conversation_id, "", at)
        self.desk.announce(reply.conversation_id)
        return held

    def release(self, conversation_id: str, by: Person, at: datetime, why: str = "") -> None:
        """Let the reply go that is held there, in its author's name.

        Raises:
            NotYours: not this person's to decide.
            NothingHeld: none waits any more.
        """
        held = self._decide(conversation_id, by, at, HeldState.SENT, why)
        reply = Outgoing(conversation_id, held.message_id, held.text, held.script)
        blocked = [one for one in held.findings if one["severity"] == BLOCK]
        self._found(blocked, reply, held.author, at, Outcome.OVERRULED)
        self._go(reply, held.author, at, held)

    def give_back(self, conversation_id: str, by: Person, at: datetime, why: str) -> None:
        """Give the held reply back to its author, who finds it as a draft.

        Raises:
            NotYours: not this person's to decide.
            NothingHeld: none waits any more.
        """
        held = self._decide(conversation_id, by, at, HeldState.RETURNED, why)
        if not self.state.draft(held.author, conversation_id):
            self.state.keep_draft(held.author, conversation_id, held.text, at)
        self.desk.announce(conversation_id)

    def _decide(
        self, conversation_id: str, by: Person, at: datetime, to: HeldState, why: str
    ) -> Held:
        if by.role not in OVERSEEING:
            raise NotYours
        held = self.held.waiting(conversation_id)
        if held is None:
            raise NothingHeld
        decided = replace(held, state=to, decided_by=by.name, decided_at=at, why=why)
        if not self.held.decide(decided):
            raise NothingHeld
        rules = "、".join(dict.fromkeys(str(one["rule"]) for one in held.findings))
        self.audit.note(
            by,
            at,
            "放行被拦的回复" if to is HeldState.SENT else "退回被拦的回复",
            conversation_id,
            {"客服": held.author, "回复": mask(held.text), "拦下的规则": rules},
            {"理由": why} if why else None,
        )
        return decided

    def _is_sent(self, reply: Outgoing) -> bool:
        conversation = self.conversations.load(reply.conversation_id)
        turns = conversation.turns if conversation else ()
        return any(turn.id == reply.message_id for turn in turns)

    def _still_true(self, reply: Outgoing, at: datetime) -> None:
        advice = self.desk.refresh(reply.conversation_id, at)
        if reply.basis and advice is not None and basis(advice) != reply.basis:
            raise FactsChanged

    def _go(self, reply: Outgoing, author: str, at: datetime, released: Held | None = None) -> None:
        use = self._use(reply, author, at, released)
        self.desk.observe(
            reply.conversation_id,
            reply.message_id,
            reply.text,
            at,
            Speaker.AGENT,
            reply.script,
            author,
        )
        self.state.keep_draft(author, reply.conversation_id, "", at)
        if use:
            self.telemetry.used(use)

    def _use(self, reply: Outgoing, author: str, at: datetime, released: Held | None) -> Use | None:
        """What the reply makes of the suggestions; nothing where it answers no message."""
        conversation = self.conversations.load(reply.conversation_id)
        turns = conversation.turns if conversation else ()
        if released:
            # What the customer wrote while it was held is not what it answers.
            turns = tuple(turn for turn in turns if turn.at <= released.at)
        if not turns or turns[-1].speaker is not Speaker.CUSTOMER:
            return None
        about = turns[-1].id
        advice = self.conversations.advice(reply.conversation_id, about) or {}
        suggested, script = advice.get("replies") or (), script_of(advice)
        shown_at = self.telemetry.shown_at(reply.conversation_id, about, author, script)
        found = compared(reply.text, [one["text"] for one in suggested], self.distance)
        if found.action is Action.IGNORED and not (shown_at or reply.basis):
            found = Compared(Action.NOTHING)
        sent = None if found.nearest is None else suggested[found.nearest]
        return Use(
            reply.conversation_id,
            reply.message_id,
            at,
            author,
            script,
            found.action,
            found.distance,
            corrected=bool(advice.get("chosen_by")),
            released=released is not None,
            about=about,
            shown_at=shown_at,
            rank=None if found.nearest is None else found.nearest + 1,
            variant=sent["variant"] if sent else None,
        )

    def _found(
        self,
        findings: Findings,
        reply: Outgoing,
        author: str,
        at: datetime,
        outcome: Outcome | None = None,
    ) -> None:
        self.telemetry.found(
            [
                Finding(
                    at,
                    author,
                    str(one["rule"]),
                    outcome or Outcome(one["severity"]),
                    reply.conversation_id,
                    reply.message_id,
                )
                for one in findings
            ]
        )
