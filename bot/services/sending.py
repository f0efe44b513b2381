"""An agent's reply on its way out: nothing goes that has become untrue or that the guard stops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.access import OVERSEEING
from bot.core.basis import basis
from bot.core.conversation import Speaker
from bot.core.held import Held, HeldState
from bot.core.people import Person, Role
from bot.core.privacy import mask
from bot.core.suggestion_use import Distance, Finding, Use, action
from bot.services.desk import Desk
from bot.services.ports import AuditLog, Conversations
from bot.services.ports.desk import DeskState, HeldReplies
from bot.services.ports.quality import Telemetry

type Findings = Sequence[Mapping[str, Any]]

BLOCK = "block"


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
            said = [Finding(at, by.name, str(f["rule"]), str(f["severity"])) for f in findings]
            self.telemetry.found(said)
            if any(one["severity"] == BLOCK for one in findings):
                raise Stopped(findings)
        self._go(reply, by.name, at)

    def check(self, conversation_id: str, text: str, by: Person, at: datetime) -> Findings:
        """What the guard says of the text, if this person sends it."""
        sender = Role.SUPERVISOR if by.role in OVERSEEING else Role.AGENT
        return self.desk.check(conversation_id, text, at, sender)

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
        self._go(reply, held.author, at, released=True)

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

    def _go(self, reply: Outgoing, author: str, at: datetime, released: bool = False) -> None:
        use = self._use(reply, author, at)
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
            self.telemetry.used(replace(use, released=released))

    def _use(self, reply: Outgoing, author: str, at: datetime) -> Use | None:
        """What the reply makes of the suggestions; nothing where it answers no message."""
        conversation = self.conversations.load(reply.conversation_id)
        last = conversation.turns[-1] if conversation and conversation.turns else None
        if last is None or last.speaker is not Speaker.CUSTOMER:
            return None
        advice = self.conversations.advice(reply.conversation_id, last.id) or {}
        shown = advice.get("replies") or ()
        done, changed = action(reply.text, [one["text"] for one in shown], self.distance)
        return Use(
            reply.conversation_id,
            reply.message_id,
            at,
            author,
            shown[0]["script"] if shown else "",
            done,
            changed,
            corrected=bool(advice.get("chosen_by")),
        )
