"""The policy's index: every case, figure, wording and answer, each by the name that people use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from bot import wiring
from bot.core.policy import Policy
from bot.core.policy_words import figure
from bot.services.ports.policy import PolicyFiles

KINDS = (
    ("规程", "bot/policy/playbooks/"),
    ("数值", "bot/policy/parameters/"),
    ("话术", "scripts_zh/"),
    ("各店的", "bot/policy/shops/"),
    ("其他", "bot/policy/"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    told: str
    """What it says, in short."""
    address: str
    changed: bool


def kept() -> PolicyFiles:
    """The files, and what is to become of them."""
    return wiring.policy_drafts()


def groups(
    policy: Policy, drafts: PolicyFiles, q: str, today: date
) -> Sequence[tuple[str, Sequence[Entry]]]:
    """The entries by kind; those that hold these words, where there are any."""
    changed = drafts.drafts().keys()
    found: dict[str, list[Entry]] = {kind: [] for kind, _ in KINDS}
    texts = drafts.texts()
    for name in texts:
        kind = next(kind for kind, folder in KINDS if name.startswith(folder))
        entry = _entry(kind, name, policy, today, name in changed)
        if not q or q in entry.title or q in entry.told or q in name or q in texts[name]:
            found[kind].append(entry)
    return [(kind, entries) for kind, entries in found.items() if entries]


def _entry(kind: str, name: str, policy: Policy, today: date, changed: bool) -> Entry:
    stem = name.rpartition("/")[2].removesuffix(".yml")
    address = f"/lead/policy/file?name={quote(name)}"
    book = policy.playbooks.get(stem)
    if kind == "规程" and book:
        told = f"{len(book.steps)} 步"
        return Entry(book.title, told, f"/lead/policy/playbooks/{stem}", changed)
    if kind == "数值" and stem in policy.figures:
        sources = policy.figures[stem].sources
        told = "、".join(dict.fromkeys(policy.documents.get(s.doc, s.doc) for s in sources))
        return Entry(figure(stem, policy, today), told, address, changed)
    if kind == "话术":
        return Entry(book.title if book else stem, stem, address, changed)
    return Entry(name.removeprefix("bot/policy/").removeprefix("shops/"), "", address, changed)
