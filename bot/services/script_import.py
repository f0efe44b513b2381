"""Which of a shop's own passages may be loaded as wording, and for which case and step: proposed
with a confidence, for a person to review.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.passages import Block, Passage, passages
from bot.core.placing import Placer, Proposal, Proposals
from bot.core.policy import Policy
from bot.core.privacy import mask, mask_phone
from bot.core.recognition import Recognised
from bot.core.telling import pieces
from bot.core.wording_checks import figure_in
from bot.services.figure_marks import marked
from bot.services.words import plain

SURE = 0.6
ALIKE = 0.7
"""Share of pieces in common from which two wordings are the same for a customer."""

_BRACES = re.compile("[{}]")
_LONG_NUMBER = re.compile(r"\d{8,}")
FOR_COLLEAGUES = "像是写给同事的做法，不是对客户说的话"
UNSURE = "没有把握是哪一步，请人来定"
PERSONAL = "有个人信息，去掉再用"
BRACES = "有花括号，去掉再用"
ALIKE_ALREADY = "与已有的说法相近"


def propose(blocks: Iterable[Block], policy: Policy, today: date) -> Proposals:
    """A place for every passage of a document; what is not sure, whole and new is left to a
    person.
    """
    placer = Placer(policy)
    kept: dict[str, list[str]] = {}
    proposals = [_proposal(one, placer, policy, today, kept) for one in passages(blocks)]
    scripts: dict[str, dict[str, Sequence[str]]] = {}
    for script, texts in kept.items():
        case, _, step = script.partition(".")
        scripts.setdefault(case, {})[step] = [*texts, *policy.scripts.variants(script)]
    return Proposals(proposals, scripts)


def _proposal(
    passage: Passage, placer: Placer, policy: Policy, today: date, kept: dict[str, list[str]]
) -> Proposal:
    """The proposal; a passage that is placed is added to what is kept."""
    best, second, *_ = placer.ranking(plain(passage.text), plain(passage.context))
    playbook = policy.playbooks[best.playbook]
    step = playbook.step(best.step)
    assert step
    text = marked(_masked(passage.text), playbook, step, policy, today)
    script = f"{best.playbook}.{best.step}"
    known = [*policy.scripts.variants(script), *kept.get(script, [])]
    mend = _mend(passage, best, text, known)
    if not mend:
        kept.setdefault(script, []).append(text)
    return Proposal(text, passage.where, best, second, mend)


def _mend(passage: Passage, best: Recognised, text: str, known: Iterable[str]) -> str:
    if not passage.said:
        return FOR_COLLEAGUES
    if best.confidence < SURE:
        return UNSURE
    if _masked(passage.text) != passage.text:
        return PERSONAL
    if _BRACES.search(passage.text):
        return BRACES
    if figure := figure_in(text):
        return f"数字「{figure}」不是这一步的数值，换成占位符或去掉"
    return ALIKE_ALREADY if any(_alike(text, other) for other in known) else ""


def _masked(text: str) -> str:
    """Without phones, accounts and any number long enough to be one."""
    return _LONG_NUMBER.sub(lambda number: mask_phone(number[0]), mask(text))


def _alike(left: str, right: str) -> bool:
    one, other = pieces(plain(left)), pieces(plain(right))
    return len(one & other) >= ALIKE * len(one | other)
