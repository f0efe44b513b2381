"""The shop's policy out of its files, its shops' packs among them, checked as one whole."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from bot.adapters.fact_files import read_facts
from bot.adapters.guard_file import FILE as GUARD_FILE
from bot.adapters.guard_file import load_guard
from bot.adapters.pack_files import load_pack, read_shops
from bot.adapters.parameter_files import read_calendar, read_parameters
from bot.adapters.playbook_files import read_playbooks
from bot.adapters.policy_rooms import (
    read_casebook,
    read_documents,
    read_duties,
    read_registers,
    read_scripts,
)
from bot.adapters.practice_files import read_drills, read_manners, read_practices
from bot.adapters.yaml_files import fault, files, line_of
from bot.core.casebook import Row
from bot.core.checks import Problem, problems
from bot.core.packs import overlay
from bot.core.parameters import Figures
from bot.core.policy import Policy
from bot.core.practice import Practice
from bot.core.scripts import Scripts
from bot.services.ports import PolicyError


def load_policy(policy: Path, scripts: Path) -> Policy:
    """Read all files below the two folders, the shops' packs among them.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    casebook = tuple(read_casebook(policy / "casebook.yml"))
    house = Policy(
        figures=Figures(
            {p.name: p for p in read_parameters(policy / "parameters")},
            read_calendar(policy / "calendar.yml"),
        ),
        facts={f.name: f for f in read_facts(policy / "facts")},
        playbooks={p.id: p for p in read_playbooks(policy / "playbooks")},
        scripts=Scripts(dict(read_scripts(scripts))),
        registers={r.name: r for r in read_registers(policy / "registers.yml")},
        documents=read_documents(policy / "sources.yml"),
        duties=tuple(read_duties(policy / "duties.yml")),
        guard=load_guard(policy),
        practices=_in_order(read_practices(files(policy / "scenarios")), casebook),
        manners=read_manners(policy / "personas.yml"),
        drills=read_drills(policy / "drills.yml"),
        casebook=casebook,
    )
    return replace(house, shops=dict(read_shops(policy / "shops", house)))


def _in_order(practices: Iterable[Practice], casebook: Sequence[Row]) -> tuple[Practice, ...]:
    """As the casebook has their cases, which is how one learns them."""
    place = {row.id: number for number, row in enumerate(casebook)}
    return tuple(sorted(practices, key=lambda one: place.get(one.case, len(place))))


def load_checked(policy: Path, scripts: Path) -> Policy:
    """The policy, whole and consistent.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    loaded = load_policy(policy, scripts)
    for problem in problems(loaded):
        raise located(problem, policy, scripts)
    return loaded


def load_trial(policy: Path, scripts: Path, pack: Path) -> tuple[Policy, Policy]:
    """The policy of a shop as it is, and as this pack, wherever it lies, would make it.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    house = load_checked(policy, scripts)
    trial = overlay(replace(house, shops={}), load_pack(pack))
    for problem in problems(trial):
        raise located(problem, policy, scripts, pack)
    return replace(house.for_shop(trial.pack), shops={}), trial


def located(problem: Problem, policy: Path, scripts: Path, pack: Path | None = None) -> PolicyError:
    """The fault with its file and line; in the pack's own file where it has one."""
    path = _file_of(problem, policy, scripts)
    if pack or problem.pack:
        own = pack or policy / "shops" / problem.pack
        found = _file_of(problem, own, own / "scripts")
        path = found if found.exists() else path
    line = line_of(path, problem.place) if path.exists() else 1
    return fault(path, line, ".".join(map(str, problem.place)), problem.what)


def _file_of(problem: Problem, policy: Path, scripts: Path) -> Path:
    if problem.room in ("registers", "duties"):
        return policy / f"{problem.room}.yml"
    if problem.room == "guard":
        return policy / GUARD_FILE
    folder = scripts if problem.room == "scripts" else policy / problem.room
    if problem.room == "facts":  # a file holds many, each as a key of its own
        key = re.compile(rf"^{problem.name}:", re.MULTILINE)
        found = (path for path in files(folder) if key.search(path.read_text(encoding="utf-8")))
    else:
        found = (path for path in files(folder) if path.stem == problem.name)
    return next(found, folder / f"{problem.name}.yml")
