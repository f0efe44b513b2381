"""Changes of the policy's files before they count: kept aside, tried as a whole, then put in place.

The files stay the truth: what is published is written to them, and whoever changes them by other
means is not overwritten.
"""

import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.adapters.policy_files import load_policy, located
from bot.adapters.yaml_files import files
from bot.core.checks import problems
from bot.services.ports import PolicyError
from bot.services.ports.policy import (
    ChangedMeanwhile,
    Draft,
    NoSuchFile,
    NotWritable,
    Version,
)

POLICY, SCRIPTS = "bot/policy", "scripts_zh"
PACKS = f"{POLICY}/shops"
_OWN = re.compile(rf"({PACKS}/[a-z0-9_]+)/(faq|parameters/[a-z0-9_]+|scripts/[a-z0-9_]+)\.yml")
"""What a shop may come to have of its own."""
_NAME = re.compile(rf"({POLICY}|{SCRIPTS})(/[\w-]+)+\.yml")
_LOCK = threading.RLock()
"""Two leads in two tabs: one change is kept after the other."""


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
        """The file as it counts; empty where it is one that may come to be.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        own = _OWN.fullmatch(name)
        if own and (self._root / own[1] / "pack.yml").exists():
            path = self._root / name
            return path.read_text(encoding="utf-8") if path.exists() else ""
        if not _NAME.fullmatch(name) or not (self._root / name).is_file():
            raise NoSuchFile(name)
        return (self._root / name).read_text(encoding="utf-8")

    def wanted(self, name: str) -> str:
        """The file as somebody wants it; as it counts where nobody wants it otherwise.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        draft = self.drafts().get(name)
        return draft.text if draft else self.text(name)

    def drafts(self) -> Mapping[str, Draft]:
        """The changes that do not count yet, by file."""
        if not self._drafts.exists():
            return {}
        return {row["name"]: Draft(**_timed(row)) for row in _read(self._drafts)}

    def keep(self, name: str, text: str, by: str, at: datetime, seen: str | None = None) -> None:
        """Keep a change aside; the file as it is takes the change back.

        Args:
            seen: the text that was changed; as it is now where it was not looked at long ago.

        Raises:
            NoSuchFile: it is none of the policy's.
            ChangedMeanwhile: what was seen is no longer what is wanted.
        """
        with _LOCK:
            now, drafts = self.text(name), dict(self.drafts())
            if seen is not None and _tidy(seen) != _tidy(self.wanted(name)):
                raise ChangedMeanwhile([name])
            text = _tidy(text)
            before = drafts[name].before if name in drafts else now
            drafts.pop(name, None)
            if text != _tidy(now):
                drafts[name] = Draft(name, text, before, by, at)
            self._write(drafts)

    def adopt(self, name: str) -> None:
        """Let the change be one of the file as it is now, whatever was changed."""
        with _LOCK:
            draft = self.drafts().get(name)
            if draft:
                self.discard(name)
                self.keep(name, draft.text, draft.by, draft.at)

    def discard(self, name: str = "") -> None:
        """Forget the change of this file, or all."""
        with _LOCK:
            self._write({n: d for n, d in self.drafts().items() if name and n != name})

    def moved(self) -> list[str]:
        """The files that are no longer the ones that were changed."""
        return [name for name, draft in self.drafts().items() if self._now(name) != draft.before]

    def _now(self, name: str) -> str:
        """The file as it counts; empty where it is gone."""
        with suppress(NoSuchFile):
            return self.text(name)
        return ""

    def faults(self) -> list[PolicyError]:
        """What would be wrong with all changes, each with file, line, key and mend."""
        with self.trial() as root:
            folders = root / POLICY, root / SCRIPTS
            try:
                found = list(problems(load_policy(*folders)))
            except PolicyError as error:
                return [_at_home(error, root)]
            return [_at_home(located(problem, *folders), root) for problem in found]

    @contextmanager
    def trial(self) -> Iterator[Path]:
        """A root as it would be with all changes, for as long as this lasts."""
        with tempfile.TemporaryDirectory(prefix="shouhou-policy-") as folder:
            root = Path(folder)
            for part in (POLICY, SCRIPTS):
                shutil.copytree(self._root / part, root / part)
            for draft in self.drafts().values():
                _put(root / draft.name, draft.text)
            yield root

    def publish(self, by: str, at: datetime) -> list[Version]:
        """Put all changes in place; what each replaced.

        Raises:
            PolicyError: the whole would be wrong; nothing is written.
            ChangedMeanwhile: a file is no longer the one that was changed; nothing is written.
            NotWritable: the files cannot be written here; nothing is changed.
        """
        with _LOCK:
            if moved := self.moved():
                raise ChangedMeanwhile(moved)
            for fault in self.faults():
                raise fault
            done = [
                Version(_version_id(d.name, at), d.name, at, by, d.before, d.text)
                for d in self.drafts().values()
            ]
            try:
                for version in done:  # first, so that nothing is replaced without a copy
                    _write_json(self._history / f"{version.id}.json", asdict(version))
                self._replace_all(done)
            except OSError as error:
                for version in done:
                    (self._history / f"{version.id}.json").unlink(missing_ok=True)
                raise NotWritable(error.strerror or str(error)) from error
            self._write({})
            return done

    def _replace_all(self, versions: Sequence[Version]) -> None:
        """All files or none."""
        written: list[Version] = []
        try:
            for version in versions:
                written.append(version)
                _place(self._root / version.name, version.after)
        except OSError:
            for version in written:
                with suppress(OSError):
                    _place(self._root / version.name, version.before)
            raise

    def locked(self) -> bool:
        """Whether the files can only be read here."""
        folders = {(self._root / name).parent for name in self.names()}
        return not all(os.access(folder, os.W_OK) for folder in folders)

    def history(self, name: str = "") -> list[Version]:
        """What was published of this file, or of all, the latest first."""
        pattern = f"*-{fingerprint(name)}.json" if name else "*.json"
        kept = sorted(self._history.glob(pattern), reverse=True)
        return [Version(**_timed(_read(path))) for path in kept]

    def _write(self, drafts: Mapping[str, Draft]) -> None:
        _write_json(self._drafts, [asdict(draft) for draft in drafts.values()])


def _at_home(error: PolicyError, root: Path) -> PolicyError:
    """The same fault, told of the file that people know."""
    within = error.path.is_relative_to(root)
    path = error.path.relative_to(root) if within else error.path
    return PolicyError(path, error.line, error.key, error.mend)


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _tidy(text: str) -> str:
    """As a file ends; empty where there is nothing."""
    text = text.replace("\r\n", "\n").rstrip()
    return f"{text}\n" if text else ""


def _version_id(name: str, at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S%f}-{fingerprint(name)}"


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _timed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "at": datetime.fromisoformat(row["at"])}


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _place(path, json.dumps(content, ensure_ascii=False, default=datetime.isoformat))


def _place(file: Path, text: str) -> None:
    """All of the text or nothing: nobody reads half a file; without a text the file goes."""
    if not text:
        file.unlink(missing_ok=True)
        return
    beside = file.with_name(f".{file.name}.new")
    _put(beside, text)
    beside.replace(file)


def _put(file: Path, text: str) -> None:
    if not text:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
