"""Everything a shop decides, as one consistent whole: it is replaced at once or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.casebook import Row
from bot.core.drills import DrillTexts
from bot.core.duties import DutyRule
from bot.core.facts import FactDef
from bot.core.faq import Faq
from bot.core.guard_rules import GuardRules
from bot.core.parameters import Figures
from bot.core.playbook import Playbook
from bot.core.practice import Practice
from bot.core.practice_customer import Manners
from bot.core.recognition import Recogniser
from bot.core.registers import Register
from bot.core.scripts import Scripts


@dataclass(frozen=True, eq=False)
class Policy:
    figures: Figures
    facts: Mapping[str, FactDef]
    playbooks: Mapping[str, Playbook]
    scripts: Scripts
    registers: Mapping[str, Register] = field(default_factory=dict)
    faq: Faq = field(default_factory=Faq)
    """The shop's own answers."""
    pack: str = ""
    """The shop pack it was made with."""
    approvers: Mapping[str, str] = field(default_factory=dict)
    """Who approves in this shop, by what is to be approved."""
    shops: Mapping[str, "Policy"] = field(default_factory=dict)
    """The policy of each shop that decides something otherwise, by its name on the orders."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Titles of the source documents, by their short names."""
    duties: tuple[DutyRule, ...] = ()
    practices: tuple[Practice, ...] = ()
    manners: Manners = field(default_factory=dict)
    drills: DrillTexts = field(default_factory=DrillTexts)
    """How practice customers put what is not a fact."""
    guard: GuardRules = field(default_factory=GuardRules)
    """What is looked for in each outgoing text."""
    casebook: tuple[Row, ...] = ()
    """Every case of the documents, in their order."""

    @cached_property
    def _by_intent(self) -> Mapping[str, Playbook]:
        return {
            intent: playbook for playbook in self.playbooks.values() for intent in playbook.intents
        }

    @cached_property
    def generic_intents(self) -> frozenset[str]:
        """The intents without a procedure of their own, or that give way to any other: what is
        said in them counts in the case that follows.
        """
        books = (p for p in self.playbooks.values() if p.generic or p.yields)
        return frozenset(intent for playbook in books for intent in playbook.intents)

    def for_shop(self, shop: str) -> "Policy":
        """The policy of this shop; the house's where the shop has none of its own."""
        return self.shops.get(shop, self)

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

    def cited(self, document: str, at: str) -> str:
        """A place in a document as people read it: with the document's title."""
        return f"{self.documents.get(document, document)} {at}"

    def named(self, place: str) -> str:
        """The same of 「S1 二」, or the title of the figure of this name."""
        document, _, at = place.partition(" ")
        if document in self.figures:
            return self.figures[document].title
        return self.cited(document, at).strip()

    def warm_up(self) -> None:
        """Make ready what would make the first reply of each shop slow."""
        for one in (self, *self.shops.values()):
            one.recogniser.warm_up()
