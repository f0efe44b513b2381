"""What pages of the rules show: entries with their addresses, a file with draft and past."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.access import MANAGING
from bot.core.figure_entry import shown
from bot.core.people import Person
from bot.core.policy import Policy
from bot.core.policy_words import (
    DECISIONS,
    UNITS,
    amount,
    conditions,
    figure,
    follow_up,
    placeholder,
)
from bot.core.scripts import PLACEHOLDER, placeholders
from bot.services.policy_index import SHOPS, Entry, Kind, entries, entry_of, find
from bot.services.policy_promises import promised
from bot.services.ports.policy import PolicyFiles, Version
from bot.web.routes.advice import moment

ROOT = "/lead/policy"
KEPT = "存成了草稿，还没有生效。"
MUCH_STAYS = 0.6
"""Less of a sentence than this, and it is another one."""
NO_SUCH = "没有这样的规则：地址可能写错了，或者文件已经不在了。"
FOLDERS = {
    "playbooks": "bot/policy/playbooks/",
    "parameters": "bot/policy/parameters/",
    "scripts": "scripts_zh/",
}
ADDRESSES = {Kind.CASE: "playbooks", Kind.FIGURE: "parameters", Kind.WORDING: "wording"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with where it is read, and whether somebody wants it otherwise."""

    entry: Entry
    address: str
    changed: bool


def groups(
    policy: Policy, files: PolicyFiles, q: str, today: date
) -> Mapping[Kind, Mapping[str, Sequence[Shown]]]:
    """All entries by kind and family; those that hold these words, where there are any."""
    changed = files.drafts().keys()
    found = find(q, policy, files, today) if q else entries(policy, files, today)
    grouped: dict[Kind, dict[str, list[Shown]]] = {kind: {} for kind in Kind}
    for entry in found:
        family = grouped[entry.kind].setdefault(entry.family, [])
        family.append(Shown(entry, address(entry), entry.file in changed))
    return {kind: families for kind, families in grouped.items() if families}


def address(entry: Entry) -> str:
    """The page on which the entry is read."""
    pack = f"?pack={quote(entry.pack)}" if entry.pack else ""
    if entry.kind is Kind.ANSWERS:
        return f"{ROOT}/answers/{quote(entry.pack)}"
    if entry.kind in ADDRESSES:
        return f"{ROOT}/{ADDRESSES[entry.kind]}/{quote(entry.name)}{pack}"
    return file_address(entry.file)


def file_address(name: str) -> str:
    return f"{ROOT}/file?name={quote(name)}"


def difference(before: str, after: str) -> list[str]:
    """The lines that differ, with one beside them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++"))]


def frame(me: Person, policy: Policy, today: date) -> dict[str, Any]:
    """What every page of the rules says.

    Args:
        policy: the house's.
    """
    files = wiring.policy_drafts()
    return {
        "waiting": len(files.drafts()),
        "may_edit": me.role in MANAGING,
        "locked": files.locked(),
        "difference": difference,
        "file_address": file_address,
        "entry_of": lambda file: entry_of(str(file), policy, today),
        "address_of": lambda file: address(entry_of(str(file), policy, today)),
    }


def file_of(kind: str, name: str, pack: str = "") -> str:
    """The file in which this stands, or would stand for a shop; empty where there is none."""
    own = f"{SHOPS}{pack}/" if pack else ""
    if kind == "faq":
        return f"{own}faq.yml"
    names = wiring.policy_drafts().names()
    mine = [
        n for n in names if own and n.startswith(f"{own}{kind}/") and n.endswith(f"/{name}.yml")
    ]
    if own and kind != "playbooks":
        return next(iter(mine), f"{own}{kind}/{name}.yml")
    house = (n for n in names if n.startswith(FOLDERS[kind]) and n.endswith(f"/{name}.yml"))
    return next(iter(mine), next(house, ""))


def file_state(name: str) -> dict[str, Any]:
    """A file's draft and past, and what would be wrong if the drafts counted.

    Raises:
        HTTPException: there is no such file.
    """
    files = wiring.policy_drafts()
    try:
        now = files.text(name)
    except wiring.NoSuchFile:
        raise HTTPException(404, NO_SUCH) from None
    draft, history = files.drafts().get(name), files.history(name)
    return {
        "file": name,
        "draft": draft,
        "moved": draft is not None and name in files.moved(),
        "live": now,
        "history": history,
        "elsewhere": _elsewhere(history, now),
        "faults": files.faults() if draft else [],
    }


def live(name: str) -> str:
    """The file as it counts; empty where it is gone."""
    try:
        return wiring.policy_drafts().text(name)
    except wiring.NoSuchFile:
        return ""


def _elsewhere(history: Sequence[Version], now: str) -> Version | None:
    """What was published last, where somebody has changed the file in another way since."""
    return history[0] if history and history[0].after != now else None


def words(policy: Policy, today: date, titles: Mapping[str, str]) -> dict[str, Any]:
    """What templates need to tell the rules in words.

    Args:
        titles: what each shop with rules of its own is called, by its folder.
    """
    return {
        "policy": policy,
        "today": today,
        "packs": titles,
        "decisions": DECISIONS,
        "units": UNITS,
        "shown": shown,
        "turned": turned,
        "conditions": lambda many, book: conditions(many, policy, today, book),
        "figure": lambda name: figure(name, policy, today),
        "amount": lambda rule: amount(rule, policy, today),
        "follow_up": lambda plan: follow_up(plan, policy, today),
        "places": lambda texts: places(texts, policy, today),
        "pieces": lambda text: pieces(text, policy, today),
        "promised": lambda script: promised(script, policy, moment(None)),
    }


def places(texts: Sequence[str], policy: Policy, today: date) -> Mapping[str, str]:
    """What each placeholder of these wordings stands for."""
    names = sorted({name for text in texts for name in placeholders(text)})
    return {name: placeholder(name, policy, today) for name in names}


def pieces(text: str, policy: Policy, today: date) -> Sequence[tuple[str, bool]]:
    """A wording in parts, each with whether something else takes its place when it is used."""
    parts = PLACEHOLDER.split(text)
    return [
        (placeholder(part, policy, today) if number % 2 else part, bool(number % 2))
        for number, part in enumerate(parts)
        if part
    ]


def turned(before: str, after: str) -> Sequence[tuple[str, str]]:
    """What became of a sentence, in parts that stay, go or come; all of it where little stays."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < MUCH_STAYS:
        return [("goes", before), ("comes", after)]
    parts: list[tuple[str, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("stays", before[a:b]))
        else:
            parts += [("goes", before[a:b]), ("comes", after[c:d])]
    return [part for part in parts if part[1]]
