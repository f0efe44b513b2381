"""What the lead's pages work with."""

from typing import TYPE_CHECKING

from bot.wiring.chat_room import handoffs
from bot.wiring.desk_room import desk_state

if TYPE_CHECKING:
    from bot.services.quality import QualityReports
    from bot.wiring.running import Serving


def quality_reports(parts: "Serving") -> "QualityReports":
    """The figures of this shop."""
    from bot.adapters.corrections_sql import SqlCorrections
    from bot.adapters.quality_sql import SqlTelemetry
    from bot.services.quality import QualityReports

    return QualityReports(
        parts.policy.current,
        SqlTelemetry(parts.database),
        desk_state(parts),
        handoffs(parts.database),
        SqlCorrections(parts.database),
    )


def quality_workbook(parts: "Serving", quality: object) -> bytes:
    """The figures as a workbook."""
    from bot.adapters.xlsx_workbooks import XlsxWorkbooks
    from bot.services.quality import Quality
    from bot.services.quality_sheets import sheets

    assert isinstance(quality, Quality)
    return XlsxWorkbooks().write(sheets(quality))
