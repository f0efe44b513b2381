"""What the lead's pages work with."""

from typing import TYPE_CHECKING

from bot.wiring.chat_room import handoffs
from bot.wiring.desk_room import desk_state
from bot.wiring.parts import orders
from bot.wiring.practice_room import progress

if TYPE_CHECKING:
    from bot.services.quality import Quality, QualityReports
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
        orders(parts.database),
    )


def quality_workbook(quality: "Quality") -> bytes:
    """The figures as a workbook."""
    from bot.adapters.xlsx_workbooks import XlsxWorkbooks
    from bot.services.quality_sheets import sheets

    return XlsxWorkbooks().write(sheets(quality))


def quality_csv(quality: "Quality") -> bytes:
    """The figures as one CSV file."""
    from bot.adapters.csv_sheets import one_figure_a_line
    from bot.services.quality_sheets import sheets

    return one_figure_a_line(sheets(quality))


def practice_workbook(parts: "Serving") -> bytes:
    """How the trainees get on, as a workbook."""
    from bot.adapters.xlsx_workbooks import XlsxWorkbooks
    from bot.services.progress import group_sheets

    return XlsxWorkbooks().write(group_sheets(progress(parts)))
