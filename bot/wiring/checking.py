"""The policy looked through: its faults, and what is held of each case of the documents."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.wiring.parts import CHECKOUT, policy_folders

if TYPE_CHECKING:
    from bot.core.casebook import Held


@dataclass(frozen=True, slots=True)
class CheckedPolicy:
    """What is wrong with the policy, and what is held of each case of the documents."""

    problems: tuple[str, ...]
    """A line a problem, naming file, key and mend."""
    casebook: "tuple[Held, ...]" = ()


def check_policy() -> CheckedPolicy:
    """The policy's faults and the casebook; without the casebook while a file cannot be read."""
    from bot.adapters.case_files import intents, worked_cases, worked_scenarios
    from bot.adapters.policy_files import load_policy, located
    from bot.core.checks import problems
    from bot.services.completeness import whole_casebook
    from bot.services.ports import PolicyError

    tests = CHECKOUT / "tests/policy"
    try:
        loaded = load_policy(*policy_folders())
        casebook = whole_casebook(
            loaded,
            worked_cases(tests / "cases"),
            worked_scenarios(tests / "scenarios"),
            intents(CHECKOUT / "domain.yml"),
        )
    except PolicyError as error:
        return CheckedPolicy((str(error),))
    found = tuple(str(located(problem, *policy_folders())) for problem in problems(loaded))
    return CheckedPolicy(found, casebook)
