"""What single shops decide otherwise, out of their packs."""

from collections.abc import Iterable
from pathlib import Path

from bot.adapters import policy_shapes as shapes
from bot.adapters.fact_files import read_facts
from bot.adapters.parameter_files import read_parameters
from bot.adapters.playbook_files import read_playbooks
from bot.adapters.policy_rooms import read_faq, read_scripts
from bot.adapters.yaml_files import fault_at, load
from bot.core.packs import Pack, overlay
from bot.core.policy import Policy


def read_shops(folder: Path, house: Policy) -> Iterable[tuple[str, Policy]]:
    """Each name of each shop, with the shop's policy."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*/pack.yml")):
        pack = load_pack(path.parent)
        if not load(path, shapes.PackShape).reviewed_by:
            raise fault_at(path, [], "还没有人审过，审过写上名字 review it", key="reviewed_by")
        policy = overlay(house, pack)
        for shop in pack.shops:
            if shop in seen:
                raise fault_at(
                    path, ["shops"], f"{shop} 已属于 {seen[shop]} is a shop of that pack"
                )
            seen[shop] = pack.name
            yield shop, policy


def load_pack(folder: Path) -> Pack:
    """What one shop decides otherwise, out of its folder.

    Raises:
        PolicyError: the first fault found, with file, line, key and mend.
    """
    shape = load(folder / "pack.yml", shapes.PackShape)
    return Pack(
        name=folder.name,
        shops=(folder.name, *shape.shops),
        approvers={str(kind): name for kind, name in shape.approvers.items()},
        parameters={p.name: p for p in read_parameters(folder / "parameters")},
        facts={f.name: f for f in read_facts(folder / "facts")},
        playbooks={p.id: p for p in read_playbooks(folder / "playbooks")},
        scripts=dict(read_scripts(folder / "scripts")),
        faq=read_faq(folder / "faq.yml"),
    )
