"""The application on a small shop, for tests that knock at its doors."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import wiring
from bot.adapters.policy_store import PolicyStore
from bot.services.words import Words
from bot.web.app import create_app
from tests.web.browsers import SECRET, sign_in
from tests.web.fake_shop import HandReader, new_shop, shop

HERE = ("127.0.0.1", 50000)


def knocking_at(app: FastAPI, caller: tuple[str, int] = HERE) -> TestClient:
    """A caller who sees what a browser would, also where something broke."""
    return TestClient(app, client=caller, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def policy() -> PolicyStore:
    """The shop's real rules and wording, read once."""
    return wiring.policy_store()


@pytest.fixture(scope="session")
def words() -> Words:
    return Words()


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_shop(tmp_path_factory.mktemp("shop") / "shop.db")


@pytest.fixture
def reader() -> HandReader:
    return HandReader()


@pytest.fixture
def parts(
    shop_file: Path, tmp_path: Path, reader: HandReader, policy: PolicyStore, words: Words
) -> Iterator[wiring.Serving]:
    file = shutil.copy(shop_file, tmp_path / "shop.db")
    with shop(file, reader, policy, words) as running:
        yield running


@pytest.fixture
def application(parts: wiring.Serving) -> FastAPI:
    return create_app(parts, called_as=["testserver"], secret=SECRET)


@pytest.fixture
def stranger(application: FastAPI) -> Iterator[TestClient]:
    """Somebody who has not signed in."""
    with knocking_at(application) as knocking:
        yield knocking


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """An agent who has signed in."""
    return sign_in(stranger, "小周")


@pytest.fixture
def browsers(application: FastAPI) -> Iterator[Callable[[str], TestClient]]:
    """Gives each person a browser of their own."""

    def of(name: str) -> TestClient:
        return sign_in(knocking_at(application), name)

    with knocking_at(application):
        yield of
