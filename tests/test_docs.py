"""What the documents say is there, is there: commands, paths, links, verbs, pages."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.web.app import create_app

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
TOP = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
PAGES = sorted(chain((CHECKOUT / name for name in TOP), (CHECKOUT / "docs").rglob("*.md")))

FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
SHOUHOU = re.compile(r"(?<![\w/])(?:\.venv/bin/)?shouhou ([a-z][a-z-]*)")
MAKE = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)
ADDRESS = re.compile(r"`(?:(?:GET|POST) )?(/[a-z][\w/.-]*)`")


def commands() -> set[str]:
    return set(getattr(get_command(app), "commands", {}))


def verbs() -> set[str]:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def addresses() -> set[str]:
    """What the application answers at, its description among it."""
    application = create_app(secret="for nobody: nothing is served here")
    return {*application.openapi()["paths"], *filter(None, [application.openapi_url])} | {
        path for route in application.routes if (path := getattr(route, "path", ""))
    }


def told_paths(text: str) -> Iterator[str]:
    """Each path in backticks in a table, up to what the reader fills in."""
    rows = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    for told in CODE.findall(rows):
        if re.fullmatch(r"[\w./<>…-]+", told) and "/" in told and not told.startswith("/"):
            yield re.split(r"[…<]", told)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
class TestEveryPage:
    def test_its_links_lead_somewhere(self, page: Path):
        links = LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))

        places = [link.partition("#")[0] for link in links if not link.startswith("http")]
        assert [place for place in places if not (page.parent / place).exists()] == []

    def test_its_commands_exist(self, page: Path):
        text = page.read_text(encoding="utf-8")

        assert set(SHOUHOU.findall(text)) <= commands()
        assert set(MAKE.findall(text)) <= verbs()


def test_every_command_is_explained():
    explained = (CHECKOUT / "docs/tasks/commands.md").read_text(encoding="utf-8")

    assert commands() == set(SHOUHOU.findall(explained))


def test_every_path_of_the_readmes_tables_exists():
    paths = list(told_paths(README))

    assert len(paths) > 5
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []


def test_every_address_of_the_readme_answers():
    told = set(ADDRESS.findall(README))

    assert told
    assert told <= addresses()


@pytest.mark.parametrize("folder", ["docs/decisions", "docs/tasks"])
def test_every_page_of_a_folder_is_listed_in_its_readme(folder):
    listed = LINK.findall((CHECKOUT / folder / "README.md").read_text(encoding="utf-8"))

    there = {page.name for page in (CHECKOUT / folder).glob("*.md")} - {"README.md"}
    assert set(listed) == there


def test_the_advice_that_the_readme_shows_has_the_labels_of_the_command():
    shown = (CHECKOUT / "bot/commands/deciding.py").read_text(encoding="utf-8")
    (transcript,) = (fence for fence in FENCED.findall(README) if "shouhou advise" in fence)

    labels = re.findall(r"^(\S{2,3}) {2,}\S", transcript, re.MULTILINE)

    assert {"结论", "依据", "出处", "回复"} <= set(labels)
    assert [label for label in labels if f'_line("{label}"' not in shown] == []
