"""Writes a shop's proposed wording as a pack that nobody has reviewed yet, with the list for the
review.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from errno import EEXIST
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from bot.core.placing import Proposal, Proposals
from bot.core.policy import Policy
from bot.core.recognition import Recognised

_PACK = """\
# 审过 scripts/ 和 review.md 以后，写上是谁审的，再把整个文件夹放到 bot/policy/shops：
# reviewed_by: 店长
"""
_WIDE = 4096


def write_pack(folder: Path, title: str, found: Proposals, policy: Policy) -> None:
    """The pack, its wording, and ``review.md``.

    Raises:
        FileExistsError: the folder holds a pack already, which may have been reviewed.
    """
    if (folder / "pack.yml").exists():
        what = "里面已有一套，请换个文件夹 it holds a pack, name another folder"
        raise FileExistsError(EEXIST, what, str(folder))
    (folder / "scripts").mkdir(parents=True, exist_ok=True)
    _write(folder / "pack.yml", {"title": title, "shops": []}, _PACK)
    for case, steps in found.scripts.items():
        wording = {step: list(texts) for step, texts in steps.items()}
        title = policy.playbooks[case].title
        _write(folder / f"scripts/{case}.yml", wording, f"# {title}\n")
    (folder / "review.md").write_text("\n".join(_review(found, policy)) + "\n", encoding="utf-8")


def as_yaml(content: Sequence[Mapping[str, object]]) -> str:
    """The list as the policy's files write one."""
    yaml, text = YAML(), StringIO()
    yaml.width = _WIDE
    yaml.dump([dict(one) for one in content], text)
    return text.getvalue()


def _write(path: Path, content: Mapping[str, object], comment: str) -> None:
    yaml = YAML()
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    with path.open("w", encoding="utf-8") as file:
        file.write(comment)
        yaml.dump(dict(content), file)


def _review(found: Proposals, policy: Policy) -> Iterator[str]:
    yield "# 审核表"
    yield f"\n## 已放入 scripts/，待审（{len(found.placed)}）\n"
    yield from _table(found.placed, policy)
    yield f"\n## 没有放入（{len(found.left)}）\n"
    yield from _table(found.left, policy)


def _table(proposals: Sequence[Proposal], policy: Policy) -> Iterable[str]:
    yield "| 出处 | 原话 | 规程、步骤 | 把握 | 其次 | 要改什么 |"
    yield "|---|---|---|---|---|---|"
    for one in proposals:
        cells = [
            one.where,
            one.text,
            _named(one.best, policy),
            f"{one.best.confidence:.0%}",
            f"{_named(one.second, policy)} {one.second.confidence:.0%}",
            one.mend or "对照步骤看一遍",
        ]
        yield f"| {' | '.join(' '.join(c.replace('|', '／').split()) for c in cells)} |"


def _named(one: Recognised, policy: Policy) -> str:
    playbook = policy.playbooks[one.playbook]
    step = playbook.step(one.step)
    return f"{playbook.title}：{step.title if step else ''}（{one.playbook}.{one.step}）"
