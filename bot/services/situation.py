"""What is the case now: which orders, which case, which facts, and what the rules say of them."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.core.choosing import choose_line, choose_order, likeness
from bot.core.conversation import Conversation, Turn, done, sayings
from bot.core.facts import Difference, Fact, Facts, Origin, merge
from bot.core.following import following
from bot.core.order_facts import facts_of
from bot.core.orders import Order
from bot.core.part_refund import part_refund_facts
from bot.core.playbook import Playbook
from bot.core.policy import Policy
from bot.core.routing import Route, Standing, route, route_as_named
from bot.core.understanding import Understanding
from bot.core.verdict import Verdict, decide
from bot.services.finding import Found
from bot.services.listening import Listened
from bot.services.noted import noted
from bot.services.words import Words, plain

FIND_ORDER = "find_order"
UNCLEAR = "unclear"
REMEDIES = frozenset(
    {"partial_compensation", "refund_amount", "return_freight", "pay_out", "refund_not_received"}
    | {"exchange_request", "return_request", "complaint", "ask_human"}
)
"""What customers want within another case: no want of its own where that case covers it."""
WHICH_ORDER = "which_order"
NOTHING_ELSE = "nothing_else"


@dataclass(frozen=True, slots=True)
class Situation:
    conversation: Conversation
    turn: Turn
    heard: Understanding
    case: str | None
    playbook: Playbook
    """The case's own; another one may decide while the order is not found."""
    orders: tuple[Order, ...]
    """The orders that may be meant; exactly one when it is known."""
    facts: Facts
    differences: tuple[Difference, ...]
    verdict: Verdict
    guessed: bool = False
    """The message said little; the case is only the likeliest."""
    kept: tuple[str, ...] = ()
    """Wants named in this message that are not served with this case."""
    answers: bool = False
    """The message answers what its case has asked, or states a fact that the case depends on."""

    @property
    def order(self) -> Order | None:
        return self.orders[0] if len(self.orders) == 1 else None


def assess(
    conversation: Conversation,
    turn: Turn,
    listened: Listened,
    found: Found,
    policy: Policy,
    words: Words,
) -> Situation:
    """Put together what is known and apply the playbook of the case."""
    assessor = _Assessor(conversation, turn, found, policy, words)
    chosen, playbook = assessor.route(listened)
    orders = assessor.choose(playbook)
    turn = assessor.remember_choice(turn, orders)
    situation = assessor.decide(chosen.case, playbook, orders, turn, listened.heard)
    kept = assessor.beside(chosen.case, playbook, listened.wants)
    return replace(situation, kept=kept, guessed=chosen.guessed, answers=chosen.answers)


def known_after(
    conversation: Conversation, turn: Turn, order: Order | None, policy: Policy, words: Words
) -> Facts:
    """What is known of the turn's case and this order once the turn has been written."""
    case = turn.reading.case
    playbook = (policy.for_intent(case) if case else None) or policy.playbooks[UNCLEAR]
    found = Found((order,) if order else ())
    assessor = _Assessor(conversation, turn, found, policy, words)
    facts, _ = assessor.facts(case, playbook, order, turn)
    return facts


def assess_again(
    conversation: Conversation, turn: Turn, found: Found, policy: Policy, words: Words
) -> Situation:
    """The same for a message that was understood before: what the rules say of it by now."""
    assessor = _Assessor(conversation, turn, found, policy, words)
    case = turn.reading.case
    playbook = (policy.for_intent(case) if case else None) or policy.playbooks[UNCLEAR]
    return assessor.decide(
        case, playbook, assessor.choose(playbook), turn, Understanding(turn.text)
    )


class _Assessor:
    """The steps of one assessment; made anew for each message."""

    def __init__(
        self,
        conversation: Conversation,
        turn: Turn,
        found: Found,
        policy: Policy,
        words: Words,
    ) -> None:
        self._conversation = conversation
        self._turn = turn
        self._found = found
        self._policy = policy
        self._words = words
        self._today = turn.at.date()
        self._read: dict[str, tuple[tuple[str, Fact], ...]] = {}

    def route(self, listened: Listened) -> tuple[Route, Playbook]:
        """The case and its playbook: the unclear one where the message opens none."""
        current = self._conversation.case
        turns = (*self._conversation.turns, self._turn)
        said = sayings(turns, {None, current}, self._policy.facts)
        facts, _ = merge((*said, *self._data(self._likely_order())))
        standing = Standing(
            case=current,
            asked=bool(self._conversation.pending),
            settled=self._conversation.settled,
            finished=NOTHING_ELSE in self._turn.reading.said,
            words=self._words.marked(self._turn.text, listened.heard.entities).text,
            relevant=self._is_relevant(current),
            guessed=self._conversation.guessed,
            kept=self._conversation.kept,
            left_open=self._conversation.left_open(self._turn.reading.said),
        )
        by = route_as_named if listened.named else route
        chosen = by(listened.heard, standing, self._policy, facts, self._today)
        if chosen.playbook is None and current:
            chosen = Route(current, self._policy.for_intent(current))
        return chosen, chosen.playbook or self._policy.playbooks[UNCLEAR]

    def choose(self, playbook: Playbook) -> tuple[Order, ...]:
        """The orders that may be meant."""
        found = self._found
        if found.named:
            return (found.named,)
        if found.unknown_number and len(found.orders) != 1:
            return ()
        remembered = self._remembered()
        if remembered and WHICH_ORDER not in self._conversation.pending:
            return (remembered,)
        answer = self._turn.text if WHICH_ORDER in self._conversation.pending else ""
        question = self._conversation.last_reply if answer else ""
        fits = partial(self._fits, playbook)
        return tuple(choose_order(found.orders, self._all_words(), answer, fits, question))

    def remember_choice(self, turn: Turn, orders: tuple[Order, ...]) -> Turn:
        """Once chosen among several, the order stays chosen."""
        if len(orders) != 1 or len(self._found.orders) < 2:
            return turn
        said = {**turn.reading.said, WHICH_ORDER: orders[0].order_no}
        return replace(turn, reading=replace(turn.reading, said=said))

    def decide(
        self,
        case: str | None,
        playbook: Playbook,
        orders: tuple[Order, ...],
        turn: Turn,
        heard: Understanding,
    ) -> Situation:
        order = orders[0] if len(orders) == 1 else None
        facts, differences = self.facts(case, playbook, order, turn)
        deciding = playbook
        if order is None and playbook.needs_order:
            deciding = self._policy.playbooks[FIND_ORDER]
            facts = facts.with_(order_match=Fact(self._match(orders), Origin.ORDER))
        verdict = decide(deciding, facts, self._policy.figures, self._today)
        return Situation(
            self._conversation, turn, heard, case, playbook, orders, facts, differences, verdict
        )

    def beside(self, case: str | None, playbook: Playbook, wants: Sequence[str]) -> tuple[str, ...]:
        """The wants that belong neither to this case nor to what its procedure covers."""
        own = {case, *playbook.intents, *(REMEDIES & {*playbook.covers})}
        return tuple(want for want in wants if want not in own)

    def facts(
        self, case: str | None, playbook: Playbook, order: Order | None, turn: Turn
    ) -> tuple[Facts, tuple[Difference, ...]]:
        """What is known, what follows from it, and where words and data differ."""
        known = tuple(self._known(case, playbook, order, turn))
        facts, differences = merge((*known, *following(merge(known)[0])))
        return facts.with_(**_compared(facts)), differences

    def _counting(self, case: str | None) -> Container[str | None]:
        """The cases whose sayings count: this one, those that lead into it, and those without a
        procedure of their own.
        """
        return self._policy.generic_intents | self._policy.told_as(case) | {None, case}

    def _defaults(self, playbook: Playbook) -> Iterator[tuple[str, Fact]]:
        """What the case takes as given as long as nobody says otherwise."""
        used = playbook.facts() | {f for rule in playbook.amounts.values() for f in rule.facts()}
        for name in used:
            definition = self._policy.facts.get(name)
            if definition and definition.default is not None:
                yield name, Fact(definition.default, Origin.IMPLIED)

    def _is_relevant(self, case: str | None) -> bool:
        """Whether the message answers what was asked or states what the open case depends on."""
        pending = set(self._conversation.pending)
        if WHICH_ORDER in pending:
            return True
        playbook = self._policy.for_intent(case) if case else None
        of_the_case = playbook.facts() if playbook else frozenset[str]()
        return bool((pending | of_the_case) & self._turn.reading.said.keys())

    def _likely_order(self) -> Order | None:
        """The order for choosing the case, before it is known which one the case needs."""
        if self._found.named:
            return self._found.named
        return self._found.orders[0] if len(self._found.orders) == 1 else self._remembered()

    def _remembered(self) -> Order | None:
        for turn in reversed(self._conversation.turns):
            chosen = turn.reading.said.get(WHICH_ORDER)
            if chosen:
                return next((o for o in self._found.orders if o.order_no == chosen), None)
        return None

    def _fits(self, playbook: Playbook, order: Order) -> bool:
        facts, _ = merge(self._data(order))
        return all(c.holds(facts, self._policy.figures, self._today) for c in playbook.concerns)

    def _match(self, orders: tuple[Order, ...]) -> str:
        if len(orders) > 1:
            return "several"
        return "not_found" if self._found.unknown_number else "none"

    def _all_words(self) -> str:
        texts = [turn.text for turn in self._conversation.customer_turns()]
        return "\n".join(plain(text) for text in [*texts, self._turn.text])

    def _known(
        self, case: str | None, playbook: Playbook, order: Order | None, turn: Turn
    ) -> Iterator[tuple[str, Fact]]:
        current = replace(turn, reading=replace(turn.reading, case=case))
        turns = (*self._conversation.turns, current)
        yield from self._defaults(playbook)
        yield from sayings(turns, self._counting(case), self._policy.facts)
        yield from done(turns, case, playbook)
        yield from self._data(order)
        if answer := self._policy.faq.answer(turn.text):
            yield "faq_answer", Fact(answer, Origin.SHOP)

    def _data(self, order: Order | None) -> Sequence[tuple[str, Fact]]:
        """What the data says of the order, read once for one message."""
        if order is None:
            return ()
        if order.order_no not in self._read:
            self._read[order.order_no] = tuple(self._facts_in(order))
        return self._read[order.order_no]

    def _facts_in(self, order: Order) -> Iterator[tuple[str, Fact]]:
        words = self._all_words()
        line = choose_line(order, words)
        yield from facts_of(order, line)
        yield from part_refund_facts(order, words)
        if line and (likeness(line.title, words) or line.qty > 1):
            yield "named_line", Fact(line.title, Origin.ORDER)
        yield from noted(
            order, self._policy.facts, partial(self._words.note, self._policy), self._today
        )


def _compared(facts: Facts) -> dict[str, Fact]:
    """What only shows when known facts are held against each other."""
    return _beyond_order(facts) | _price_fall(facts)


def _beyond_order(facts: Facts) -> dict[str, Fact]:
    ordered = facts.number("line_qty")
    claimed = (facts.number(name) for name in ("missing_count", "bought_count"))
    if ordered is not None and any(count is not None and count > ordered for count in claimed):
        return {"beyond_order": Fact(True, Origin.ORDER)}
    return {}


def _price_fall(facts: Facts) -> dict[str, Fact]:
    """How far below the price paid the goods are sold now; the page's price before the words."""
    paid, now = facts.number("old_price"), facts.number("current_price")
    if paid is not None and now is not None:
        return {"price_fall": Fact(paid - now, Origin.ORDER)}
    told = facts.get("told_fall")
    return {"price_fall": told} if told else {}
