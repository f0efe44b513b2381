"""How an outgoing text speaks to the customer: respect, plain words, calls, and its last words."""

import re
from collections.abc import Callable, Iterator
from datetime import time
from decimal import Decimal
from re import Match

from bot.core.guard_context import Context, Finding, finding
from bot.core.guard_rules import Manner, Pardon, Rule, Severity
from bot.core.guard_text import Clause, Clock, Tone
from bot.core.playbook import Decision

_NUMBERS = "零一二三四五六七八九十"
_LATIN = re.compile(r"[A-Za-z0-9:/._-]+")
_PART_OF_DAY = re.compile("[早晨凌夜午晚:]")
_FIRST_OF_MORNING = 8
_STOPS = re.compile(r"[,。!?;~\n、: ]+")


def manners(tone: Tone, context: Context) -> Iterator[Finding]:
    """Words that the shop does not use to its customers."""
    for manner in context.rules.manners:
        if manner.cases and context.case not in manner.cases:
            continue
        decision = context.verdict.decision if context.verdict else None
        if manner.only and decision not in manner.only:
            continue
        for match in tone.sentence_matches(manner.patterns, manner.unless):
            if not _pardoned(tone, manner, match) and not _theirs(context, manner, match):
                yield _ill(tone, manner, match, context)
    yield from _forbidden(tone, context)
    yield from _long(tone, context)


def _pardoned(tone: Tone, manner: Manner, match: Match[str]) -> bool:
    pardons: dict[Pardon, Callable[[Match[str]], bool]] = {
        Pardon.NEGATED: tone.negated,
        Pardon.CONDITIONAL: tone.conditional,
        Pardon.ASKED: tone.asked,
        Pardon.QUOTED: tone.quoted,
    }
    return any(pardons[pardon](match) for pardon in manner.pardons)


def _theirs(context: Context, manner: Manner, match: Match[str]) -> bool:
    """A word of the trade that the customer used first is plain to this customer."""
    if manner.rule is not Rule.PLAIN_WORDS:
        return False
    return any(match.group().lower() in words.lower() for words in context.customer)


def _ill(tone: Tone, manner: Manner, match: Match[str], context: Context) -> Finding:
    values = {
        "words": match.group(),
        "suggested": context.suggested[0].text if context.suggested else "",
    }
    return finding(tone.said, match.span(), manner.rule, manner.severity, manner.voice, values)


def _forbidden(tone: Tone, context: Context) -> Iterator[Finding]:
    words = (*context.rules.forbidden, *context.rules.forbidden_by_shop.get(context.shop, ()))
    for one in words:
        at = tone.said.text.find(one.word)
        if at >= 0:
            yield finding(
                tone.said,
                (at, at + len(one.word)),
                Rule.FORBIDDEN_WORD,
                Severity.BLOCK,
                one.voice,
                {"words": one.word},
            )


def _long(tone: Tone, context: Context) -> Iterator[Finding]:
    """Sentences, or stretches without a stop, that nobody reads to their end."""
    rules = context.rules
    if not rules.longest_sentence:
        return
    voice = rules.voice("long_sentence")
    sentences = dict.fromkeys(clause.sentence for clause in tone.clauses)
    for start, end in sentences:
        words = _LATIN.sub("x", tone.said.text[start:end])
        stretch = max(map(len, _STOPS.split(words)))
        if len(words) > rules.longest_sentence or stretch > rules.longest_stretch:
            yield finding(tone.said, (start, end), Rule.PLAIN_WORDS, Severity.WARN, voice)


def calls(tone: Tone, context: Context) -> Iterator[Finding]:
    """Phone calls outside the hours, or more of them in a day than is allowed."""
    figures = context.rules.figures
    if not figures:
        return
    opens, closes = (_clock(figures[name], context) for name in ("call_from", "call_until"))
    values = {
        "from": context.shown(figures["call_from"]),
        "until": context.shown(figures["call_until"]),
    }
    for match in _called(tone, context):
        if tone.negated(match) or tone.quoted(match):
            continue
        clause = tone.clause_of(match.start())
        if _outside(tone, clause, context, opens, closes):
            voice = context.rules.voice("call_hours")
            yield finding(
                tone.said, match.span(), Rule.CONTACT_LIMITS, Severity.BLOCK, voice, values,
                figures["call_from"],
            )  # fmt: skip
        elif _too_many(tone, match, context):
            most = {"most": context.shown(figures["calls_a_day"])}
            voice = context.rules.voice("call_times")
            yield finding(
                tone.said, match.span(), Rule.CONTACT_LIMITS, Severity.BLOCK, voice, most,
                figures["calls_a_day"],
            )  # fmt: skip


def _called(tone: Tone, context: Context) -> Iterator[Match[str]]:
    rules = context.rules
    yield from tone.matches(rules.group("calls"), rules.group("no_call"))
    for match in tone.matches(rules.group("calls_back"), rules.group("no_call")):
        if context.means_a_call(tone, match):
            yield match


def _clock(parameter: str, context: Context) -> time:
    return time.fromisoformat(str(context.figures[parameter].on(context.today)))


def _outside(tone: Tone, clause: Clause, context: Context, opens: time, closes: time) -> bool:
    begin = max(clause.sentence[0], clause.start)
    named = [c for c in tone.said.clocks if begin <= c.start < clause.end]
    if named:
        return any(not opens <= _meant(tone, clock) <= closes for clock in named)
    words = tone.said.words(clause)
    return any(pattern.search(words) for pattern in context.rules.group("late_hours"))


def _meant(tone: Tone, clock: Clock) -> time:
    """「两点半」 without more is in the afternoon."""
    hour, minute = map(int, clock.written.split(":"))
    bare = not _PART_OF_DAY.search(tone.said.text[max(0, clock.start - 2) : clock.end])
    return time((hour + 12 * (bare and 0 < hour < _FIRST_OF_MORNING)) % 24, minute)


def _too_many(tone: Tone, match: Match[str], context: Context) -> bool:
    most = context.number(context.rules.figures["calls_a_day"])
    if most is None:
        return False
    words = tone.said.words(tone.clause_of(match.start()))
    said = _counted(words, context)
    before = sum(_counted(reply, context) for reply in context.replies_today)
    return said > most or (before >= most and said + before > most)


def _counted(words: str, context: Context) -> Decimal:
    """How many calls these words speak of; 「每小时」 is more than any number."""
    if any(pattern.search(words) for pattern in context.rules.group("endless_calls")):
        return Decimal(999)
    for pattern in context.rules.group("call_count"):
        found = pattern.search(words)
        if found:
            return _many(found["many"])
    return Decimal(any(pattern.search(words) for pattern in context.rules.group("calls")))


def _many(written: str) -> Decimal:
    return (
        Decimal(written)
        if written.isdecimal()
        else Decimal(_NUMBERS.find(written.replace("两", "二")))
    )


def closing(tone: Tone, context: Context) -> Iterator[Finding]:
    """A settled case ends with thanks or with an invitation to write again."""
    rules = context.rules
    if not rules.group("farewell") or not _settles(tone, context):
        return
    if any(pattern.search(tone.said.text) for pattern in rules.group("farewell")):
        return
    if any(pattern.search(tone.said.text) for pattern in rules.group("goes_on")):
        return
    place = tone.clauses[-1].start, tone.clauses[-1].end
    yield finding(tone.said, place, Rule.CLOSING, Severity.WARN, rules.voice("closing"))


def _settles(tone: Tone, context: Context) -> bool:
    """The rules say that the case ends here, or the customer or the agent does."""
    if tone.said.text.rstrip("~。! ").endswith(("?", "吗", "呢")):
        return False
    verdict = context.verdict
    if verdict and verdict.step.closes:
        return True
    if verdict and verdict.decision is Decision.INFORM and _answers(tone, context):
        return True
    if any(pattern.search(tone.said.text) for pattern in context.rules.group("finished")):
        return True
    latest = context.customer[-1] if context.customer else ""
    return any(pattern.search(latest) for pattern in context.rules.group("customer_done"))


def _answers(tone: Tone, context: Context) -> bool:
    """The text is the answer by which a case of this kind is settled."""
    rules, case, text = context.rules, context.case or "", tone.said.text
    return any(one.fullmatch(case) for one in rules.group("closing_cases")) and any(
        one.search(text) for one in rules.group("closing_answers")
    )
