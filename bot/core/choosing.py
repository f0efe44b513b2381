"""Which order, and which of its lines, the customer's words mean.

A product's head noun stands at the end of its title (直筒牛仔裤, 陶瓷马克杯), so sharing the last
character already counts; longer common words count more.
"""

import re
from collections.abc import Callable, Sequence

from bot.core.orders import Line, Order

_SIZE = re.compile(r"[\s（(【\[]*(?:[0-9]*X{0,3}[SML]|均码|\d{2,3}码?|[（(【\[].*)$", re.IGNORECASE)
_CLAUSE = re.compile(r"[\s,，。.;；!！?？]+|(?=没(?:收|给|装|见)|只收|但|可是|就收)")
_KEPT = re.compile(
    r"^(?:就|只)(?!是)|留|喜欢|不换|不用换|是对的|没问题|挺好|收到了|有的|没毛病|满意|不退"
)
_LACKED = re.compile(r"少|缺|漏|没(?!问题|毛病)|坏|破|换(?!来)|退(?!货地)|不要")
_ORDINAL = re.compile(
    r"第([一二三四五六七八九1-9])(?:个|单|条|件|双|款|笔|份)?|([前后])(?:面那?|一)?(?:个|单|条|件|款)"
)
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", start=1)}
_WORD = re.compile(r"[^0-9a-z一-鿿]+")


def likeness(title: str, words: str) -> int:
    """How much of a product's title the words name: the length of the longest common run, 0 when
    nothing counts.
    """
    return len(naming(title, words))


def naming(title: str, words: str) -> str:
    """The run of characters by which the words name the product; empty when they do not."""
    name = _WORD.sub("", _SIZE.sub("", title).lower())
    words = _WORD.sub("", words.lower())
    runs = (
        name[start:end]
        for start in range(len(name))
        for end in range(start + 2, len(name) + 1)
        if name[start:end] in words
    )
    return max(runs, key=len, default="") or (name[-1:] if name[-1:] in words else "")


def fitting(orders: Sequence[Order], words: str) -> list[Order]:
    """The orders whose products the words name best; all of them when they name none."""
    scores = [max((likeness(line.title, words) for line in o.lines), default=0) for o in orders]
    best = max(scores, default=0)
    return [o for o, score in zip(orders, scores, strict=True) if score == best]


def choose_order(
    orders: Sequence[Order],
    words: str,
    answer: str,
    concerns: Callable[[Order], bool],
    question: str = "",
) -> list[Order]:
    """The orders that can be meant; one when the choice is made.

    Args:
        words: all that the customer wrote about the case.
        answer: what was written in answer to "which one?", else empty.
        question: the words that asked "which one?": 「第二个」 counts as they named them.
        concerns: whether an order's state fits the case.
    """
    if len(orders) < 2:
        return list(orders)
    named = [o for o in orders if o.order_no in words]
    if named:
        return named[:1]
    candidates = fitting(orders, words)
    by_state = [o for o in candidates if concerns(o)]
    candidates = by_state or candidates
    if len(candidates) > 1 and answer:
        nth = ordinal(answer)
        if nth is not None and -1 <= nth < len(candidates):
            return [_as_named(candidates, question)[nth]]
        return fitting(candidates, answer)
    return candidates


def _as_named(orders: Sequence[Order], question: str) -> list[Order]:
    """The orders in the sequence in which the question names them; as they stand if it does not."""
    places = [_place(order, question) for order in orders]
    if any(place < 0 for place in places):
        return list(orders)
    return [order for _, order in sorted(zip(places, orders, strict=True), key=lambda p: p[0])]


def _place(order: Order, question: str) -> int:
    """Where the question first names the order, by its number's tail or a product; else -1."""
    names = [order.order_no[-4:]]
    for line in order.lines:
        title = _SIZE.sub("", line.title)
        names += [title[i : i + 2] for i in range(len(title) - 1)]
    places = [question.find(name) for name in names]
    return min((place for place in places if place >= 0), default=-1)


def ordinal(answer: str) -> int | None:
    """「第二个」 as 1, 「后面那个」 as -1; ``None`` when no place is named."""
    match = _ORDINAL.search(answer)
    if match is None:
        return None
    if match[2]:
        return 0 if match[2] == "前" else -1
    return (_DIGITS.get(match[1]) or int(match[1])) - 1


def choose_line(order: Order, words: str) -> Line | None:
    """The line the words name, or the only one; what the customer keeps or has does not count."""
    if len(order.lines) == 1:
        return order.lines[0]
    clauses = _CLAUSE.split(words)
    told = [clause for clause in clauses if _LACKED.search(clause)]
    rest = [clause for clause in clauses if not _KEPT.search(clause)]
    return _named(order, " ".join(told)) or _named(order, " ".join(rest) or words)


def _named(order: Order, words: str) -> Line | None:
    """The one line that the words name best."""
    scored = [(likeness(line.title, words), line) for line in order.lines]
    best = max((score for score, _ in scored), default=0)
    meant = [line for score, line in scored if score == best]
    return meant[0] if best and len(meant) == 1 else None
