"""Changes of the policy's files before they count: kept aside, tried as a whole, then put in place.

The files stay the truth: what is published is written to them, and whoever changes them by other
means is not overwritten.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.adapters.policy_files import load_checked
from bot.adapters.yaml_files import files
from bot.services.ports import PolicyError
from bot.services.ports.policy import (
    ChangedMeanwhile,
    Draft,
    NoSuchFile,
    NotWritable,
    Version,
)

POLICY, SCRIPTS = "bot/policy", "scripts_zh"
LONGEST = 60_000
"""Bytes of a file: several times the longest there is."""


class PolicyDrafts:
    """Implements ``ports.PolicyFiles``: those below one root.

    Args:
        root: the folder in which ``bot/policy`` and ``scripts_zh`` stand.
        kept: where drafts and former versions are kept.
    """

    def __init__(self, root: Path, kept: Path) -> None:
        self._root = root
        self._drafts = kept / "drafts.json"
        self._history = kept / "history"

    def names(self) -> list[str]:
        """All files, by their paths from the root."""
        found = [path for folder in (POLICY, SCRIPTS) for path in files(self._root / folder)]
        return sorted(str(path.relative_to(self._root)) for path in found)

    def text(self, name: str) -> str:
        """The file as it counts.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        if name not in self.names():
            raise NoSuchFile(name)
        return (self._root / name).read_text(encoding="utf-8")

    def texts(self) -> Mapping[str, str]:
        """All files as they count, by their paths from the root."""
        return {name: (self._root / name).read_text(encoding="utf-8") for name in self.names()}

    def drafts(self) -> Mapping[str, Draft]:
        """The changes that do not count yet, by file."""
        if not self._drafts.exists():
            return {}
        kept = json.loads(self._drafts.read_text(encoding="utf-8"))
        return {
            one["name"]: Draft(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in kept
        }

    def keep(self, name: str, text: str, by: str, at: datetime) -> None:
        """Keep a change aside; the file as it is takes the change back.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        text = text.replace("\r\n", "\n").rstrip() + "\n"
        now, drafts = self.text(name), dict(self.drafts())
        base = drafts[name].base if name in drafts else fingerprint(now)
        drafts.pop(name, None)
        if text != now:
            drafts[name] = Draft(name, text, base, by, at)
        self._write(drafts)

    def discard(self, name: str = "") -> None:
        """Forget the change of this file, or all."""
        self._write({n: d for n, d in self.drafts().items() if name and n != name})

    def check(self) -> None:
        """Read the policy as it would be.

        Raises:
            PolicyError: the first fault, with file, line, key and mend.
        """
        with self.trial() as root:
            try:
                load_checked(root / POLICY, root / SCRIPTS)
            except PolicyError as error:
                raise _at_home(error, root) from error

    @contextmanager
    def trial(self) -> Iterator[Path]:
        """A root as it would be with all changes, for as long as this lasts."""
        with tempfile.TemporaryDirectory(prefix="shouhou-policy-") as folder:
            root = Path(folder)
            for part in (POLICY, SCRIPTS):
                shutil.copytree(self._root / part, root / part)
            for draft in self.drafts().values():
                (root / draft.name).write_text(draft.text, encoding="utf-8")
            yield root

    def publish(self, by: str, at: datetime) -> Mapping[str, Version]:
        """Put all changes in place; what each replaced.

        Raises:
            PolicyError: the whole would be wrong; nothing is written.
            ChangedMeanwhile: a file is no longer the one that was changed; nothing is written.
            NotWritable: the files cannot be written here.
        """
        drafts = self.drafts()
        moved = [n for n, d in drafts.items() if fingerprint(self.text(n)) != d.base]
        if moved:
            raise ChangedMeanwhile(moved)
        self.check()
        done = {n: Version(at, by, self.text(n), d.text) for n, d in drafts.items()}
        try:
            for name, version in done.items():
                _replace(self._root / name, version.after)
        except OSError as error:
            raise NotWritable(str(error)) from error
        for name, version in done.items():
            self._remember(name, version)
        self._write({})
        return done

    def history(self, name: str) -> Sequence[Version]:
        """What the file was before, the latest first."""
        folder = self._history / fingerprint(name)
        kept = sorted(folder.glob("*.json"), reverse=True) if folder.exists() else []
        return [_version(path) for path in kept]

    def _remember(self, name: str, version: Version) -> None:
        folder = self._history / fingerprint(name)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        row = {"name": name, "at": version.at.isoformat(), "by": version.by}
        row |= {"before": version.before, "after": version.after}
        file = folder / f"{version.at:%Y%m%d%H%M%S%f}.json"
        file.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")

    def _write(self, drafts: Mapping[str, Draft]) -> None:
        self._drafts.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        rows = [
            {"name": d.name, "text": d.text, "base": d.base, "by": d.by, "at": d.at.isoformat()}
            for d in drafts.values()
        ]
        _replace(self._drafts, json.dumps(rows, ensure_ascii=False))


def _at_home(error: PolicyError, root: Path) -> PolicyError:
    """The same fault, told of the file that people know."""
    within = error.path.is_relative_to(root)
    path = error.path.relative_to(root) if within else error.path
    return PolicyError(path, error.line, error.key, error.mend)


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _version(path: Path) -> Version:
    row = json.loads(path.read_text(encoding="utf-8"))
    return Version(datetime.fromisoformat(row["at"]), row["by"], row["before"], row["after"])


def _replace(file: Path, text: str) -> None:
    """All of it or nothing: nobody reads half a file."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
