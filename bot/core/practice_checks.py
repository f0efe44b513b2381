"""Whether the practice scenarios fit the rules: their case, what they know and their goal exist."""

from collections import Counter
from collections.abc import Iterator

from bot.core.playbook import Playbook
from bot.core.policy import Policy
from bot.core.practice import Practice, Want

type Place = tuple[str | int, ...]


def practice_faults(policy: Policy) -> Iterator[tuple[str, Place, str]]:
    """Case, place and fault, scenario by scenario."""
    seen: set[str] = set()
    numbers: Counter[str] = Counter()
    for practice in policy.practices:
        number = numbers[practice.case]
        numbers[practice.case] += 1
        if practice.id in seen:
            yield practice.case, (number, "id"), f"{practice.id} 写了两次 stands twice"
        seen.add(practice.id)
        for place, what in _faults(practice, policy):
            yield practice.case, (number, *place), what


def _faults(practice: Practice, policy: Policy) -> Iterator[tuple[Place, str]]:
    for number, want in enumerate(practice.wants):
        within: Place = ("then",) if number else ()
        for place, what in _want_faults(want, policy):
            yield (*within, *place), what
    aside = practice.aside
    if aside and policy.for_intent(aside.intent) is None:
        yield ("aside", "intent"), f"没有答这个的规程 no playbook answers {aside.intent}"


def _want_faults(want: Want, policy: Policy) -> Iterator[tuple[Place, str]]:
    for fact in want.knows:
        if fact not in policy.facts:
            yield ("knows", fact), f"没有这个事实 unknown fact {fact}"
    playbook = policy.playbooks.get(want.case)
    if playbook is None:
        yield (), f"文件名要与规程相同 no playbook {want.case}; name the file after its case"
    elif not any(book.step(want.goal) for book in leads_to(playbook, policy)):
        yield ("goal",), f"规程里没有这个步骤 no step {want.goal} in {want.case}"


def leads_to(playbook: Playbook, policy: Policy) -> Iterator[Playbook]:
    """The case's own playbook and those it sends its case on to."""
    yield playbook
    others = (policy.for_intent(instead.case) for instead in playbook.instead)
    yield from (other for other in others if other)
