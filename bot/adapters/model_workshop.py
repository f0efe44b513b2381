"""Makes models beside the one in use: Rasa's environment trains, this side keeps the versions."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any

from bot.adapters.context_file import beside
from bot.core.chat_history import ChatHistory, Example, Group, as_lines
from bot.core.moments import SHANGHAI
from bot.services.ports import TrainingFailed

HISTORY_SETTING = "SHOUHOU_HISTORY"
CURRENT = "current"
ABOUT = "about.json"


class ModelWorkshop:
    """Implements ``learning.Workshop`` in a checkout.

    Args:
        checkout: where ``envs/train`` and Rasa's environment are.
        model: the model in use; the histories lie beside it, one folder a version.
    """

    def __init__(self, checkout: Path, model: Path) -> None:
        self._checkout = checkout
        self._model = model
        self._histories = model.parent / "history"

    def new_history(self, history: ChatHistory, kept: Sequence[Example]) -> Path:
        self._histories.mkdir(parents=True, exist_ok=True)
        folder = Path(mkdtemp(prefix=".new.", dir=self._histories))
        _write(folder / "messages.txt", history.messages)
        _write(folder / "replies.txt", history.replies)
        _write(folder / "corrections.jsonl", list(as_lines(kept)))
        self._python("bot.nlu.vectors", folder)
        return folder

    def train(self, history: Path) -> Path:
        made = history / "model" / self._model.name
        self._run(
            [str(self._checkout / "envs/train"), "--force", "--to", str(made)],
            {HISTORY_SETTING: str(history)},
        )
        return made

    def in_use(self) -> Path:
        return self._model

    def rankings(self, model: Path, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        with NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
            file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
            file.flush()
            answers = self._python("bot.nlu.judge", model, Path(file.name))
        return [[(name, share) for name, share in json.loads(line)] for line in answers]

    def groups(self, history: Path, model: Path) -> list[Group]:
        lines = self._python("bot.nlu.clusters", history, model)
        return [_group(json.loads(line)) for line in lines]

    def publish(self, history: Path, model: Path, about: dict[str, Any]) -> str:
        version = f"{datetime.now(SHANGHAI):%Y-%m-%dT%H%M%S}"
        about = {"version": version, **about}
        (history / ABOUT).write_text(
            json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for made in (beside(model), model.with_name(model.name + ".inputs"), model):
            made.replace(self._model.with_name(made.name))
        shutil.rmtree(model.parent)
        history.rename(self._histories / version)
        self._point_to(version)
        return version

    def discard(self, history: Path, model: Path) -> None:
        shutil.rmtree(history)

    def _point_to(self, version: str) -> None:
        """Name the version in use; a reader sees the one before or the new one, never none."""
        pointer = self._histories / f".{version}"
        pointer.symlink_to(version, target_is_directory=True)
        pointer.replace(self._histories / CURRENT)

    def _python(self, module: str, *arguments: Path) -> list[str]:
        python = self._checkout / "envs/rasa/.venv/bin/python"
        command = [str(python), "-W", "ignore", "-m", module, *map(str, arguments)]
        return self._run(command, {}).splitlines()

    def _run(self, command: list[str], settings: dict[str, str]) -> str:
        done = subprocess.run(
            command,
            cwd=self._checkout,
            env={
                **os.environ,
                **settings,
                "PYTHONPATH": str(self._checkout),
                "CUDA_VISIBLE_DEVICES": "",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-5:]
            raise TrainingFailed("\n".join([f"{' '.join(command[:4])}:", *last]))
        return done.stdout


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _group(told: dict[str, Any]) -> Group:
    lists = {name: tuple(told[name]) for name in ("words", "examples", "near")}
    return Group(told["messages"], **lists)
