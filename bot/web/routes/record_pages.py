"""`/records`: the registers as pages, for whoever works with them."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.concurrency import run_in_threadpool

from bot import wiring
from bot.core.access import KEEPING
from bot.core.people import Person
from bot.core.record_changes import Revision
from bot.core.record_refusals import RecordRefused, Stale, UnknownRecord, UnknownRegister
from bot.core.record_rights import TALKING
from bot.core.records import State
from bot.core.registers import ORDER_NO
from bot.services.casework import SHOWN, Batched, Seen
from bot.web.downloads import download
from bot.web.record_filter import MINE, Filter, in_query
from bot.web.record_job import Follow, RecordJobs, StillTaking
from bot.web.record_view import APPROVE, DOES, enterable, fillable, moves, ways
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

Me = Annotated[Person, Depends(only(*KEEPING))]
Text = Annotated[str, AfterValidator(clean)]
Field = Annotated[str, Form(max_length=5_000), AfterValidator(clean)]
Wanted = Annotated[Filter, Depends(in_query)]
FIELD = "field:"
"""What stands before a field's title in the name of its input."""
BUSY = "上一个文件还没有导完，等它完了再来。"
router = APIRouter(prefix="/records", include_in_schema=False)


@router.get("")
def listed(request: Request, me: Me, shop: Shop, wanted: Wanted) -> Response:
    """The records that are looked for, newest first."""
    try:
        return _listed(request, shop, me, wanted, "records/page.html")
    except UnknownRegister:
        why = f"没有「{wanted.register}」这个登记表。"
        return page(request, "refused.html", status=404, title="没有这个登记表", why=why)


@router.post("/batch")
def change_several(
    request: Request,
    me: Me,
    shop: Shop,
    wanted: Wanted,
    picked: Annotated[list[str] | None, Form()] = None,
    to: Field = "",
    why: Field = "",
) -> Response:
    """The same change of several records, each by itself; the filter stays as it was."""
    try:
        chosen = [_picked(one) for one in picked or ()]
        revision = Revision(approve=to == APPROVE, to=None if to == APPROVE else State(to), why=why)
    except ValueError:
        return _listed(request, shop, me, wanted, fault="先选要怎么改。")
    if not chosen:
        return _listed(request, shop, me, wanted, fault="先勾上要改的记录。")
    done = shop.casework.revise_all(me, moment(None), chosen, revision)
    _note(shop, me, "一起改登记", _numbers(done), {"改为": DOES[to], **_counts(done)})
    return _listed(request, shop, me, wanted, batch=done)


@router.get("/export.xlsx")
def export(me: Me, shop: Shop, wanted: Wanted) -> Response:
    """What the filter finds, as a workbook, all its pages."""
    sheets = wiring.record_sheets(shop.casework)
    found = sheets.export_found(me, wanted.listing(me.role))
    _note(shop, me, "导出登记", wanted.register or "全部", {"条数": str(found.records)})
    return download("records.xlsx", found.workbook)


@router.get("/import")
def importing(request: Request, me: Me) -> Response:
    """Where a workbook is given, and how far one's own latest is."""
    return _importing(request, me, "records/import.html")


@router.get("/import/state")
def import_state(request: Request, me: Me) -> Response:
    """How far it is; of one that was begun before a restart nothing is known."""
    return _importing(request, me, lost=_jobs(request).latest(me.name) is None)


@router.post("/import")
async def take_back(
    request: Request, me: Me, shop: Shop, book: Annotated[UploadFile, File()]
) -> Response:
    """Begin to take over what was written in an exported workbook."""
    name, data, at = clean(book.filename or "表格")[:40], await book.read(), moment(None)

    def work(follow: Follow) -> Any:
        report = wiring.record_import(shop.casework).run(me, at, data, name, follow)
        counted = {"新": report.added, "改": report.changed, "没收下的行": len(report.refused)}
        _note(shop, me, "导入登记", name, {title: str(n) for title, n in counted.items()})
        return report

    try:
        _jobs(request).start(me.name, name, work)
    except StillTaking:
        return _importing(request, me, fault=BUSY)
    return _importing(request, me)


@router.get("/new")
def new(request: Request, me: Me, shop: Shop, register: Text = "") -> Response:
    """An empty entry of a register."""
    registers = shop.parts.policy.current().registers
    return page(
        request,
        "records/new.html",
        register=registers.get(register),
        names=enterable(me.role, registers.values()),
        given={},
        fault=None,
    )


@router.post("/new")
async def enter(request: Request, me: Me, shop: Shop) -> Response:
    """Enter a record by hand; incomplete, it waits for what is missing."""
    form = await request.form()
    register = shop.casework.register(str(form.get("register", "")))
    given = _given(form.multi_items())
    entering = partial(shop.casework.enter, me, moment(None), register.name, given)
    try:
        seen = await run_in_threadpool(entering, bool(form.get("draft")))
    except RecordRefused as refused:
        told: dict[str, Any] = {"register": register, "given": given, "fault": refused}
        return page(request, "records/new_form.html", status=422, **told)
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
    seen, said, given = shop.casework.one(me, record_id), dict(form), _given(form)
    to, why = str(said.get("to", "")), clean(str(said.get("why", "")))
    # What is shown masked and was left as it is must not be written back.
    changed = {t: v for t, v in given.items() if v != seen.record.fields.get(t, "")}
    wanted = Revision(changed, to == APPROVE, State(to) if to in [*State] else None, why)
    typed: dict[str, Any] = {"given": given, "why": why}
    try:
        version = _version(said)
        shop.casework.revise(me, moment(None), record_id, version, wanted)
    except Stale as stale:
        # The page keeps its old version: sent again, it must not undo what the other has written.
        return _one(request, shop, me, seen, fault=stale, stale=version, **typed)
    except RecordRefused as refused:
        return _one(request, shop, me, seen, fault=refused, **typed)
    return _one(request, shop, me, shop.casework.one(me, record_id), told="已经保存。")


def _version(said: dict[str, Any]) -> int:
    """The version that the page has shown; 0, which no record has, where it says none."""
    given = str(said.get("version", ""))
    return int(given) if given.isdecimal() and len(given) < 10 else 0


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
    found = shop.casework.find(me, wanted.listing(me.role))
    registers = shop.parts.policy.current().registers
    return page(
        request,
        template,
        status=422 if fault else 200,
        wanted=wanted,
        found=found,
        register=registers.get(wanted.register),
        registers=registers,
        mine=[one.name for one in registers.values() if one.owner is me.role],
        MINE=MINE,
        offered=shop.casework.offered(me),
        states=[*State],
        order_title=ORDER_NO,
        more=found[-1].record.id if len(found) == SHOWN else 0,
        may_enter=bool(enterable(me.role, registers.values())),
        ways=ways(me.role, registers.values()),
        batch=batch,
        fault=fault,
        talking=me.role in TALKING,
    )


def _importing(
    request: Request,
    me: Person,
    template: str = "records/import_state.html",
    fault: str = "",
    lost: bool = False,
) -> Response:
    taking, status = _jobs(request).latest(me.name), 409 if fault else 200
    return page(request, template, status=status, taking=taking, fault=fault, lost=lost)


def _jobs(request: Request) -> RecordJobs:
    jobs: RecordJobs = request.app.state.record_jobs
    return jobs


def _note(shop: RunningShop, me: Person, what: str, about: str, after: dict[str, str]) -> None:
    wiring.audit(shop.parts.database).note(me, moment(None), what, about, None, after)


def _numbers(done: Sequence[Batched]) -> str:
    return "、".join(f"#{one.id}" for one in done if not one.refused) or "没有一条"


def _counts(done: Sequence[Batched]) -> dict[str, str]:
    refused = sum(1 for one in done if one.refused)
    return {"改好": str(len(done) - refused), "没改": str(refused)}


def _one(
    request: Request,
    shop: RunningShop,
    me: Person,
    seen: Seen,
    template: str = "records/one_parts.html",
    fault: Exception | None = None,
    **told: Any,
) -> Response:
    shown: dict[str, Any] = {"given": {}, "why": "", "told": "", "stale": 0} | told
    return page(
        request,
        template,
        status=422 if fault else 200,
        seen=seen,
        moves=moves(me.role, seen),
        fillable=fillable(me.role, seen),
        fault=fault,
        **shown,
    )
