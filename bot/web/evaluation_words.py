"""What an evaluation's figures, groups and intents are called on its page."""

from bot.core.intents import FAMILIES, INTENTS
from bot.core.metrics import ALL
from bot.core.significance import Interval

NOTHING = "没听懂"
OTHERS = "其他"
SLICE = "slice "
GROUPS = {
    ALL: "全部",
    "without context": "不看上文也懂的",
    "without talk": "不算寒暄应答",
    "without context and talk": "不看上文也懂，且不是寒暄应答",
    "talk or context": "寒暄应答，或要看上文",
    "after-sales": "只算售后的事",
}
SPEAKERS = {"customer": "客户", "agent": "客服", "bot": "机器人"}

_ORDER = {name: place for place, name in enumerate(INTENTS)}
_FAMILY = {name: family for family, names in FAMILIES.items() for name in names}


def group(name: str) -> str:
    return GROUPS.get(name) or f"来源 {name.removeprefix(SLICE)}"


def intent(name: str | None) -> str:
    return INTENTS.get(name, name) if name else NOTHING


def both_names(name: str | None) -> str:
    """Title and label, for whoever works on the training data."""
    return f"{INTENTS[name]} {name}" if name in INTENTS else intent(name)


def family(name: str) -> str:
    return _FAMILY.get(name, OTHERS)


def in_order(name: str | None) -> tuple[int, str]:
    """To sort by: the families' order, then intents that are in none, then nothing."""
    return (_ORDER.get(name, len(_ORDER)), name) if name else (len(_ORDER) + 1, "")


def percent(share: float | None) -> str:
    """A share with one decimal; the space keeps the sign on the line."""
    return "–" if share is None else f"{100 * share:.1f}\N{NO-BREAK SPACE}%"


def whole_percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def ends(interval: Interval | None) -> str:
    """The ends of an interval, in percent."""
    return "" if interval is None else f"{100 * interval.low:.1f}–{100 * interval.high:.1f}"


def points(difference: float) -> str:
    """A difference in percentage points, with its sign."""
    return f"{100 * difference:+.1f}".replace("-", "−")


def p_value(p: float) -> str:
    """Three decimals say all that there is to decide on."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def tenths(confidence: float) -> str:
    """Rounded down: what is not certain never reads 100%."""
    return f"{int(confidence * 100)}%"
