"""`/orders`: the shop's orders, found, read, written upon and imported."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import FileResponse, Response
from pydantic import AfterValidator
from starlette.concurrency import run_in_threadpool

from bot import wiring
from bot.core.access import KEEPING, TALKING
from bot.core.orders import OrderStatus
from bot.core.people import Person
from bot.services.casework import Listing
from bot.services.order_details import details
from bot.services.order_details import moment as in_words
from bot.services.order_import import ImportReport
from bot.services.order_keeping import LONGEST_FLAG, LONGEST_NOTE, BadRemark
from bot.services.ports.orders import WantedOrders
from bot.web.import_job import Busy, ImportJob
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean, day

SHOWN = 50
CONVERSATIONS_SHOWN = 10
BUSY = "另一个文件正在导入，等它完了再来。"
Me = Annotated[Person, Depends(only(*KEEPING))]
Text = Annotated[str, AfterValidator(clean)]
Field = Annotated[str, Form(max_length=5_000), AfterValidator(clean)]
router = APIRouter(prefix="/orders", include_in_schema=False)


@router.get("")
def listed(
    request: Request,
    me: Me,
    shop: Shop,
    text: Text = "",
    of_shop: Text = "",
    status: Text = "",
    since: Text = "",
    until: Text = "",
    skip: int = 0,
) -> Response:
    """The orders that are looked for, the latest first."""
    given = {"text": text, "of_shop": of_shop, "status": status, "since": since, "until": until}
    book, policy = wiring.order_book(shop.parts), shop.parts.policy.current()
    found = book.find(
        WantedOrders(
            text[:100],
            of_shop,
            OrderStatus(status) if status in [*OrderStatus] else None,
            day(since),
            day(until),
            max(skip, 0),
            SHOWN + 1,
        )
    )
    return page(
        request,
        "orders/page.html",
        found=found[:SHOWN],
        given=given,
        shops=book.shops(),
        states=policy.facts["order_status"].values,
        more=_address(given, skip + SHOWN) if len(found) > SHOWN else "",
        at=lambda one: in_words(one.placed_at, moment(None)),
    )


@router.get("/import")
def importing(request: Request, me: Me) -> Response:
    """Where a file is given, and how far the latest one is."""
    return page(request, "orders/import.html", state=_imports(request).state, fault="")


@router.get("/import/state")
def import_state(request: Request, me: Me) -> Response:
    return page(request, "orders/import_state.html", state=_imports(request).state, fault="")


@router.post("/import")
async def take(
    request: Request, me: Me, shop: Shop, file: Annotated[UploadFile, File()]
) -> Response:
    """Begin with a file; how far it is is asked for again and again."""
    imports, data = _imports(request), await file.read()
    name, at = clean(file.filename or "")[:80], moment(None)

    def done(report: ImportReport) -> None:
        counted = {"新": report.added, "改": report.changed, "没收下的行": report.refused}
        after = {title: str(count) for title, count in counted.items()}
        wiring.audit(shop.parts.database).note(me, at, "导入订单", name, None, after)

    try:
        await run_in_threadpool(imports.start, name, data, me.name, done)
    except Busy:
        return page(
            request, "orders/import_state.html", status=409, state=imports.state, fault=BUSY
        )
    return page(request, "orders/import_state.html", state=imports.state, fault="")


@router.get("/import/refused.csv")
def refused(request: Request, me: Me) -> Response:
    """The rows that the latest import has not taken, each with its reason."""
    path = _imports(request).refused
    if path is None or not path.is_file():
        return page(
            request, "refused.html", status=404, title="没有清单", why="最近一次导入没有被拒的行。"
        )
    return FileResponse(path, media_type="text/csv", filename="没有收下的行.csv")


@router.get("/{order_no}")
def one(request: Request, me: Me, shop: Shop, order_no: str) -> Response:
    """All that is known of an order."""
    shop.order(order_no)
    return _one(request, shop, me, order_no, "orders/one.html")


@router.post("/{order_no}/notes")
def note(request: Request, me: Me, shop: Shop, order_no: str, text: Field = "") -> Response:
    """Write a line on the order."""
    try:
        wiring.order_keeping(shop.parts).note(me, moment(None), order_no, text)
    except BadRemark as bad:
        return _one(request, shop, me, order_no, fault=str(bad), written=text)
    return _one(request, shop, me, order_no)


@router.post("/{order_no}/flag")
def flag(request: Request, me: Me, shop: Shop, order_no: str, text: Field = "") -> Response:
    """Mark the order, or take its mark off."""
    try:
        wiring.order_keeping(shop.parts).flag(me, moment(None), order_no, text)
    except BadRemark as bad:
        return _one(request, shop, me, order_no, fault=str(bad))
    return _one(request, shop, me, order_no)


def _imports(request: Request) -> ImportJob:
    imports: ImportJob = request.app.state.imports
    return imports


def _address(given: dict[str, str], skip: int) -> str:
    said = {name: value for name, value in given.items() if value}
    return f"/orders?{urlencode(said | {'skip': str(skip)})}"


def _one(
    request: Request,
    shop: RunningShop,
    me: Person,
    order_no: str,
    template: str = "orders/one_parts.html",
    fault: str = "",
    written: str = "",
) -> Response:
    order, now = shop.order(order_no), moment(None)
    talking = me.role in TALKING
    book = wiring.order_book(shop.parts)
    spoken: Any = book.spoken_of_in(order.order_no, CONVERSATIONS_SHOWN) if talking else ()
    return page(
        request,
        template,
        status=422 if fault else 200,
        card=details(order, shop.parts.policy.current().for_shop(order.shop).facts, now, None),
        choosable=False,
        conversations=spoken,
        records=shop.casework.find(me, Listing(order_no=order.order_no)),
        longest_note=LONGEST_NOTE,
        longest_flag=LONGEST_FLAG,
        fault=fault,
        written=written,
    )
