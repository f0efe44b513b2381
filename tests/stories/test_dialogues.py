"""Rasa understands worked dialogues and answers each message with the right action."""

import os
import subprocess
from pathlib import Path

from ruamel.yaml import YAML

HERE = Path(__file__).parent
TROUBLES = {
    "happy_path",
    "corrections",
    "cancellations",
    "digressions",
    "handover",
    "unclear",
}
ENOUGH = 25
SECONDS = 120


def test_there_are_dialogues_for_each_kind_of_trouble():
    counted = {
        path.parent.name: len(YAML(typ="safe").load(path.read_text(encoding="utf-8"))["stories"])
        for path in HERE.glob("*/test_*.yml")
    }

    assert counted.keys() == TROUBLES
    assert sum(counted.values()) >= ENOUGH


def test_every_message_gets_the_right_intent_and_action(
    checkout: Path, rasa_python: Path, model: Path, tmp_path: Path
):
    said = run_rasa_test(checkout, rasa_python, model, tmp_path)

    failed = tmp_path / "failed_test_stories.yml"
    assert failed.exists(), said
    wrong = YAML(typ="safe").load(failed.read_text(encoding="utf-8"))
    assert not (wrong or {}).get("stories"), failed.read_text(encoding="utf-8")


def run_rasa_test(checkout: Path, rasa_python: Path, model: Path, results: Path) -> str:
    """Let Rasa play all dialogues with the model; what it writes goes to ``results``."""
    command = [rasa_python, "-m", "rasa", "test", "core", "--e2e", "--no-plot"]
    command += ["--stories", HERE, "--model", model, "--out", results]
    quiet = {
        "PYTHONPATH": str(checkout),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "LOG_LEVEL": "WARNING",
    }
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=checkout,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return ran.stdout[-2000:] + ran.stderr[-4000:]
