"""What an outgoing text promises that the rules do not give, or not by this sender."""

from collections.abc import Iterator
from re import Match

from bot.core.facts import Facts
from bot.core.guard_context import Context, Finding, finding
from bot.core.guard_rules import Commitment, Rule, Severity
from bot.core.guard_text import Clause, Sum, Tone
from bot.core.money import plain
from bot.core.playbook import Decision, Role

UNPAID = frozenset({"applied", "approved", "waiting_return", "rejected"})


def promises(tone: Tone, context: Context) -> Iterator[Finding]:
    """Everything that binds the shop beyond the verdict."""
    yield from _same_day(tone, context)
    yield from _paid_already(tone, context)
    yield from _beyond_limit(tone, context)
    yield from _commitments(tone, context)
    yield from _guarantees(tone, context)


def _same_day(tone: Tone, context: Context) -> Iterator[Finding]:
    """Money that is to arrive today or at once."""
    words = context.rules
    if _in_balance(context.facts):
        return
    for match in tone.matches(words.group("money_arrives"), words.group("money_prepared")):
        clause = tone.clause_of(match.start())
        if context.means_a_call(tone, match) or _holds(context, "done", tone.said.words(clause)):
            continue
        # Whatever comes before it, money never arrives on the same day.
        innocent = (tone.negated, tone.supposed, tone.quoted, tone.wish_asked)
        if _today_in(tone, context, clause) and not any(check(match) for check in innocent):
            yield _block(tone, context, match, "same_day")


def _in_balance(facts: Facts) -> bool:
    """A refund that was made without a card is in the balance at once."""
    if not facts.day("refund_paid_on"):
        return False
    return facts.value("payment_method") == "alipay" or facts.value("quick_pay") is False


def _today_in(tone: Tone, context: Context, clause: Clause) -> bool:
    words = tone.said.words(clause)
    days = [d.day for d in tone.said.days if clause.start <= d.start < clause.end]
    spans = [s for s in tone.said.spans if clause.start <= s.start < clause.end]
    if context.today in days or any(span.high < 1 for span in spans):
        return True
    if _holds(context, "at_once", words):
        return True
    # A time of day without a day is today's.
    elsewhere = bool(days or spans) or _holds(context, "other_days", words)
    shape = tone.shape[clause.start : clause.end]
    return not elsewhere and _holds(context, "day_times", shape)


def _holds(context: Context, group: str, words: str) -> bool:
    return any(pattern.search(words) for pattern in context.rules.group(group))


def _paid_already(tone: Tone, context: Context) -> Iterator[Finding]:
    """「已经到账」 while the data says that nothing was paid."""
    facts = context.facts
    if facts.value("refund_status") not in UNPAID or facts.value("slip_approved") is True:
        return
    for match in tone.matches(context.rules.group("paid_already")):
        if not (tone.negated(match) or tone.conditional(match) or tone.asked(match)):
            yield _block(tone, context, match, "not_paid")


def _commitments(tone: Tone, context: Context) -> Iterator[Finding]:
    above = {tone.clause_of(match.start()) for match, _ in _sums_beyond(tone, context)}
    for commitment in context.rules.commitments:
        if not _applies(commitment, context) or context.grants(commitment):
            continue
        for match in tone.matches(commitment.patterns, commitment.unless):
            clause = tone.clause_of(match.start())
            if clause not in above and not _innocent(tone, context, commitment, match):
                yield _unsupported(tone, context, match, commitment)


def _applies(commitment: Commitment, context: Context) -> bool:
    decision = context.verdict.decision if context.verdict else None
    return not commitment.only or decision in commitment.only


def _innocent(tone: Tone, context: Context, commitment: Commitment, match: Match[str]) -> bool:
    if any(check(match) for check in (tone.negated, tone.conditional, tone.staged, tone.quoted)):
        return True
    if tone.caused(commitment.causes, match) or _paid_before(tone, context, commitment, match):
        return True
    if _refused(context):
        return tone.wish_asked(match)
    return tone.asked(match) or (_has_price(context) and _sum_at(tone, match) is not None)


def _paid_before(tone: Tone, context: Context, commitment: Commitment, match: Match[str]) -> bool:
    """Only what has been granted already is told again, with its very sum."""
    clause = tone.clause_of(match.start())
    named = {s.yuan for s in tone.said.sums if clause.start <= s.start < clause.end}
    return commitment.pays and bool(named) and named <= context.paid


def _refused(context: Context) -> bool:
    return context.verdict is not None and context.verdict.decision is Decision.REFUSE


def _has_price(context: Context) -> bool:
    """A rule fixes the sums of this case: the right one, offered early, is no fault, and a wrong
    one is found as a wrong amount.
    """
    return any(context.case in price.cases for price in context.rules.prices)


def _sum_at(tone: Tone, match: Match[str]) -> Sum | None:
    clause = tone.clause_of(match.start())
    return next((s for s in tone.said.sums if match.start() <= s.start < clause.end), None)


def _unsupported(
    tone: Tone, context: Context, match: Match[str], commitment: Commitment
) -> Finding:
    above = context.verdict is not None and context.verdict.decided_by is Role.SUPERVISOR
    if context.sender is Role.BOT or (above and context.sender is Role.AGENT):
        return _block(tone, context, match, "for_supervisor", Rule.AUTHORITY, commitment.title)
    return _block(tone, context, match, "not_decided", what=commitment.title)


def _sums_beyond(tone: Tone, context: Context) -> Iterator[tuple[Match[str], Sum]]:
    """Compensations above what the sender may give, where no rule computes or fixes one."""
    limit = context.number(context.rules.figures.get("limit", ""))
    computed = context.verdict is not None and context.verdict.amount is not None
    if limit is None or context.sender is Role.SUPERVISOR or computed or _has_price(context):
        return
    insured = {c for c in tone.clauses if context.rules.priced(tone.around(c))}
    for match in tone.matches(context.rules.group("compensates"), context.rules.group("they_pay")):
        given = _sum_at(tone, match)
        if given is None or given.yuan <= limit or given.yuan in context.prices:
            continue
        if tone.clause_of(match.start()) in insured:
            continue
        innocent = (tone.negated, tone.conditional, tone.quoted, tone.wish_asked)
        if not any(check(match) for check in innocent):
            yield match, given


def _beyond_limit(tone: Tone, context: Context) -> Iterator[Finding]:
    parameter = context.rules.figures.get("limit", "")
    for match, given in _sums_beyond(tone, context):
        values = {"limit": context.shown(parameter), "named": plain(given.yuan)}
        voice = context.rules.voice("beyond_limit")
        yield finding(
            tone.said, match.span(), Rule.AUTHORITY, Severity.BLOCK, voice, values, parameter
        )


def _guarantees(tone: Tone, context: Context) -> Iterator[Finding]:
    """「一定」, 「保证」, of what is not in the shop's hands or not decided."""
    words = context.rules
    for match in tone.matches(words.group("guarantees"), words.group("no_outcome")):
        if _dated_money(tone, context, match):
            continue  # a right period is no fault, a wrong one is found as a deadline
        innocent = (tone.negated, tone.conditional, tone.quoted, tone.asked)
        if not any(check(match) for check in innocent):
            yield _block(tone, context, match, "guarantee")


def _dated_money(tone: Tone, context: Context, match: Match[str]) -> bool:
    clause = tone.clause_of(match.start())
    starts = [one.start for one in tone.said.spans] + [one.start for one in tone.said.days]
    dated = any(clause.start <= start < clause.end for start in starts)
    return dated and _holds(context, "money_arrives", tone.shape[match.start() : clause.end])


def _block(
    tone: Tone,
    context: Context,
    match: Match[str],
    voice: str,
    rule: Rule = Rule.PROMISE,
    what: str = "",
) -> Finding:
    values = {"what": what, "suggested": context.suggested[0].text if context.suggested else ""}
    said = context.rules.voice(voice)
    return finding(tone.said, match.span(), rule, Severity.BLOCK, said, values)
