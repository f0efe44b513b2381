"""What the guard knows when a text goes out: the verdict, the figures, and what was said so far."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from re import Match

from bot.core.facts import Facts
from bot.core.guard_rules import Commitment, GuardRules, Rule, Severity, Voice
from bot.core.guard_text import Said, Tone
from bot.core.parameters import Figures, NotInForce
from bot.core.playbook import Decision, Role
from bot.core.verdict import Verdict

_CALLS = re.compile("[打拨回]")


@dataclass(frozen=True, slots=True)
class Finding:
    rule: Rule
    severity: Severity
    start: int
    end: int
    """Counted in the characters of the text as it was written."""
    why: str
    source: str
    """Document and place, or the parameter."""
    better: str = ""


@dataclass(frozen=True)
class Context:
    rules: GuardRules
    figures: Figures
    today: date
    facts: Facts
    verdict: Verdict | None = None
    case: str | None = None
    sender: Role = Role.AGENT
    shop: str = ""
    suggested: tuple[Said, ...] = ()
    """All that the rules would say now."""
    carried_out: tuple[Said, ...] = ()
    """The wordings of what colleagues have carried out in this conversation."""
    paid: frozenset[Decimal] = frozenset()
    """The amounts that those steps pay."""
    prices: frozenset[Decimal] = frozenset()
    """The sums that the order and its notes name."""
    notes: str = ""
    customer: tuple[str, ...] = ()
    """What the customer wrote, in one spelling; the latest last."""
    replies_today: tuple[str, ...] = ()
    """What was replied today."""

    @cached_property
    def granted_words(self) -> tuple[Tone, ...]:
        """What the rules grant in words, now or before."""
        return tuple(Tone(s, self.rules.innocence) for s in (*self.suggested, *self.carried_out))

    @cached_property
    def granted_kinds(self) -> frozenset[str]:
        return frozenset(
            one.id
            for one in self.rules.commitments
            for tone in self.granted_words
            if any(self._given(tone, one, m) for m in tone.matches(one.patterns, one.unless))
        )

    def _given(self, tone: Tone, commitment: Commitment, match: Match[str]) -> bool:
        """A rule that is only told gives nothing beyond its own condition."""
        if tone.negated(match):
            return False
        tells = self.verdict is not None and self.verdict.decision is Decision.INFORM
        return not tells or not (tone.conditional(match) or tone.caused(commitment.causes, match))

    def grants(self, commitment: Commitment) -> bool:
        """Whether the verdict, the notes or the wording of the step give what the text promises."""
        if commitment.id in self.granted_kinds:
            return True
        if any(pattern.search(self.notes) for pattern in commitment.notes):
            return True
        if self.case in commitment.free_choice:
            return True
        if any(self.facts.value(name) in values for name, values in commitment.facts.items()):
            return True
        step = self.verdict.step if self.verdict else None
        if step and step.record in commitment.records:
            return True
        return commitment.pays and self.verdict is not None and self.verdict.amount is not None

    def means_a_call(self, tone: Tone, match: Match[str]) -> bool:
        """「给您打过去」 of a call and not of money: by its own words, those of the text, else by
        what the customer wrote last.
        """
        if not _CALLS.search(match.group()) or self._names("money", match.group()):
            return False
        for words in (tone.shape, *self.customer[-1:]):
            if self._names("phone", words) or self._names("money", words):
                return self._names("phone", words)
        return True

    def _names(self, group: str, words: str) -> bool:
        return any(pattern.search(words) for pattern in self.rules.group(group))

    def number(self, parameter: str) -> Decimal | None:
        """The figure in force today; nothing where none is."""
        try:
            return self.figures.number(parameter, self.today)
        except (NotInForce, KeyError):
            return None

    def shown(self, parameter: str) -> str:
        return self.figures[parameter].shown_on(self.today)


def finding(
    said: Said,
    place: tuple[int, int],
    rule: Rule,
    severity: Severity,
    voice: Voice,
    values: Mapping[str, str] | None = None,
    parameter: str | None = None,
) -> Finding:
    """A finding at this place of the text, its sentences filled in."""
    filled = values or {}
    return Finding(
        rule,
        severity,
        *said.written_at(*place),
        why=_fill(voice.why, filled),
        source=_source(voice, parameter),
        better=_fill(voice.better, filled),
    )


def _fill(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return "" if "{" in text else text


def _source(voice: Voice, parameter: str | None) -> str:
    place = f"{voice.source.doc} {voice.source.at}" if voice.source else ""
    return f"{parameter} ({place})" if parameter and place else parameter or place
