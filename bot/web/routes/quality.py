"""`/lead/quality`: how the team does in a period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot import wiring
from bot.core.access import OVERSEEING
from bot.core.moments import SHANGHAI
from bot.core.people import Person
from bot.services.quality import Quality
from bot.services.quality_sheets import MISTAKES, RULES, WHY
from bot.web.downloads import XLSX, download
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only

DAYS = 7
LONGEST = 92
"""Days of a period: more reads a large shop's whole history."""
CSV = "text/csv; charset=utf-8"
Me = Annotated[Person, Depends(only(*OVERSEEING))]
router = APIRouter(prefix="/lead/quality", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are looked at, and what had to be said about how they were asked for."""

    first: date
    last: date
    told: str = ""

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), SHANGHAI)


def period(since: str = "", until: str = "") -> Period:
    """The latest week where no days are given, or none can be made of what is."""
    today = moment(None).date()
    week = Period(today - timedelta(days=DAYS - 1), today)
    if not since and not until:
        return week
    try:
        first, last = sorted((date.fromisoformat(since), date.fromisoformat(until)))
    except ValueError:
        told = "日期要写全，像 2026-11-01；现在看的是最近七天。"
        return Period(week.first, week.last, told)
    last = min(last, today)
    first = min(first, last)
    if (last - first).days < LONGEST:
        return Period(first, last)
    told = f"一次最多看 {LONGEST} 天；现在看的是其中最后 {LONGEST} 天。"
    return Period(last - timedelta(days=LONGEST - 1), last, told)


Days = Annotated[Period, Depends(period)]


@router.get("")
def quality(request: Request, me: Me, days: Days) -> Response:
    """Which days; their figures come after, as they take seconds in a large shop."""
    today = moment(None).date()
    usual = [*_usual(today)]
    return page(request, "lead/quality.html", days=days, today=today, usual=usual)


@router.get("/figures")
def figures(request: Request, me: Me, shop: Shop, days: Days) -> Response:
    """The figures themselves."""
    return page(
        request,
        "lead/quality_figures.html",
        quality=_of(shop, days),
        rules=RULES,
        why=WHY,
        mistakes=MISTAKES,
        length=_length,
    )


@router.get("/export.xlsx")
def workbook(me: Me, shop: Shop, days: Days) -> Response:
    """The same figures as a workbook."""
    return _file(days, "xlsx", wiring.quality_workbook(_of(shop, days)), XLSX)


@router.get("/export.csv")
def lines(me: Me, shop: Shop, days: Days) -> Response:
    """The same figures, one a line."""
    return _file(days, "csv", wiring.quality_csv(_of(shop, days)), CSV)


def _of(shop: RunningShop, days: Period) -> Quality:
    return wiring.quality_reports(shop.parts).of(days.start, days.end, moment(None))


def _file(days: Period, kind: str, content: bytes, media_type: str) -> Response:
    return download(f"quality-{days.first}-{days.last}.{kind}", content, media_type)


def _usual(today: date) -> Iterator[tuple[str, date, date]]:
    """The periods that one looks at most."""
    this_month = today.replace(day=1)
    last_month = this_month - timedelta(days=1)
    yield "今天", today, today
    yield "最近 7 天", today - timedelta(days=DAYS - 1), today
    yield "最近 30 天", today - timedelta(days=29), today
    yield "上个月", last_month.replace(day=1), last_month


def _length(length: timedelta | None) -> str:
    """「1 分 20 秒」."""
    if length is None:
        return "—"
    seconds = round(length.total_seconds())
    if seconds < 60:
        return f"{seconds} 秒"
    if seconds < 3600:
        minutes, rest = divmod(seconds, 60)
        return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分"
    hours, rest = divmod(seconds, 3600)
    return f"{hours} 小时 {rest // 60} 分" if rest // 60 else f"{hours} 小时"
