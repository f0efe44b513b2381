"""`/records`: the registers as pages, for whoever works with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.concurrency import run_in_threadpool

from bot import wiring
from bot.core.access import KEEPING
from bot.core.people import Person
from bot.core.record_changes import Revision
from bot.core.record_refusals import RecordRefused, UnknownRecord
from bot.core.record_rights import TALKING
from bot.core.records import State
from bot.core.registers import ORDER_NO
from bot.core.tables import BrokenTable
from bot.services.casework import SHOWN, Batched, Listing, Seen
from bot.web.record_view import enterable, moves, ways
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.routes.records import XLSX
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

Me = Annotated[Person, Depends(only(*KEEPING))]
Text = Annotated[str, AfterValidator(clean)]
Field = Annotated[str, Form(max_length=5_000), AfterValidator(clean)]
FIELD = "field:"
"""What stands before a field's title in the name of its input."""
router = APIRouter(prefix="/records", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records are looked for, as the page's address says it."""

    register: str = ""
    state: str = ""
    order_no: str = ""
    awaiting: bool = False
    before: int = 0

    def listing(self) -> Listing:
        return Listing(
            register=self.register or None,
            state=State(self.state) if self.state in [*State] else None,
            order_no=self.order_no,
            awaiting=self.awaiting,
            before=self.before,
        )

    def address(self, before: int = 0) -> str:
        """As the query of an address."""
        given = {
            "register": self.register,
            "state": self.state,
            "order_no": self.order_no,
            "awaiting": "1" if self.awaiting else "",
            "before": str(before) if before else "",
        }
        return urlencode({name: value for name, value in given.items() if value})


def in_query(
    register: Text = "",
    state: Text = "",
    order_no: Text = "",
    awaiting: bool = False,
    before: int = 0,
) -> Filter:
    return Filter(register, state, order_no.strip()[:200], awaiting, max(before, 0))


def in_form(
    register_: Annotated[str, Form(alias="register"), AfterValidator(clean)] = "",
    state: Field = "",
    order_no: Field = "",
    awaiting: Field = "",
) -> Filter:
    return Filter(register_, state, order_no, bool(awaiting))


@router.get("")
def listed(
    request: Request, me: Me, shop: Shop, wanted: Annotated[Filter, Depends(in_query)]
) -> Response:
    """The records that are looked for, newest first."""
    return _listed(request, shop, me, wanted, "records/page.html")


@router.post("/batch")
def change_several(
    request: Request,
    me: Me,
    shop: Shop,
    wanted: Annotated[Filter, Depends(in_form)],
    picked: Annotated[list[str] | None, Form()] = None,
    to: Field = "",
    why: Field = "",
) -> Response:
    """The same change of several records, each by itself."""
    try:
        chosen = [_picked(one) for one in picked or ()]
        revision = Revision(
            approve=to == "approve", to=None if to == "approve" else State(to), why=why
        )
    except ValueError:
        return _listed(request, shop, me, wanted, fault="先选要怎么改。")
    if not chosen:
        return _listed(request, shop, me, wanted, fault="先在左边勾上要改的记录。")
    done = shop.casework.revise_all(me, moment(None), chosen, revision)
    return _listed(request, shop, me, wanted, batch=done)


@router.get("/export.xlsx")
def export(me: Me, shop: Shop, wanted: Annotated[Filter, Depends(in_query)]) -> Response:
    """What the filter finds, as a workbook, all its pages."""
    names = [wanted.register] if wanted.register else ()
    book = wiring.record_sheets(shop.casework).export(me, names, wanted.listing())
    headers = {"content-disposition": 'attachment; filename="records.xlsx"'}
    return Response(book, media_type=XLSX, headers=headers)


@router.post("/import")
async def take_back(
    request: Request, me: Me, shop: Shop, book: Annotated[UploadFile, File()]
) -> Response:
    """Take over what was written in an exported workbook."""
    taking = wiring.record_import(shop.casework)
    name, data = (book.filename or "表格")[:40], await book.read()
    try:
        report = await run_in_threadpool(taking.run, me, moment(None), data, name)
    except BrokenTable as broken:
        return page(request, "records/imported.html", status=422, report=None, fault=str(broken))
    return page(request, "records/imported.html", report=report, fault="")


@router.get("/new")
def new(request: Request, me: Me, shop: Shop, register: Text = "") -> Response:
    """An empty entry of a register."""
    chosen = shop.casework.register(register) if register else None
    names = enterable(me.role, shop.parts.policy.current().registers.values())
    return page(request, "records/new.html", register=chosen, names=names, given={}, fault=None)


@router.post("/new")
async def enter(request: Request, me: Me, shop: Shop) -> Response:
    """Enter a record by hand; incomplete, it waits for what is missing."""
    form = await request.form()
    register = shop.casework.register(str(form.get("register", "")))
    given = _given(form.multi_items())
    try:
        seen = await run_in_threadpool(
            shop.casework.enter, me, moment(None), register.name, given, bool(form.get("draft"))
        )
    except RecordRefused as refused:
        return page(
            request,
            "records/new_form.html",
            status=422,
            register=register,
            given=given,
            fault=refused,
        )
    return Response(headers={"HX-Redirect": f"/records/{seen.record.id}"})


@router.get("/{record_id}")
def one(request: Request, me: Me, shop: Shop, record_id: int) -> Response:
    """A record with its history."""
    try:
        return _one(request, shop, me, shop.casework.one(me, record_id), "records/one.html")
    except UnknownRecord as unknown:
        return page(request, "refused.html", status=404, title="没有这条记录", why=str(unknown))


@router.post("/{record_id}")
async def change(request: Request, me: Me, shop: Shop, record_id: int) -> Response:
    """Fill in, approve, move on: all of it or nothing."""
    form = await request.form()
    return await run_in_threadpool(_change, request, shop, me, record_id, form.multi_items())


def _change(
    request: Request,
    shop: RunningShop,
    me: Person,
    record_id: int,
    form: Sequence[tuple[str, Any]],
) -> Response:
    seen, said = shop.casework.one(me, record_id), dict(form)
    given = _given(form)
    # What is shown masked and was left as it is must not be written back.
    changed = {t: v for t, v in given.items() if v != seen.record.fields.get(t, "")}
    to = str(said.get("to", ""))
    wanted = Revision(
        changed,
        approve=to == "approve",
        to=State(to) if to in [*State] else None,
        why=clean(str(said.get("why", ""))),
    )
    try:
        version = int(str(said.get("version", "")) or 0)
        shop.casework.revise(me, moment(None), record_id, version, wanted)
    except (RecordRefused, ValueError) as refused:
        return _one(request, shop, me, seen, fault=refused, given=given)
    return _one(request, shop, me, shop.casework.one(me, record_id), told="已经保存。")


def _given(form: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """The fields of a form, by their titles."""
    return {
        name.removeprefix(FIELD): clean(str(value)).strip()
        for name, value in form
        if name.startswith(FIELD)
    }


def _picked(one: str) -> tuple[int, int]:
    """Number and version of a chosen record.

    Raises:
        ValueError: it was chosen on no page of ours.
    """
    number, _, version = one.partition(":")
    return int(number), int(version)


def _listed(
    request: Request,
    shop: RunningShop,
    me: Person,
    wanted: Filter,
    template: str = "records/listed.html",
    batch: Sequence[Batched] = (),
    fault: str = "",
) -> Response:
    found = shop.casework.find(me, wanted.listing())
    registers = shop.parts.policy.current().registers
    return page(
        request,
        template,
        status=422 if fault else 200,
        wanted=wanted,
        found=found,
        register=registers.get(wanted.register),
        registers=registers,
        states=[*State],
        order_title=ORDER_NO,
        more=found[-1].record.id if len(found) == SHOWN else 0,
        may_enter=bool(enterable(me.role, registers.values())),
        ways=ways(me.role),
        batch=batch,
        fault=fault,
        talking=me.role in TALKING,
    )


def _one(
    request: Request,
    shop: RunningShop,
    me: Person,
    seen: Seen,
    template: str = "records/one_parts.html",
    fault: Exception | None = None,
    told: str = "",
    given: dict[str, str] | None = None,
) -> Response:
    return page(
        request,
        template,
        status=422 if fault else 200,
        seen=seen,
        given=given or {},
        moves=moves(me.role, seen),
        order_title=ORDER_NO,
        fault=fault,
        told=told,
    )
