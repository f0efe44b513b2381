"""How a step is worded: several variants, with figures and facts put in at the moment of use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    script: str
    """``<case>.<step>``: where the wording stands."""
    variant: int
    """Counted from one."""

    @property
    def id(self) -> str:
        return f"{self.script}.{self.variant}"


class Scripts:
    """The wording of all steps, by ``<playbook>.<step>``."""

    def __init__(self, variants: Mapping[str, Sequence[str]]) -> None:
        self._variants = {name: tuple(texts) for name, texts in variants.items()}

    def __contains__(self, name: object) -> bool:
        return name in self._variants

    def names(self) -> list[str]:
        return sorted(self._variants)

    def variants(self, name: str) -> tuple[str, ...]:
        return self._variants.get(name, ())

    def replies(self, name: str, values: Mapping[str, str], used: int = 0) -> tuple[Reply, ...]:
        """The variants filled in, the one that was used least recently first.

        A variant that needs a value nobody knows is left out.
        """
        numbered = list(enumerate(self.variants(name), start=1))
        if numbered:
            turn = used % len(numbered)
            numbered = numbered[turn:] + numbered[:turn]
        return tuple(
            Reply(fill(text, values), name, number)
            for number, text in numbered
            if placeholders(text) <= values.keys()
        )


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; whatever a value holds stays plain text."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)
