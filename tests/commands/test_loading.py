"""A shop's own wording is loaded by one command, into a pack that waits for review."""

import json
from pathlib import Path

import pytest

from bot.commands.loading import import_scripts

TEXT = """没收到网线
亲，网线是灰色的，折叠起来放在快递袋或盒子夹层，您再翻一翻好吗？
客户坚持要网线的，登记到补发记录里补发，顺便查发票。
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "话术.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_it_tells_how_many_were_placed_and_why_others_were_not(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_scripts(document, document.parent / "ours", as_json=False)

    told = capsys.readouterr().out
    assert "1 段已放入，待审" in told
    assert "1 段没有放入" in told
    assert "review.md" in told


def test_programs_get_the_same_as_json(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = document.parent / "ours"

    import_scripts(document, folder, as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert (told["folder"], told["placed"]) == (str(folder), 1)
    assert told["steps"] == ["missing_cable.look_again"]
    assert sum(told["left"].values()) == 1
    assert (folder / "scripts/missing_cable.yml").exists()
