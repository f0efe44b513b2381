"""`/desk/scripts` and `/phrases`: looking for what to say, and keeping it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.access import TALKING
from bot.core.people import Person
from bot.core.phrases import (
    KEEPS_SHARED,
    LONGEST_FOLDER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    SHARED,
    Phrase,
    PhraseRefused,
)
from bot.services.script_search import ScriptSearch
from bot.web.errors import problem
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

Me = Annotated[Person, Depends(only(*TALKING))]
Text = Annotated[str, AfterValidator(clean)]
Field = Annotated[str, Form(max_length=2_000), AfterValidator(clean)]
router = APIRouter(include_in_schema=False)


@router.get("/desk/scripts")
def find(
    request: Request,
    me: Me,
    c: Annotated[str, Query(alias="view"), AfterValidator(clean)] = "",
    q: Text = "",
) -> Response:
    """What may be said that fits these words."""
    search: ScriptSearch = request.app.state.scripts
    return page(request, "desk/scripts.html", hits=search.find(q, c[:200], me), q=q.strip())


@router.get("/phrases")
def phrases(request: Request, me: Me, shop: Shop) -> Response:
    return _phrases(request, shop, me, "phrases/page.html")


@router.post("/phrases")
def keep(
    request: Request,
    me: Me,
    shop: Shop,
    id: Annotated[int, Form()] = 0,
    shared: Field = "",
    folder: Field = "",
    title: Field = "",
    text: Field = "",
    picture: Field = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A new phrase, or another wording of one; with its picture, another one, or none."""
    given = Phrase(id, SHARED if shared else me.name, folder, title, text, picture)
    try:
        if file and file.size:
            kept = wiring.phrase_pictures().keep(file.file.read())
            given = replace(given, picture=kept)
        wiring.phrasebook(shop.parts.database).keep(me, moment(None), given)
    except ValueError as refused:  # the phrase, or its picture
        return _phrases(request, shop, me, fault=str(refused), given=given)
    return _phrases(request, shop, me, told="已经保存。")


@router.get("/phrases/pictures/{name}")
def picture(me: Me, name: str) -> Response:
    """A phrase's picture."""
    found = wiring.phrase_pictures().read(name)
    if found is None:
        return problem(404, "picture", "没有这张图片 no such picture")
    kind, data = found
    return Response(data, media_type=kind, headers={"cache-control": "private, max-age=86400"})


@router.post("/phrases/{phrase_id}/dropped")
def drop(request: Request, me: Me, shop: Shop, phrase_id: int) -> Response:
    try:
        wiring.phrasebook(shop.parts.database).drop(me, moment(None), phrase_id)
    except PhraseRefused as refused:
        return _phrases(request, shop, me, fault=str(refused))
    return _phrases(request, shop, me, told="已经删掉。")


def _phrases(
    request: Request,
    shop: RunningShop,
    me: Person,
    template: str = "phrases/parts.html",
    fault: str = "",
    told: str = "",
    given: Phrase | None = None,
) -> Response:
    found = wiring.phrasebook(shop.parts.database).of(me)
    return page(
        request,
        template,
        status=422 if fault else 200,
        own=[one for one in found if one.owner != SHARED],
        shared=[one for one in found if one.owner == SHARED],
        folders=sorted({one.folder for one in found if one.folder}),
        keeps_shared=me.role in KEEPS_SHARED,
        given=given if given and not given.id else None,
        longest=(LONGEST_TITLE, LONGEST_FOLDER, LONGEST_TEXT),
        fault=fault,
        told=told,
    )
