"""What stands outside the policy by a case's name: its worked cases, conversations and intent."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bot.adapters.policy_shapes import DomainShape
from bot.adapters.yaml_files import load

# Counted, not read: parsing them all would take longer than all the rest of check-policy.
_CASE = re.compile(r"^ *- name:", re.MULTILINE)
_SCENARIO = re.compile(r"^ *case: *(\w+)", re.MULTILINE)
_SUFFIX = ".cases.yml"


def worked_cases(folder: Path) -> Mapping[str, int] | None:
    """How many worked cases each playbook has; ``None`` where there is no such folder."""
    if not folder.is_dir():
        return None
    return {
        path.name.removesuffix(_SUFFIX): len(_CASE.findall(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob(f"*{_SUFFIX}"))
    }


def worked_scenarios(folder: Path) -> Mapping[str, int] | None:
    """How many worked conversations each case has; ``None`` where there is no such folder."""
    if not folder.is_dir():
        return None
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml")))
    return Counter(case for text in texts for case in _SCENARIO.findall(text))


def intents(domain: Path) -> frozenset[str]:
    """The intents that Rasa knows.

    Raises:
        PolicyError: the domain cannot be read.
    """
    return frozenset(load(domain, DomainShape).intents)
