"""The guard: what is wrong with a text before it goes out to the customer."""

from collections.abc import Iterable, Sequence

from bot.core.guard_context import Context, Finding
from bot.core.guard_figures import wrong_amounts, wrong_deadlines
from bot.core.guard_manners import calls, closing, manners
from bot.core.guard_privacy import contacts
from bot.core.guard_promises import promises
from bot.core.guard_rules import Rule, Severity
from bot.core.guard_text import Said, Tone


def check(said: Said, context: Context) -> tuple[Finding, ...]:
    """The findings on this text, one a rule; empty: it may be sent."""
    tone = Tone(said, context.rules.innocence)
    if not tone.clauses:
        return ()
    found = [
        *promises(tone, context),
        *wrong_amounts(tone, context),
        *wrong_deadlines(tone, context),
        *manners(tone, context),
        *calls(tone, context),
        *contacts(tone, context),
    ]
    # What has to be written anew is not yet the last word of the case.
    return _one_a_rule(_told_once(tone, found) or closing(tone, context))


def _told_once(tone: Tone, found: Sequence[Finding]) -> list[Finding]:
    """Without the wrong days of what must not be promised at all."""
    places = [tone.said.written_at(clause.start, clause.end) for clause in tone.clauses]
    promises = [one.start for one in found if one.rule is Rule.PROMISE]
    promised = [p for p in places if any(p[0] <= start < p[1] for start in promises)]
    return [
        one
        for one in found
        if one.rule is not Rule.DEADLINE or not any(p[0] <= one.start < p[1] for p in promised)
    ]


def _one_a_rule(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each rule once, at its worst place: whoever mends that sees what is left."""
    kept: dict[Rule, Finding] = {}
    for one in sorted(found, key=lambda f: (f.severity is not Severity.BLOCK, f.start)):
        kept.setdefault(one.rule, one)
    return tuple(sorted(kept.values(), key=lambda f: f.start))
