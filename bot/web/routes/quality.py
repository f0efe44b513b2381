"""`/lead/quality`: how the team does in a period."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot import wiring
from bot.core.access import OVERSEEING
from bot.core.moments import SHANGHAI
from bot.core.people import Person
from bot.services.quality_sheets import RULES, WHY
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.routes.records import XLSX
from bot.web.shop import Shop
from bot.web.signed_in import only

DAYS = 7
LONGEST = 92
"""Days of a period: more reads a large shop's whole history."""
Me = Annotated[Person, Depends(only(*OVERSEEING))]
router = APIRouter(prefix="/lead/quality", include_in_schema=False)


def period(since: str = "", until: str = "") -> tuple[date, date]:
    """The first and the last day; the latest week where none can be made of what is given."""
    today = moment(None).date()
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        return today - timedelta(days=DAYS - 1), today
    first, last = min(first, last), max(first, last)
    return max(first, last - timedelta(days=LONGEST - 1)), last


Period = Annotated[tuple[date, date], Depends(period)]


@router.get("")
def quality(request: Request, me: Me, shop: Shop, days: Period) -> Response:
    found = wiring.quality_reports(shop.parts).of(*_moments(days))
    first, last = days
    return page(
        request,
        "lead/quality.html",
        quality=found,
        first=first,
        last=last,
        today=moment(None).date(),
        rules=RULES,
        why=WHY,
        length=_length,
    )


@router.get("/export.xlsx")
def export(me: Me, shop: Shop, days: Period) -> Response:
    """The same figures as a workbook."""
    found = wiring.quality_reports(shop.parts).of(*_moments(days))
    headers = {"content-disposition": 'attachment; filename="quality.xlsx"'}
    return Response(wiring.quality_workbook(shop.parts, found), media_type=XLSX, headers=headers)


def _moments(days: tuple[date, date]) -> tuple[datetime, datetime]:
    first, last = days
    end = datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
    return datetime.combine(first, time(), SHANGHAI), end


def _length(length: timedelta | None) -> str:
    """「1 分 20 秒」."""
    if length is None:
        return "—"
    seconds = round(length.total_seconds())
    if seconds < 60:
        return f"{seconds} 秒"
    if seconds < 3600:
        return f"{seconds // 60} 分 {seconds % 60} 秒"
    return f"{seconds // 3600} 小时 {seconds % 3600 // 60} 分"
