"""`learn`: what a shop's own chats taught, before and after, and whether it was published."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.screen import print_json, print_tables
from bot.services.learning import OWN, SHIPPED, Learned

STEPS = {
    "vectors": "学词义 learning words …",
    "train": "训练 training …",
    "compare": "与现用模型比较 comparing …",
}
NAMES = {OWN: "本店留出 the shop's own", SHIPPED: "随产品 shipped"}
GROUPS_SHOWN = 12


def learn(logs: Sequence[Path], as_json: bool) -> int:
    """Print the figures; 0 when it was published, 1 when it was worse and was not."""
    from bot import wiring

    console = Console(stderr=True)
    with console.status("读聊天记录 reading …") as status:

        def tell(step: str) -> None:
            status.update(STEPS[step])
            if not console.is_terminal:
                typer.echo(STEPS[step], err=True)

        found = wiring.learn(logs, tell)
    if as_json:
        print_json({**asdict(found), "published": found.version is not None})
    else:
        print_tables(_figures(found), _groups(found), _outcome(found))
    return 0 if found.version else 1


def _figures(found: Learned) -> Table:
    title = f"学了 {found.messages} 条消息、{found.examples} 条更正 learned"
    table = Table("held-out", "n", "top 1", "top 3", "mended", "spoilt", "p", title=title)
    for name, one in found.compared.items():
        table.add_row(
            NAMES[name],
            str(one.messages),
            f"{one.before:.1%} → {one.after:.1%}",
            f"{one.before_three:.1%} → {one.after_three:.1%}",
            str(one.mended),
            str(one.spoilt),
            f"{one.chance:.3f}",
        )
    return table


def _groups(found: Learned) -> Table:
    title = "没听懂的话，归成几类，请主管定名 not understood, for a reviewer"
    table = Table("n", "words", "nearest", "for example", title=title)
    for group in found.groups[:GROUPS_SHOWN]:
        # Text, because customers' own square brackets are no markup.
        examples = Text("\n".join(group.examples[:3]))
        table.add_row(str(group.messages), " ".join(group.words), group.near[0], examples)
    return table


def _outcome(found: Learned) -> str:
    if found.version:
        return f"已发布 published: {found.version}；重启 shouhou serve 后生效 restart to use it"
    return f"没有发布 not published: 在「{NAMES[found.worse]}」上变差了 it is worse there"
