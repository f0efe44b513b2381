"""`/api/v1/records`: the registers, for whoever works with them.

Who is signed in acts as themselves. A program of this machine has no account: it says in headers
for whom it acts, and no other machine may.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator, Field, StringConstraints

from bot import wiring
from bot.core.moments import SHANGHAI
from bot.core.people import Person, Role
from bot.core.record_changes import Revision
from bot.core.records import State
from bot.services.casework import SHOWN, Listing
from bot.web.callers import caller
from bot.web.downloads import XLSX, download
from bot.web.routes.advice import Body, Name
from bot.web.shop import Shop
from bot.web.shown_record import as_json, batch_as_json, import_as_json, with_history
from bot.web.texts import FIRST, LAST, clean, clean_if_text

MOST = 1_000

type RoleName = Literal["agent", "supervisor", "finance", "warehouse", "lead", "trainee"]
Title = Annotated[str, StringConstraints(max_length=40), BeforeValidator(clean_if_text)]
Value = Annotated[str, StringConstraints(max_length=5_000), BeforeValidator(clean_if_text)]
Fields = Annotated[dict[Title, Value], Field(max_length=50)]


ROLE, NAME = "x-shouhou-role", "x-shouhou-name"


def acting(
    signed_in: Annotated[Person | None, Depends(caller)],
    role: Annotated[RoleName | None, Header(alias=ROLE)] = None,
    name: Annotated[str | None, Header(alias=NAME, min_length=1, max_length=200)] = None,
) -> Person:
    """Who is signed in, whatever the headers say; else who the headers say, from this machine.

    Headers hold no Chinese, so the name is percent-encoded UTF-8.
    """
    if signed_in:
        return signed_in
    if role is None or name is None:
        lacking = [header for header, said in ((ROLE, role), (NAME, name)) if said is None]
        raise RequestValidationError(
            [{"type": "missing", "loc": ("header", header), "msg": ""} for header in lacking]
        )
    return Person(clean(unquote(name)), Role(role))


By = Annotated[Person, Depends(acting)]


class EntryBody(Body):
    register_: Name = Field(alias="register")
    fields: Fields
    draft: bool = Field(False, description="It may be incomplete.")


class ChangeBody(Body):
    fields: Fields = Field(default_factory=dict)
    approve: bool = False
    state: State | None = None
    why: Value = Field("", description="Needed to approve, to reject and to take up again.")

    def wanted(self) -> Revision:
        return Revision(self.fields, self.approve, self.state, self.why)


class RevisionBody(ChangeBody):
    version: int = Field(description="The version that was seen; a later one is not overwritten.")


class Picked(Body):
    id: int
    version: int


class BatchBody(ChangeBody):
    records: Annotated[list[Picked], Field(min_length=1, max_length=MOST)]


class Wanted(Body):
    register_: str | None = Field(None, alias="register")
    state: State | None = None
    owner: Role | None = Field(None, description="Of the registers that this role keeps.")
    order_no: str = ""
    since: Annotated[date, Field(ge=FIRST, le=LAST)] | None = Field(
        None, description="The first day of entry."
    )
    until: Annotated[date, Field(ge=FIRST, le=LAST)] | None = Field(
        None, description="The last one."
    )
    shop: str = Field("", description="Of orders of this shop.")
    courier: str = Field("", description="Of orders that this courier has carried.")
    awaiting: bool = Field(False, description="Only what waits for a supervisor's approval.")
    before: int = Field(0, ge=0, description="The last id of the page before.")
    limit: int = Field(SHOWN, ge=1, le=MOST)


router = APIRouter(prefix="/api/v1/records", tags=["records"])


@router.get("")
def find(wanted: Annotated[Wanted, Query()], by: By, shop: Shop) -> dict[str, Any]:
    """Records, newest first; `next` is the `before` of the next page."""
    listing = Listing(
        register=wanted.register_,
        state=wanted.state,
        owner=wanted.owner,
        order_no=wanted.order_no,
        since=wanted.since,
        until=wanted.until,
        shop=wanted.shop,
        courier=wanted.courier,
        awaiting=wanted.awaiting,
        before=wanted.before,
        limit=wanted.limit,
    )
    found = shop.casework.find(by, listing)
    more = found[-1].record.id if len(found) == wanted.limit else None
    return {"records": [as_json(seen) for seen in found], "next": more}


@router.post("")
def enter(body: EntryBody, by: By, shop: Shop) -> dict[str, Any]:
    """Enter a record; a second one of the same thing fills in the first."""
    return as_json(shop.casework.enter(by, _now(), body.register_, body.fields, body.draft))


@router.get("/export.xlsx")
def export(by: By, shop: Shop, register: Annotated[list[str] | None, Query()] = None) -> Response:
    """A workbook of these registers, else of all."""
    book = wiring.record_sheets(shop.casework).export(by, register or ())
    return download("records.xlsx", book)


async def uploaded(request: Request) -> bytes:
    return await request.body()


@router.post("/import", openapi_extra={"requestBody": {"content": {XLSX: {}}}})
def take_back(
    book: Annotated[bytes, Depends(uploaded)], by: By, shop: Shop, name: Title = "表格"
) -> dict[str, Any]:
    """Take over what was written in an exported workbook; each refused row has its reason."""
    return import_as_json(wiring.record_import(shop.casework).run(by, _now(), book, name))


@router.post("/batch")
def change_several(body: BatchBody, by: By, shop: Shop) -> dict[str, Any]:
    """The same change of several records, each by itself."""
    picked = [(one.id, one.version) for one in body.records]
    return batch_as_json(shop.casework.revise_all(by, _now(), picked, body.wanted()))


@router.get("/{record_id}")
def one(record_id: int, by: By, shop: Shop) -> dict[str, Any]:
    """A record with its history."""
    return with_history(shop.casework.one(by, record_id))


@router.post("/{record_id}")
def change(record_id: int, body: RevisionBody, by: By, shop: Shop) -> dict[str, Any]:
    """Fill in, approve, move on: all of it or nothing."""
    return as_json(shop.casework.revise(by, _now(), record_id, body.version, body.wanted()))


def _now() -> datetime:
    return datetime.now(SHANGHAI)
