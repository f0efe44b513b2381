"""What one shop decides otherwise than the house: its figures, wording, rules, answers, people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.facts import FactDef
from bot.core.faq import Faq
from bot.core.parameters import Parameter
from bot.core.playbook import Playbook
from bot.core.policy import Policy
from bot.core.scripts import Scripts


@dataclass(frozen=True, slots=True)
class Pack:
    name: str
    shops: tuple[str, ...]
    """The names that the shop goes by on its orders."""
    approvers: Mapping[str, str] = field(default_factory=dict)
    """Who approves, by what is to be approved."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    facts: Mapping[str, FactDef] = field(default_factory=dict)
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    scripts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    faq: Faq = field(default_factory=Faq)


def overlay(base: Policy, pack: Pack) -> Policy:
    """The house's policy with the pack's parts in place of those of the same name.

    An intent that a playbook of the pack serves is taken from the house's playbook.
    """
    playbooks = {**_without(base.playbooks, pack), **pack.playbooks}
    kept = {n: base.scripts.variants(n) for n in base.scripts.names() if _of(n) in playbooks}
    return replace(
        base,
        figures=base.figures.with_(pack.parameters),
        facts={**base.facts, **pack.facts},
        playbooks=playbooks,
        scripts=Scripts({**kept, **pack.scripts}),
        practices=tuple(one for one in base.practices if one.case in playbooks),
        faq=pack.faq,
        pack=pack.name,
        approvers=pack.approvers,
    )


def _without(playbooks: Mapping[str, Playbook], pack: Pack) -> dict[str, Playbook]:
    """The house's playbooks without the intents that the pack serves itself."""
    taken = {intent for playbook in pack.playbooks.values() for intent in playbook.intents}
    left = {}
    for name, playbook in playbooks.items():
        intents = tuple(intent for intent in playbook.intents if intent not in taken)
        if intents:
            left[name] = replace(playbook, intents=intents)
    return left


def _of(script: str) -> str:
    """The playbook that a step's wording belongs to."""
    return script.partition(".")[0]
