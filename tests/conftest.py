"""What tests of every room share: the real browser, database and Rasa, each left out only with a reason."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
ON_RASAS_PYTHON = find_spec("rasa") is not None
FOR_RASAS_PYTHON = re.compile(r"^\s*(?:import|from) (?:rasa\b|bot\.nlu\b)", re.MULTILINE)
CHROMIUM_OPTIONS = (
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Of tests/nlu, leave out the files that the other Python runs: those that import Rasa run on Rasa's."""
    if collection_path.suffix != ".py" or collection_path.parent != CHECKOUT / "tests/nlu":
        return None
    text = collection_path.read_text(encoding="utf-8")
    return True if bool(FOR_RASAS_PYTHON.search(text)) != ON_RASAS_PYTHON else None


def missing(what: str, mend: str) -> None:
    """Skip this test with a plain reason; where nothing may be left out, fail."""
    reason = f"{what} is missing: {mend}"
    if os.environ.get("CI") or os.environ.get("SHOUHOU_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def rasa_python() -> Path:
    """The Python that has Rasa."""
    python = CHECKOUT / "envs/rasa/.venv/bin/python"
    if not python.exists():
        missing("Rasa's environment", "make install")
    return python


@pytest.fixture(scope="session")
def model(rasa_python: Path) -> Path:
    """The trained model of this checkout."""
    path = CHECKOUT / "models/shouhou.tar.gz"
    if not path.exists():
        missing("the trained model", "make train")
    return path


@pytest.fixture(scope="session")
def rasa_url(model: Path) -> Iterator[str]:
    """A Rasa with the trained model, one for all tests."""
    from bot.adapters.rasa_process import RasaFiles, RasaProcess

    log = Path(tempfile.mkdtemp(prefix="shop-rasa-")) / "rasa.log"
    rasa = RasaProcess(RasaFiles(CHECKOUT, model, log))
    rasa.start()
    yield rasa.url
    rasa.stop()
    shutil.rmtree(log.parent)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright.

    One a module, and no async tests in that module: while Playwright runs, this thread counts as having an event
    loop of its own, and asyncio refuses to start a second.
    """
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        missing("Chromium", "apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    sandbox = () if os.geteuid() else ("--no-sandbox",)  # root's Chromium refuses to start in one
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=executable, args=[*CHROMIUM_OPTIONS, *sandbox]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """An empty page of somebody who reads Chinese, without cookies of an earlier test."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """A PostgreSQL for these tests alone, reached through a socket in this folder; gone afterwards."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    initdb = shutil.which("initdb", path=os.pathsep.join([*map(str, programs[::-1]), os.defpath]))
    if initdb is None:
        missing("PostgreSQL", "apt-get install postgresql")
    # A short path of its own: pytest's folders are closed to other users and too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="shop-pg-"))
    user = None if os.geteuid() else "postgres"  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(Path(initdb or "").with_name(program)), "-D", f"{folder}/data", *arguments]
        log = folder / f"{program}.log"
        with log.open("ab") as output:
            done = subprocess.run(command, user=user, cwd=folder, stdout=output, stderr=output)
        assert done.returncode == 0, log.read_text(encoding="utf-8")

    settings = f"-F -k {folder} -c listen_addresses=''"
    run("initdb", "-U", "shop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    run("pg_ctl", "-w", "-o", settings, "start")
    yield folder
    run("pg_ctl", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


_databases = count(1)


@pytest.fixture
def postgres_url(postgres_server: Path) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that is this test's own."""
    import psycopg

    name = f"shop_{next(_databases)}"
    with psycopg.connect(
        host=str(postgres_server), user="shop", dbname="postgres", autocommit=True
    ) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://shop@/{name}?host={postgres_server}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def pytest_report_header() -> str:
    return (
        f"python for {'Rasa' if ON_RASAS_PYTHON else 'the application'}: {sys.version.split()[0]}"
    )
