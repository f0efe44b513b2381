"""How a customer feels, as far as their latest messages show it: it rises with each sign and cools
with each word of peace.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from bot.core.conversation import Speaker, Turn

LOOKED_AT = 6
"""So many of the customer's messages count."""
COOLS = 0.6
"""What is left of a feeling one message later."""
ANXIOUS_FROM, ANGRY_FROM = 0.9, 1.8

_ANGRY_INTENTS = frozenset({"complaint", "platform_dispute"})
_PRESSING_INTENTS = frozenset({"urge_reply", "bad_review", "counterfeit_claim"})
_PEACE = frozenset({"thanks", "goodbye"})
_ANGRY = re.compile(
    r"垃圾|骗子|骗人|黑心|坑人|坑爹|无赖|无耻|不要脸|滚|他妈|妈的|气死|火大|恶心|什么态度|什么破|"
    r"忽悠|耍(?:我|人|猴)|欺负|欺诈|投诉|曝光|工商|12315|12345|消协|举报|起诉|律师|法院|再也不(?:来|买)"
)
_PRESSING = re.compile(
    r"(?:怎么|为什么|咋)(?:还|就)(?:是|不|没)|到底|急[死用着!]|(?:很|好|太|着)急|赶紧|赶快|快点|快一点|催|"
    r"(?:等|拖)了?.{0,4}(?:天|周|小时|久)|多少天了|几天了|还要(?:等)?多久|没人(?:理|管|回)|不理|又(?:是|来|要)|无语|离谱|失望"
)
_LOUD = re.compile(r"[!！]{2,}|[?？]{2,}|[!！?？]{3,}")


class Mood(StrEnum):
    CALM = "calm"
    ANXIOUS = "anxious"
    ANGRY = "angry"


def mood_of(turns: Iterable[Turn]) -> Mood:
    """By the customer's messages among these, the latest counting most."""
    feeling = 0.0
    written = [turn for turn in turns if turn.speaker is Speaker.CUSTOMER][-LOOKED_AT:]
    for turn in written:
        if turn.reading.intent in _PEACE and not _ANGRY.search(turn.text):
            feeling = 0.0
            continue
        feeling = feeling * COOLS + _sign(turn)
    if feeling >= ANGRY_FROM:
        return Mood.ANGRY
    return Mood.ANXIOUS if feeling >= ANXIOUS_FROM else Mood.CALM


def _sign(turn: Turn) -> float:
    """How much one message shows."""
    text, intent = turn.text, turn.reading.intent
    angry = 2.0 * bool(_ANGRY.search(text)) or 2.0 * (intent in _ANGRY_INTENTS)
    pressing = 0.9 * bool(_PRESSING.search(text)) or 0.9 * (intent in _PRESSING_INTENTS)
    return angry + pressing + 0.3 * bool(_LOUD.search(text))
