"""A checkout whose Rasa is a small program of ours: as quick to start and as easy to kill as a test needs."""

import shutil
import sys
from pathlib import Path

from bot.adapters.rasa_process import RasaFiles

RUNNER = '''
"""Answers like Rasa, ends with its parent like envs/rasa/serve.py, and writes down how it was started."""
import json, os, sys, threading
from pathlib import Path

sys.path.insert(0, {tests_parent!r})
from tests.fake_rasa import FakeRasa, parsed

here = Path(__file__).parent
with (here / "starts.jsonl").open("a") as starts:
    print(json.dumps({{"pid": os.getpid(), "argv": sys.argv[1:], "env": dict(os.environ)}}), file=starts)
if (here / "broken").exists():
    sys.exit("no such component: bot.nlu.Nothing")
port = int(sys.argv[sys.argv.index("--port") + 1])
fake = FakeRasa(lambda text: parsed(text, ("greet", 0.9)), port)
fake.__enter__()
while os.read(0, 1024):
    pass
os._exit(0)
'''


def fake_checkout(folder: Path) -> RasaFiles:
    """A checkout in this folder, complete enough for RasaProcess."""
    python = folder / "envs/rasa/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    here = str(Path(__file__).resolve().parents[1])
    runner = folder / "envs/rasa/serve.py"
    runner.write_text(RUNNER.format(tests_parent=here), encoding="utf-8")
    model = folder / "models/shouhou.tar.gz"
    model.parent.mkdir()
    model.touch()
    staff = folder / "bot/policy/demo/staff.yml"
    staff.parent.mkdir(parents=True)
    shutil.copy(Path(here) / "bot/policy/demo/staff.yml", staff)
    return RasaFiles(folder, model, folder / "var/log/rasa.log")
