"""Takes registers back from a workbook in the background, while the page shows how far it is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from bot.core.tables import BrokenTable
from bot.services.record_import import RecordsImported

LOG = structlog.get_logger()
BROKEN = "导入时服务出错了；没读到的行没有收下，同一个文件再导一次就行。"

type Follow = Callable[[RecordsImported], None]


@dataclass(frozen=True, slots=True)
class Taking:
    """How far a person's latest workbook is."""

    file: str
    so_far: RecordsImported
    running: bool = True
    fault: str = ""


class StillTaking(Exception):
    """This person's workbook before is not done yet."""


class RecordJobs:
    """The latest workbook of each person; nobody sees another's refused rows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: dict[str, Taking] = {}

    def latest(self, by: str) -> Taking | None:
        """That of this person; none since the start."""
        return self._latest.get(by)

    def start(self, by: str, file: str, work: Callable[[Follow], RecordsImported]) -> Taking:
        """Begin with this workbook.

        Raises:
            StillTaking: the one before is not done yet.
        """
        with self._lock:
            latest = self._latest.get(by)
            if latest and latest.running:
                raise StillTaking
            self._latest[by] = begun = Taking(file, RecordsImported())
        threading.Thread(target=self._run, args=[by, work], daemon=True).start()
        return begun

    def _run(self, by: str, work: Callable[[Follow], RecordsImported]) -> None:
        fault = ""
        try:
            work(lambda so_far: self._now(by, so_far=so_far))
        except BrokenTable as broken:
            fault = str(broken)
        except Exception:
            LOG.exception("records.import", what="the import failed")
            fault = BROKEN
        self._now(by, running=False, fault=fault)

    def _now(self, by: str, **changes: object) -> None:
        self._latest[by] = replace(self._latest[by], **changes)  # type: ignore[arg-type]
