"""The house keeps its own rules (tests/house.py), and the rules catch what they are for."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.house import (
    LONGER,
    LONGEST_FUNCTION,
    LONGEST_MODULE,
    docstring_findings,
    impure_findings,
    layer_findings,
    old_python_findings,
    one_library_findings,
    size_findings,
    word_findings,
)

CHECKOUT = Path(__file__).resolve().parents[1]


def sources(*patterns: str) -> list[tuple[str, str]]:
    """Path and text of each Python file; a room that is not there yet has none."""
    files = (file for pattern in patterns for file in sorted(CHECKOUT.glob(pattern)))
    return [(file.relative_to(CHECKOUT).as_posix(), file.read_text("utf-8")) for file in files]


OURS = ("bot/**/*.py", "actions/**/*.py")


def house_files() -> list[tuple[str, str]]:
    """Path and text of everything that is, or would be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a checkout of git, so there is no list of its files")
    paths = [path for path in listed.stdout.split("\0") if path and (CHECKOUT / path).is_file()]
    return [(path, (CHECKOUT / path).read_text("utf-8", errors="replace")) for path in paths]


def test_every_room_imports_only_what_it_may():
    findings = [f for path, text in sources(*OURS) for f in layer_findings(path, text)]

    assert not findings, "\n".join(findings)


def test_an_adapter_uses_one_library():
    findings = [
        f
        for path, text in sources("bot/adapters/**/*.py")
        for f in one_library_findings(path, text)
    ]

    assert not findings, "\n".join(findings)


def test_the_core_has_no_clock_and_touches_nothing_outside():
    findings = [
        f for path, text in sources("bot/core/**/*.py") for f in impure_findings(path, text)
    ]

    assert not findings, "\n".join(findings)


def test_modules_and_functions_stay_within_their_budgets():
    findings = [f for path, text in sources(*OURS) for f in size_findings(path, text)]

    assert not findings, "\n".join(findings)


def test_every_module_says_what_it_decides():
    findings = [f for path, text in sources(*OURS) for f in docstring_findings(path, text)]

    assert not findings, "\n".join(findings)


def test_what_rasas_python_runs_keeps_to_its_grammar():
    theirs = sources("bot/language/**/*.py", "bot/nlu/**/*.py", "envs/rasa/*.py")

    findings = [f for path, text in theirs for f in old_python_findings(path, text)]

    assert not findings, "\n".join(findings)


def test_no_file_names_a_place_of_one_machine_or_a_package_source():
    findings = [f for path, text in house_files() for f in word_findings(path, text)]

    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-static"])
def test_every_wanted_package_is_pinned_with_its_hash_and_django_stays_out(name):
    wanted = set(re.findall(r"^([a-z][\w.-]*)", (CHECKOUT / f"{name}.in").read_text(), re.M))
    lock = (CHECKOUT / f"{name}.txt").read_text(encoding="utf-8")

    pinned = re.findall(r"^([a-z][\w.-]*)==[^\\]+\\\n    --hash=sha256:", lock, re.MULTILINE)

    assert {one.replace(".", "-") for one in wanted} <= set(pinned)
    assert len(pinned) == len(re.findall(r"^\w", lock, re.MULTILINE))
    assert "django" not in pinned


def test_the_console_script_that_setup_writes_is_the_one_the_project_declares():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["shouhou"].partition(":")

    assert f"from {module} import {function}" in (CHECKOUT / "envs/setup").read_text("utf-8")


def test_an_exception_from_the_budgets_names_something_that_is_there():
    gone = [entry for entry in LONGER if not (CHECKOUT / entry.partition(":")[0]).exists()]

    assert not gone


# ---- the rules catch what they are for ----


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/core/desk.py", "import sqlalchemy"),
        ("bot/core/desk.py", "import time"),
        ("bot/core/desk.py", "from pathlib import Path"),
        ("bot/core/desk.py", "from bot.services import ports"),
        ("bot/core/desk.py", "from bot import wiring"),
        ("bot/core/desk.py", "from ..services.ports import Orders"),
        ("bot/core/desk.py", "def late():\n    import os"),
        ("bot/language/dates.py", "from bot.core.days import days_between"),
        ("bot/nlu/ruler.py", "from bot.core.facts import Fact"),
        ("bot/services/desk.py", "from bot.adapters.orders_sql import OrdersSql"),
        ("bot/services/desk.py", "import httpx"),
        ("bot/adapters/orders_sql.py", "from bot.services.desk import Desk"),
        ("bot/adapters/orders_sql.py", "import fastapi"),
        ("bot/web/app.py", "from bot.adapters import orders_sql"),
        ("bot/web/app.py", "import sqlalchemy.orm"),
        ("bot/cli.py", "from ruamel.yaml import YAML"),
        ("bot/wiring/parts.py", "from bot.web.app import create_app"),
        ("actions/propose_reply.py", "from bot.adapters.schema import orders"),
        ("actions/propose_reply.py", "from tests.fakes import FakeOrders"),
        ("bot/helpers.py", ""),
    ],
)
def test_a_forbidden_import_is_found(path, source):
    assert list(layer_findings(path, source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/core/desk.py", "from datetime import date\nfrom decimal import Decimal"),
        ("bot/core/desk.py", "from .facts import Fact\nfrom . import money"),
        (
            "bot/nlu/ruler.py",
            "from rasa.engine.graph import GraphComponent\nimport bot.language.text",
        ),
        ("bot/services/desk.py", "import threading\nfrom bot.core.facts import Fact"),
        ("bot/adapters/orders_sql.py", "import sqlalchemy\nfrom bot.services import ports"),
        ("bot/wiring/parts.py", "from bot.adapters import orders_sql"),
        ("actions/propose_reply.py", "from bot import wiring\nfrom actions.cards import card"),
        ("bot/__init__.py", ""),
        ("bot/core/__init__.py", "from .facts import Fact"),
    ],
)
def test_an_allowed_import_is_left_alone(path, source):
    assert list(layer_findings(path, source)) == []


def test_a_finding_is_one_line_that_names_file_and_line():
    (finding,) = layer_findings("bot/nlu/ruler.py", "import re\n\nimport yaml\n")

    assert (
        finding
        == "bot/nlu/ruler.py:3: bot.nlu may not import yaml; it may: gensim, numpy, rasa, scipy, sklearn, tensorflow"
    )


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import httpx\nimport openpyxl", 1),
        ("import sqlalchemy\nimport psycopg\nimport structlog\nimport json", 0),
    ],
)
def test_an_adapter_with_two_libraries_is_found(source, count):
    assert len(list(one_library_findings("bot/adapters/x.py", source))) == count


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\nnow = datetime.datetime.now()",
        "from datetime import date\nday = date.today()",
        "from datetime import datetime\nclock = datetime.utcnow",
        "text = open('orders.csv')",
        "print('hello')",
    ],
)
def test_a_clock_or_a_file_in_the_core_is_found(source):
    assert len(list(impure_findings("bot/core/x.py", source))) == 1


def test_a_day_that_is_merely_called_today_is_no_clock():
    assert list(impure_findings("bot/core/x.py", "late = case.today - order.paid_on")) == []


@pytest.mark.parametrize(("lines", "found"), [(LONGEST_MODULE, 0), (LONGEST_MODULE + 1, 1)])
def test_a_module_one_line_too_long_is_found(lines, found):
    assert len(list(size_findings("bot/core/x.py", "x = 1\n" * lines))) == found


@pytest.mark.parametrize(("lines", "found"), [(LONGEST_FUNCTION, 0), (LONGEST_FUNCTION + 1, 1)])
def test_a_function_one_line_too_long_is_found_its_docstring_apart(lines, found):
    function = 'def f():\n    """What it does.\n\n    And why.\n    """\n' + "    x = 1\n" * (
        lines - 1
    )

    assert len(list(size_findings("bot/core/x.py", function))) == found


def test_a_module_without_a_docstring_is_found():
    assert list(docstring_findings("bot/core/x.py", "x = 1"))
    assert not list(docstring_findings("bot/core/x.py", '"""What is due."""'))


def test_grammar_newer_than_rasas_python_is_found():
    assert list(old_python_findings("bot/nlu/x.py", "type Spans = list[int]"))
    assert not list(old_python_findings("bot/nlu/x.py", "match 1:\n    case _:\n        pass"))


@pytest.mark.parametrize(
    ("path", "line", "found"),
    [
        ("README.md", "cd /root/shop", 1),
        ("envs/train", "/home/li/.pyenv/versions/3.10.13", 1),
        ("envs/setup", "~/.pyenv/versions", 0),
        ("docs/tasks/page.md", "open /api/v1/work/orders", 0),
        ("requirements.txt", "--index-url https://mirror.example/simple", 1),
        ("README.md", "http://127.0.0.1:8080", 0),
    ],
)
def test_a_word_that_does_not_belong_is_found(path, line, found):
    assert len(list(word_findings(path, line))) == found
