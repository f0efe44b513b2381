"""Everything a shop decides, as one consistent whole: it is replaced at once or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.facts import FactDef
from bot.core.faq import Faq
from bot.core.parameters import Figures
from bot.core.playbook import Playbook
from bot.core.recognition import Recogniser
from bot.core.registers import Register
from bot.core.scripts import Scripts


@dataclass(frozen=True)
class Policy:
    figures: Figures
    facts: Mapping[str, FactDef]
    playbooks: Mapping[str, Playbook]
    scripts: Scripts
    registers: Mapping[str, Register] = field(default_factory=dict)
    faqs: Mapping[str, Faq] = field(default_factory=dict)
    """Each shop's own answers."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Titles of the source documents, by their short names."""

    @cached_property
    def _by_intent(self) -> Mapping[str, Playbook]:
        return {
            intent: playbook for playbook in self.playbooks.values() for intent in playbook.intents
        }

    @cached_property
    def generic_intents(self) -> frozenset[str]:
        """The intents that have no procedure of their own."""
        books = (playbook for playbook in self.playbooks.values() if playbook.generic)
        return frozenset(intent for playbook in books for intent in playbook.intents)

    @cached_property
    def _told_as(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for playbook in self.playbooks.values():
            for other in playbook.instead:
                found.setdefault(other.case, set()).update(playbook.intents)
        return {case: frozenset(cases) for case, cases in found.items()}

    def told_as(self, case: str | None) -> frozenset[str]:
        """The cases that lead into this one: what was said in them was said of this matter."""
        return self._told_as.get(case or "", frozenset())

    def for_intent(self, intent: str) -> Playbook | None:
        return self._by_intent.get(intent)

    @cached_property
    def recogniser(self) -> Recogniser:
        return Recogniser(self.playbooks, self.scripts, self.facts)
