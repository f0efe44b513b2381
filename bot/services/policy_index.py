"""All of the policy by the names that people use, and where in it words stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.core.policy import Policy
from bot.core.policy_words import figure, told
from bot.services.ports.policy import PolicyFiles

SHOPS = "bot/policy/shops/"
FAMILIES = {
    "parts": "少件、配件",
    "goods": "质量、错发、不符",
    "returns": "退货",
    "money": "退款、补偿、打款",
    "exchange": "换货",
    "shipping": "发货、物流、发票",
    "complaints": "投诉、评价、纠纷",
    "service": "接待、回访",
    "enquiries": "咨询",
    "general": "寒暄、找订单",
}
OTHERS = {
    "calendar": "放假和补班",
    "casebook": "文件里的全部个案",
    "duties": "每天要办的事",
    "guard": "发出前检查",
    "registers": "登记表",
    "sources": "出处的文件",
    "people": "演示店：员工",
    "personas": "练习客户的脾气",
    "drills": "单项练习的句子",
    "situations": "演示店：订单",
    "staff": "演示店：账号",
    "pack": "店名和审核的人",
    "catalogue": "演示店：商品",
    "forbidden_words": "这家店不说的词",
    "after_the_sale": "成交以后",
}
FACTS = {"order": "订单", "talk": "寒暄", "car": "新车"}
MORE = "_rows"
"""The end of the name of a file that goes on where another one ends."""
ROOMS = {"facts": "怎么听懂：", "scenarios": "新人练习："}
HITS = 3
"""Lines shown of each find."""
WINDOW = 72
"""Characters of a line that are shown."""


class Kind(StrEnum):
    CASE = "个案"
    FIGURE = "数值"
    WORDING = "话术"
    ANSWERS = "常见问题"
    OTHER = "其他文件"


@dataclass(frozen=True, slots=True)
class Entry:
    kind: Kind
    name: str
    """The case's or the figure's name."""
    title: str
    told: str
    """What it says, in short."""
    file: str
    pack: str = ""
    """The shop that has it of its own; empty where all shops share it."""
    family: str = ""
    hits: tuple[str, ...] = ()
    """The lines in which the words stand that were looked for."""


def packs(policy: Policy) -> Mapping[str, str]:
    """What each shop with rules of its own is called, by its folder."""
    found: dict[str, str] = {}
    for name, shop in policy.shops.items():
        if found.get(shop.pack, shop.pack) == shop.pack:
            found[shop.pack] = name
    return found


def entries(policy: Policy, files: PolicyFiles, today: date) -> Iterator[Entry]:
    """All there is."""
    names = files.names()
    # A shop without answers may come to have some.
    answers = [f"{SHOPS}{pack}/faq.yml" for pack in packs(policy)]
    for file in dict.fromkeys([*names, *answers]):
        yield entry_of(file, policy, today)


def entry_of(file: str, policy: Policy, today: date) -> Entry:
    """What a file holds."""
    pack = file.removeprefix(SHOPS).partition("/")[0] if file.startswith(SHOPS) else ""
    return _entry(file, pack, packs(policy).get(pack, pack), policy, today)


def find(words: str, policy: Policy, files: PolicyFiles, today: date) -> Iterator[Entry]:
    """What holds these words, in its file or as its page tells it; its title first."""
    found = []
    for entry in entries(policy, files, today):
        lines = list(_lines(entry, policy, files, today))
        hits = [line for line in lines if words.casefold() in line.casefold()]
        if hits or words.casefold() in f"{entry.title}{entry.told}{entry.file}".casefold():
            shown = dict.fromkeys(_around(words, line) for line in hits if line != entry.title)
            found.append(replace(entry, hits=tuple(shown)[:HITS]))
    return iter(sorted(found, key=lambda entry: words not in entry.title))


def _around(words: str, line: str) -> str:
    """The part of a long line in which the words stand."""
    at = max(0, line.casefold().find(words.casefold()) - WINDOW // 3)
    part = line[at : at + WINDOW]
    return f"{'…' if at else ''}{part}{'…' if at + WINDOW < len(line) else ''}"


def _entry(file: str, pack: str, shop: str, policy: Policy, today: date) -> Entry:
    *_, room, last = file.split("/")
    name = last.removesuffix(".yml")
    mine = policy.for_shop(pack) if pack else policy
    at = f"{shop}：" if pack else ""
    if "/playbooks/" in file and name in mine.playbooks:
        book = mine.playbooks[name]
        short = f"{len(book.steps)} 步" + ("，机器人可以答" if book.bot else "")
        return Entry(Kind.CASE, name, at + book.title, short, file, pack, _family(room))
    if "/parameters/" in file and name in mine.figures:
        title = at + figure(name, mine, today)
        return Entry(Kind.FIGURE, name, title, _sources(name, mine), file, pack, _family(room))
    if (room == "scripts_zh" or "/scripts/" in file) and name in mine.playbooks:
        book = mine.playbooks[name]
        many = sum(len(mine.scripts.variants(f"{name}.{step.id}")) for step in book.steps)
        family = "各店自己的" if pack else ""
        return Entry(Kind.WORDING, name, at + book.title, f"{many} 句", file, pack, family)
    if pack and name == "faq":
        return Entry(Kind.ANSWERS, name, shop, f"{len(mine.faq.entries)} 条", file, pack)
    title = at + ROOMS.get(room, "") + (_facts(name) if room == "facts" else _title(name, mine))
    return Entry(Kind.OTHER, name, title, "", file, pack)


def _title(name: str, policy: Policy) -> str:
    book = policy.playbooks.get(name)
    return book.title if book else OTHERS.get(name, name)


def _facts(name: str) -> str:
    family = name.removesuffix(MORE)
    more = "（续）" if name.endswith(MORE) else ""
    return FACTS.get(family, FAMILIES.get(family, OTHERS.get(family, family))) + more


def _family(room: str) -> str:
    return FAMILIES.get(room, "各店自己的")


def _sources(name: str, policy: Policy) -> str:
    docs = (policy.documents.get(s.doc, s.doc) for s in policy.figures[name].sources)
    return "、".join(dict.fromkeys(docs))


def _lines(entry: Entry, policy: Policy, files: PolicyFiles, today: date) -> Sequence[str]:
    mine = policy.for_shop(entry.pack) if entry.pack else policy
    if entry.kind is Kind.CASE:
        book = mine.playbooks[entry.name]
        sources = (*book.sources, *(s for step in book.steps for s in step.sources))
        cited = (f"{mine.documents.get(s.doc, s.doc)}，{s.at} {s.gist}" for s in sources)
        return [*told(book, mine, today), *cited]
    return list(_plain(files.wanted(entry.file)))


def _plain(text: str) -> Iterator[str]:
    """The lines of a file without the signs at their beginning."""
    for line in text.splitlines():
        yield re.sub(r"^[\s\-#]+", "", line)
