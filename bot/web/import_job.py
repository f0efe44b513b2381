"""One import of orders at a time, in a thread of its own, looked at while it runs."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from bot.core.tables import BrokenTable
from bot.services.order_columns import NotAnOrderExport
from bot.services.order_import import ImportReport, Progress

LOG = structlog.get_logger()
BROKEN = "导入时服务出错了，一条也没有收下，请再试一次；还不行请告诉技术。"

NOTHING_YET = Progress(0)

type Run = Callable[[Path, Callable[[Progress], None]], ImportReport]


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far the latest import is."""

    file: str
    by: str
    progress: Progress = NOTHING_YET
    report: ImportReport | None = None
    fault: str = ""

    @property
    def running(self) -> bool:
        return self.report is None and not self.fault


class Busy(Exception):
    """Another import is running."""


class ImportJob:
    """Imports files one after the other.

    Args:
        folder: keeps the latest file and the list of its refused rows.
    """

    def __init__(self, folder: Path, run: Run) -> None:
        self._folder = folder
        self._run = run
        self._lock = threading.Lock()
        self.state: ImportState | None = None
        """That of the latest one; none since the start."""

    def start(self, name: str, data: bytes, by: str, done: Callable[[ImportReport], None]) -> None:
        """Begin with this file.

        Args:
            done: is told of the report.

        Raises:
            Busy: another one is running.
        """
        with self._lock:
            if self.state and self.state.running:
                raise Busy
            self.state = ImportState(name, by)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, mode=0o700)
        path = self._folder / "orders"
        path.write_bytes(data)
        threading.Thread(target=self._work, args=[path, done], daemon=True).start()

    @property
    def refused(self) -> Path | None:
        """The list of rows that the latest import has refused."""
        report = self.state.report if self.state else None
        return report.refused_file if report else None

    def _work(self, path: Path, done: Callable[[ImportReport], None]) -> None:
        try:
            report = self._run(path, self._follow)
            done(report)
            self._now(report=report)
        except (BrokenTable, NotAnOrderExport) as refused:
            self._now(fault=str(refused))
        except Exception:
            LOG.exception("orders.import", what="the import failed")
            self._now(fault=BROKEN)

    def _follow(self, progress: Progress) -> None:
        self._now(progress=progress)

    def _now(self, **changes: object) -> None:
        assert self.state
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
