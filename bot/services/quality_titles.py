"""Scripts, cases and facts as the policy names them: figures are read by people."""

from dataclasses import dataclass

from bot.core.policy import Policy

OF_ALL_CASES = ("find_order", "reception", "usage_help")
"""The playbooks whose steps the bot also takes in the middle of another case."""


@dataclass(frozen=True, slots=True)
class Titles:
    policy: Policy

    def script(self, script: str) -> str:
        """「没收到网线 · 说明网线的样子」 of ``<playbook>.<step>``."""
        case, _, step = script.partition(".")
        playbook = self.policy.playbooks.get(case)
        found = playbook.step(step) if playbook else None
        return f"{playbook.title} · {found.title}" if playbook and found else script

    def said(self, script: str) -> str:
        """The same of a reply, whose step may be of another playbook than its case."""
        case, _, step = script.partition(".")
        own = self.policy.for_intent(case)
        others = (self.policy.playbooks.get(name) for name in OF_ALL_CASES)
        for playbook in filter(None, (own, *others)):
            if found := playbook.step(step):
                return f"{(own or playbook).title} · {found.title}"
        return own.title if own else script.strip(".") or "其他"

    def case(self, case: str | None) -> str:
        playbook = self.policy.for_intent(case) if case else None
        return playbook.title if playbook else ""

    def intent(self, intent: str | None) -> str:
        return self.case(intent) or intent or ""

    def fact(self, name: str) -> str:
        facts = self.policy.facts
        return facts[name].title if name in facts else name
