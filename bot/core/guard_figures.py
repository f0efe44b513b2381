"""Sums, periods and dates in an outgoing text that are not those of the rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from re import Match

from bot.core.days import Unit
from bot.core.facts import Origin
from bot.core.guard_context import Context, Finding, finding
from bot.core.guard_rules import Deadline, Price, Rule, Severity
from bot.core.guard_text import Clause, Span, Sum, Tone
from bot.core.money import plain
from bot.core.playbook import Decision


def wrong_deadlines(tone: Tone, context: Context) -> Iterator[Finding]:
    """Periods and dates other than the rule's."""
    taken: set[Clause] = set()
    for deadline in context.rules.deadlines:
        for clause in tone.clauses:
            if clause in taken or not _meant(deadline, tone, clause, context):
                continue
            taken.add(clause)
            yield from _in_clause(deadline, tone, clause, context)


def _meant(deadline: Deadline, tone: Tone, clause: Clause, context: Context) -> bool:
    """Whether the clause speaks of this event, by its words or by what is known."""
    first, *others = deadline.words
    here, around = tone.said.words(clause), tone.around(clause)
    if not first.search(here) or any(word.search(here) for word in deadline.unless):
        return False
    if deadline.cases and context.case in deadline.cases:
        return True
    if deadline.fact and context.facts.value(deadline.fact[0]) == deadline.fact[1]:
        return True
    named = bool(others) and all(word.search(around) for word in others)
    return named or not (others or deadline.cases or deadline.fact)


def _in_clause(
    deadline: Deadline, tone: Tone, clause: Clause, context: Context
) -> Iterator[Finding]:
    match = deadline.words[0].search(tone.shape, clause.start, clause.end)
    if match is None or _excused(deadline, tone, match, clause, context):
        return
    right = _bounds(deadline, context)
    if right:
        for span in tone.said.spans:
            here = clause.start <= span.start < clause.end
            if here and not (_inside(span, *right) or _suggested_span(span, context)):
                yield _late(deadline, tone, (span.start, span.end), context)
    for day in tone.said.days:
        if clause.start <= day.start < clause.end and not _right_day(deadline, day.day, context):
            yield _late(deadline, tone, (day.start, day.end), context)


def _excused(
    deadline: Deadline, tone: Tone, match: Match[str], clause: Clause, context: Context
) -> bool:
    if tone.quoted(match) or tone.wish_asked(match):
        return True
    if deadline.stated:
        return False
    words = tone.said.words(clause)
    done = any(pattern.search(words) for pattern in context.rules.group("done"))
    return done or tone.negated(match)


def _bounds(deadline: Deadline, context: Context) -> tuple[Decimal | None, Decimal] | None:
    """The rule's period in days; without a lower bound only the upper one is right."""
    high = _days(deadline.high, context) if deadline.high else None
    if high is None:
        return None
    return (_days(deadline.low, context) if deadline.low else None), high


def _days(parameter: str, context: Context) -> Decimal | None:
    number = context.number(parameter)
    if number is None:
        return None
    units = {Unit.HOUR: Decimal(1) / 24, Unit.MONTH: Decimal(30)}
    return number * units.get(context.figures[parameter].unit, Decimal(1))


def _inside(span: Span, low: Decimal | None, high: Decimal) -> bool:
    near = Decimal("0.01")
    if low is not None:
        return low - near <= span.low and span.high <= high + near
    return abs(span.high - high) < near


def _suggested_span(span: Span, context: Context) -> bool:
    return any(
        (one.low, one.high) == (span.low, span.high)
        for said in context.suggested
        for one in said.spans
    )


def _right_day(deadline: Deadline, day: date, context: Context) -> bool:
    if day <= context.today and not deadline.until:
        return True  # what lies behind is told, not promised
    verdict = context.verdict
    if verdict and verdict.follow_up_on == day:
        return True
    if any(one.day == day for said in context.suggested for one in said.days):
        return True
    if deadline.until:
        wanted = context.facts.day(deadline.until)
        return wanted is None or wanted < context.today or wanted == day
    if deadline.stated:
        return True
    right = _bounds(deadline, context)
    start = (context.facts.day(deadline.since) if deadline.since else None) or context.today
    if right is None:
        return True
    low, high = right
    first, last = start + timedelta(int(low or high)), start + timedelta(int(high))
    return first <= day <= last


def _late(deadline: Deadline, tone: Tone, place: tuple[int, int], context: Context) -> Finding:
    values = {"title": deadline.title, "named": tone.said.text[slice(*place)]}
    if deadline.high:
        values["high"] = context.shown(deadline.high)
    if deadline.low:
        values["low"] = context.shown(deadline.low)
    day = context.facts.day(deadline.until) if deadline.until else None
    if day:
        values["day"] = f"{day.month}月{day.day}日"
    return finding(
        tone.said, place, Rule.DEADLINE, Severity.BLOCK, deadline.voice, values, deadline.high
    )


def wrong_amounts(tone: Tone, context: Context) -> Iterator[Finding]:
    """Sums other than the computed one, or than the price that a rule fixes."""
    verdict = context.verdict
    right = verdict.amount if verdict else None
    if verdict and verdict.decision is Decision.REFUSE and right is None:
        return  # whatever is offered is promised against the rules, be it much or little
    named = [*_named_sums(tone, context)]
    sums = [given.yuan for _, given in named]
    told = right is not None and abs(right) in sums
    for match, given in named:
        price = _price_of(tone, match, context)
        if given.yuan in _suggested_sums(context):
            continue
        if told and price and _priced_right(price, given, context):
            continue  # 「一根2元，两根一共4元」
        if price and price.fact and _noted(price, context) in sums:
            continue  # 「您付了30元，备注的是12元」
        if price and not (price.cases and right is not None):
            if not _priced_right(price, given, context):
                yield _wrong_sum(tone, given, context, price)
        elif right is not None and given.yuan != abs(right) and given.yuan not in context.prices:
            yield _wrong_sum(tone, given, context, price)


def _named_sums(tone: Tone, context: Context) -> Iterator[tuple[Match[str], Sum]]:
    """Sums that are to be paid, in the order of the text; one that is refused does not count."""
    seen: set[int] = set()
    for match in tone.matches(context.rules.group("names_sum")):
        if tone.negated(match) or tone.quoted(match) or tone.wish_asked(match):
            continue
        for given in tone.said.sums:
            if match.start() <= given.start < match.end() and given.start not in seen:
                seen.add(given.start)
                yield match, given


def _price_of(tone: Tone, match: Match[str], context: Context) -> Price | None:
    words = tone.around(tone.clause_of(match.start()))
    computed = context.verdict is not None and context.verdict.amount is not None
    for price in context.rules.prices:
        if price.fact and (computed or _noted(price, context) is None):
            continue
        by_case = price.cases and context.case in price.cases
        by_words = price.words and all(word.search(words) for word in price.words)
        if by_case or (by_words and not price.cases):
            return price
    return None


def _suggested_sums(context: Context) -> frozenset[Decimal]:
    return frozenset(one.yuan for said in context.suggested for one in said.sums)


def _noted(price: Price, context: Context) -> Decimal | None:
    """What a note says; what the customer says is not yet right."""
    fact = context.facts.get(price.fact) if price.fact else None
    value = fact.value if fact and fact.origin is Origin.NOTE else None
    return value if isinstance(value, Decimal) else None


def _priced_right(price: Price, given: Sum, context: Context) -> bool:
    if price.fact:
        return given.yuan == _noted(price, context) or given.yuan in context.prices
    figures = [n for name in price.figures if (n := context.number(name)) is not None]
    if not figures:
        return True
    if price.ranged:
        return min(figures) <= given.yuan <= max(figures)
    return given.yuan in figures


def _wrong_sum(tone: Tone, given: Sum, context: Context, price: Price | None) -> Finding:
    right = context.verdict.amount if context.verdict else None
    noted = _noted(price, context) if price else None
    values = {"named": plain(given.yuan)}
    if price and noted is not None:
        values["amount"] = plain(noted)
        voice, parameter = price.voice, None
    elif right is not None:
        values["amount"] = plain(abs(right))
        voice, parameter = context.rules.voice("computed_amount"), None
    else:
        assert price
        for key, name in zip(("low", "high"), (price.figures[0], price.figures[-1]), strict=True):
            values[key] = context.shown(name)
        voice, parameter = price.voice, price.figures[0]
    place = given.start, given.end
    return finding(tone.said, place, Rule.AMOUNT, Severity.BLOCK, voice, values, parameter)
