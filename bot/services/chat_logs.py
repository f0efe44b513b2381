"""What a shop's chats and labelled messages hold to learn from, masked before anything is kept."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.core.chat_history import ChatHistory, Example
from bot.language.contacts import contacts
from bot.language.normalise import normalise
from bot.services.logs import LogError

LONGEST = 400
"""Characters of a message that are kept."""
_MARKS = {
    "phone": "[电话x]", "email": "[邮箱x]", "id_card": "[身份证号x]", "address": "[地址x]",
    "bank_card": "[银行卡x]",
}  # fmt: skip
_LINK = re.compile(r"(?:https?://|www\.)[^\s，。]+", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![\d.])[A-Za-z]{0,4}\d[\d -]{4,}\d(?![\d.])")
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤"
)
_NAMED = re.compile(
    r"((?:收件人|收货人|联系人|姓名|户名|我叫|名字是?)(?:是|叫|[:：])?\s*)"
    rf"[{_SURNAMES}][一-龥]{{1,2}}(?![一-龥])"
)


@dataclass(slots=True)
class _Gathering:
    messages: dict[str, None] = field(default_factory=dict)
    replies: dict[str, None] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)

    def add(self, content: dict[str, Any], number: int, intents: frozenset[str]) -> None:
        if "turns" in content:
            for place, turn in enumerate(_list(number, content, "turns")):
                self._turn(turn, number, place)
            return
        text = without_private_data(_text(number, content, "text"))
        self.messages[text] = None
        if "intent" in content:
            intent = _text(number, content, "intent")
            if intent not in intents:
                raise LogError(number, "intent", f"{intent}: no such intent; see data/nlu")
            about = {name: str(content.get(name) or "") for name in ("author", "date")}
            self.examples[text] = Example(text, intent, **about)

    def _turn(self, turn: Any, number: int, place: int) -> None:
        role = turn.get("role") if isinstance(turn, dict) else None
        if role not in ("customer", "agent", "bot"):
            raise LogError(number, f"turns[{place}].role", "write customer, agent or bot")
        text = without_private_data(_text(number, turn, "text"))
        (self.messages if role == "customer" else self.replies)[text] = None


def read_history(
    files: Iterable[tuple[str, Iterable[str]]], intents: frozenset[str]
) -> ChatHistory:
    """All that these files hold.

    A line of a ``.txt`` file is a customer's message; one of any other file is a JSON object with
    ``turns`` (each ``role`` and ``text``), or with ``text`` and, where it is known, ``intent``.

    Args:
        files: the name and the lines of each.
        intents: the names that a label may have.

    Raises:
        LogError: a line cannot be used.
    """
    gathered = _Gathering()
    for name, lines in files:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            if name.endswith(".txt"):
                gathered.messages[without_private_data(line)] = None
            else:
                gathered.add(_parsed(number, line), number, intents)
    return ChatHistory(
        tuple(text for text in gathered.messages if text),
        tuple(text for text in gathered.replies if text),
        tuple(gathered.examples.values()),
    )


def without_private_data(text: str) -> str:
    """The message on one line, with marks for contacts, links, long numbers and names after 收件人.

    What the shop's own people say of themselves in free words cannot all be told from other words.
    """
    line = " ".join(text.split())[:LONGEST]
    line = _LINK.sub("[链接x]", line)
    line = _marked(line)
    line = _LONG_NUMBER.sub("[数字x]", line)
    return _NAMED.sub(r"\1[姓名x]", line)


def _marked(line: str) -> str:
    message = normalise(line)
    done, parts = 0, []
    for contact in sorted(contacts(message.text), key=lambda one: one.start):
        start, end = message.span(contact.start, contact.end)
        if start >= done:
            parts += [line[done:start], _MARKS[contact.entity]]
            done = end
    return "".join([*parts, line[done:]])


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError as error:
        raise LogError(number, "line", f"must be JSON ({error})") from None
    if not isinstance(content, dict):
        raise LogError(number, "line", "must be a JSON object with turns or text")
    return content


def _text(number: int, content: Any, name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str):
        raise LogError(number, name, "write the words as text")
    return value


def _list(number: int, content: dict[str, Any], name: str) -> list[Any]:
    value = content[name]
    if not isinstance(value, list):
        raise LogError(number, name, "write a list of turns, each with role and text")
    return value
