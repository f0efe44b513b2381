"""What comes back when part of an order is sent back: what was paid for it, less what is kept.

Of a bundle the kept pieces count at their back-office prices; of goods sold by the piece the pieces
sent back count at what was paid for them. Which pieces go and which stay is read from the words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bot.core.choosing import likeness, naming
from bot.core.facts import Fact, Origin, Value
from bot.core.money import to_fen
from bot.core.orders import Line, Order

_MESSAGE = re.compile(r"\n")
_CLAUSE = re.compile(r"[\s,，。.;；!！?？]+")
_AND = re.compile(r"、|和|跟|与|以及|还有")
_EXCEPT = re.compile(r"除(?:了|开|去)?")
_KEEP = re.compile(
    r"(?:不|不用|不想|不打算|没打算)退|(?<!不)(?<!不想)(?<!别)(?:保留|留)(?!言)|(?:只|就|还|想|我)要(?!退|寄|多少|求|申请|把)|要用|在用|自用"
    r"|(?<!不)(?<!不太)(?<!没)(?:喜欢|合适|满意)"
)
_BACK = re.compile(
    r"(?<!不)(?<!不用)(?<!不想)(?<!打算)(?:申请)?退|打算退(?<!不打算退)(?<!没打算退)"
    r"|(?:不|不想|别)(?:要|留)|不(?:太)?(?:喜欢|合适|满意)|寄回"
)
_BUNDLE = re.compile(r"(?:\d|[两三四五六七八九多])件套|套(?:装|餐)|整套")
"""「三件套」 names the bundle, not the 外套 in it."""
_REST = re.compile(r"其他|其它|其余|剩下|剩的|余下|别的|另外")
_ALL = re.compile(r"(?:全|都|整单|全部|一起|一块)")
_MANY = re.compile(
    r"(?P<many>\d{1,3}|[一二两三四五六七八九十俩])(?:件(?!套)|条|个|双|只|把|套(?!装)|本|瓶|盒|张|块(?!钱)|支|台|顶|片|包|袋|(?<=俩))"
)
_NO_GOODS = re.compile(r"[我你您就只想要先把帮给请能可以那]*")
"""What may stand before the first verb without naming anything."""
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "俩": 2}


@dataclass(frozen=True, slots=True)
class PartRefund:
    """What is sent back and what it comes to."""

    back: str
    kept: str
    paid: Decimal
    """Paid for the goods of which something is sent back."""
    kept_price: Decimal
    """The kept pieces of broken bundles at their back-office prices."""
    refund: Decimal


def part_refund_facts(order: Order, words: str) -> Iterator[tuple[str, Fact]]:
    """The refund for the pieces that the words send back, as facts; none while they name none."""
    pieces = pieces_back(order.lines, words)
    found = pieces and part_refund(order.lines, pieces)
    if not found:
        return
    known: Mapping[str, Value] = {
        "part_refund": found.refund,
        "back_items": found.back,
        "kept_items": found.kept,
        "part_paid": found.paid,
        "kept_price": found.kept_price,
    }
    for name, value in known.items():
        if value or name == "part_refund":
            yield name, Fact(value, Origin.ORDER)


def part_refund(lines: Sequence[Line], back: Mapping[int, int]) -> PartRefund | None:
    """The refund for so many pieces of each line; ``None`` where a price it needs is unknown."""
    total = kept_price = refund = Decimal(0)
    for group in _groups(lines):
        if not any(back.get(n) for n in group):
            continue
        paid = _paid([lines[n] for n in group])
        price = _kept_price(lines, group, back)
        if paid is None or price is None:
            return None
        broken = any(back.get(n, 0) < lines[n].qty for n in group)
        if lines[group[0]].bundle is None:
            refund += paid * back[group[0]] / lines[group[0]].qty
        else:
            kept_price += price
            refund += paid - price
        total += paid if lines[group[0]].bundle or not broken else Decimal(0)
    return PartRefund(
        _titles(lines, back),
        _titles(lines, {n: line.qty - back.get(n, 0) for n, line in enumerate(lines)}),
        to_fen(total),
        to_fen(kept_price),
        to_fen(refund),
    )


def _groups(lines: Sequence[Line]) -> list[list[int]]:
    """The lines that were paid for together: those of a bundle, and each other one by itself."""
    bundles: dict[str, list[int]] = {}
    for n, line in enumerate(lines):
        bundles.setdefault(line.bundle or f"\0{n}", []).append(n)
    return list(bundles.values())


def _paid(lines: Sequence[Line]) -> Decimal | None:
    """What was paid for the goods; a bundle's price may stand at one of its lines only."""
    paid = [line.paid for line in lines if line.paid is not None]
    return sum(paid, Decimal(0)) if paid else None


def _kept_price(
    lines: Sequence[Line], group: Sequence[int], back: Mapping[int, int]
) -> Decimal | None:
    total = Decimal(0)
    for n in group:
        kept = lines[n].qty - back.get(n, 0)
        price = lines[n].unit_price
        if kept and lines[n].bundle and price is None:
            return None
        total += kept * (price or Decimal(0))
    return total


def _titles(lines: Sequence[Line], pieces: Mapping[int, int]) -> str:
    named = ((lines[n], count) for n, count in sorted(pieces.items()) if count)
    return "、".join(
        line.title if count == line.qty else f"{line.title}×{count}" for line, count in named
    )


def pieces_back(lines: Sequence[Line], words: str) -> dict[int, int] | None:
    """How many pieces of each line are sent back; ``None`` while the words do not say which."""
    split = _Split(lines)
    for message in _MESSAGE.split(words):
        split.read(message)
    return split.result()


class _Split:
    """What the words have said so far of each line; what is said later counts."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._back: dict[int, int] = {}
        self._rest: bool | None = None
        """Whether all that is not named goes back."""
        self._kept_named = False

    def read(self, message: str) -> None:
        before: bool | None = None
        waiting: list[str] = []
        for clause in _CLAUSE.split(message):
            parts = [part for one in _AND.split(clause) for part in _parts(one)]
            verbs = [_verb(part) for part in parts]
            if before is None and not any(verb is not None for verb in verbs):
                waiting += parts  # 「裤子，帽子，都退」
                continue
            for part, verb in zip(parts, _spread(verbs, before), strict=True):
                for piece in (*waiting, part):
                    self._take(piece, back=verb)
                waiting, before = [], verb

    def _take(self, part: str, *, back: bool) -> None:
        if _EXCEPT.search(part):
            self._rest, back = back, not back
        elif _REST.search(part):
            self._rest = back
            return
        named = self._named(part)
        if not named and back and _ALL.search(part) and not self._back:
            self._rest = True
        for line in named:
            qty = self._lines[line].qty
            count = min(qty, _count(part) or qty)
            self._back[line] = count if back else qty - count
            self._kept_named |= not back

    def _named(self, part: str) -> list[int]:
        """The lines that the words name."""
        part = _BUNDLE.sub(" ", part)
        if len(self._lines) == 1:
            meant = likeness(self._lines[0].title, part) or _MANY.search(part)
            return [0] if meant else []
        if _ALL.search(part):
            return [n for n, line in enumerate(self._lines) if likeness(line.title, part) > 1]
        named: list[int] = []
        while (line := self._best(part)) is not None and line not in named:
            named.append(line)  # 「裤子衬衫」 names two
            part = part.lower().replace(naming(self._lines[line].title, part), " ")
        return named

    def _best(self, part: str) -> int | None:
        """The line that the words name best, if it is one."""
        scores = [likeness(line.title, part) for line in self._lines]
        best = max(scores, default=0)
        return scores.index(best) if best and scores.count(best) == 1 else None

    def result(self) -> dict[int, int] | None:
        rest = self._rest
        if rest is None and self._kept_named and not any(self._back.values()):
            rest = True  # who only says what stays sends the others back
        if rest is None and not self._back:
            return None
        others = {n: line.qty if rest else 0 for n, line in enumerate(self._lines)}
        back = others | self._back
        return back if any(back.values()) else None


def _spread(verbs: Sequence[bool | None], before: bool | None) -> list[bool]:
    """A verb for each part: its own, the one before it, or the first one behind it; what has none
    in its clause goes on with the clause before.
    """
    first = next((verb for verb in verbs if verb is not None), before)
    spread: list[bool] = []
    for verb in verbs:
        first = first if verb is None else verb
        spread.append(bool(first))
    return spread


def _parts(clause: str) -> Iterator[str]:
    """A clause with two verbs, one part for each: 「留下裤子退上衣」, 「上衣退裤子留」."""
    verbs = sorted({m.start() for m in _KEEP.finditer(clause)} | _starts_of_back(clause))
    if len(verbs) < 2 or _EXCEPT.search(clause):
        yield clause
        return
    verb_first = bool(_NO_GOODS.fullmatch(clause[: verbs[0]]))
    if verb_first:
        cuts = [0, *verbs[1:], len(clause)]
    else:
        cuts = [0, *(at + 1 for at in verbs[:-1]), len(clause)]
    for start, end in pairwise(cuts):
        yield clause[start:end]


def _starts_of_back(clause: str) -> set[int]:
    kept = {at for m in _KEEP.finditer(clause) for at in range(*m.span())}
    return {m.start() for m in _BACK.finditer(clause) if m.start() not in kept}


def _verb(part: str) -> bool | None:
    """True when the part sends something back, False when it keeps something."""
    if _EXCEPT.search(part) and _BACK.search(part):
        return True
    if _KEEP.search(part):
        return False
    return True if _BACK.search(part) else None


def _count(part: str) -> int | None:
    """How many pieces: 「四把椅子退两把」 sends back what stands behind the verb."""
    verbs = [m.end() for m in (_KEEP.search(part), _BACK.search(part)) if m]
    many = _MANY.search(part, min(verbs, default=0)) or _MANY.search(part)
    return _number(many["many"]) if many else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _DIGITS[text]
