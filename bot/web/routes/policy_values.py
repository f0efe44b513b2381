"""`/lead/policy/…`: one figure, one wording, one answer, each changed in fields of its own."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.people import Person
from bot.core.policy import Policy
from bot.core.policy_uses import uses_of
from bot.services.policy_editing import By, FieldRefused, Wanted
from bot.services.policy_index import SHOPS, packs
from bot.services.ports.policy import Answer
from bot.web import policy_values_view as values
from bot.web import policy_view as view
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.routes.policy import Field, Lead, Me, Text
from bot.web.shop import RunningShop, Shop
from bot.web.texts import clean, day

UNREADABLE = "这个文件的草稿写得读不懂了，先到「文件」里改好。"
Texts = Annotated[list[Annotated[str, AfterValidator(clean)]], Form(max_length=40)]
router = APIRouter(prefix=view.ROOT, include_in_schema=False)


@router.get("/parameters/{name}")
def figure(request: Request, me: Me, shop: Shop, name: str, pack: Text = "") -> Response:
    """A figure: its values by day, where they come from, where it is used."""
    return _figure(request, me, shop, name, pack, template="policy/figure.html")


@router.post("/parameters/{name}")
def set_figure(
    request: Request,
    me: Lead,
    shop: Shop,
    name: str,
    pack: Text = "",
    first: Field = "",
    value: Field = "",
    ends: Field = "",
    doc: Field = "",
    at: Field = "",
    gist: Field = "",
    note: Field = "",
) -> Response:
    """Want the figure to have another value from a day on."""
    wanted = Wanted(first, value, bool(ends), doc, at, gist, note)
    file, like = view.file_of("parameters", name, pack), view.file_of("parameters", name)
    try:
        wiring.policy_editing().set_figure(file, wanted, By(me.name, moment(None)), like)
    except FieldRefused as refused:
        return _figure(request, me, shop, name, pack, given=wanted, refused=refused)
    except wiring.Unreadable:
        return _figure(request, me, shop, name, pack, given=wanted, trouble=UNREADABLE)
    except wiring.NoSuchFile:
        raise HTTPException(404, view.NO_SUCH) from None
    return _figure(request, me, shop, name, pack, told=view.KEPT)


@router.post("/parameters/{name}/dropped")
def drop_value(
    request: Request, me: Lead, shop: Shop, name: str, pack: Text = "", first: Field = ""
) -> Response:
    """Take back a value that has not begun."""
    found, file = day(first), view.file_of("parameters", name, pack)
    try:
        if found:
            wiring.policy_editing().drop_figure(file, found, By(me.name, moment(None)))
    except FieldRefused as refused:
        return _figure(request, me, shop, name, pack, trouble=str(refused))
    except (wiring.Unreadable, wiring.NoSuchFile):
        raise HTTPException(404, view.NO_SUCH) from None
    return _figure(request, me, shop, name, pack, told=view.KEPT)


@router.post("/removed")
def remove(request: Request, me: Lead, name: Field = "") -> Response:
    """Let a shop go without a file of its own: what all shops share counts for it again."""
    if not name.startswith(SHOPS):
        raise HTTPException(404, view.NO_SUCH)
    try:
        wiring.policy_drafts().keep(name, "", me.name, moment(None))
    except wiring.NoSuchFile:
        raise HTTPException(404, view.NO_SUCH) from None
    return Response(headers={"HX-Redirect": f"{view.ROOT}/changes"})


@router.get("/wording/{name}")
def wording(request: Request, me: Me, shop: Shop, name: str, pack: Text = "") -> Response:
    """How each step of a case is worded."""
    return _wording(request, me, shop, name, pack, template="policy/wording.html")


@router.post("/wording/{name}")
def set_wording(
    request: Request,
    me: Lead,
    shop: Shop,
    name: str,
    text: Texts,
    pack: Text = "",
    step: Field = "",
) -> Response:
    """Want a step to be worded like this."""
    file = view.file_of("scripts", name, pack)
    try:
        wiring.policy_editing().set_wording(file, step, text, By(me.name, moment(None)))
    except wiring.Unreadable:
        return _wording(request, me, shop, name, pack, trouble=UNREADABLE)
    except wiring.NoSuchFile:
        raise HTTPException(404, view.NO_SUCH) from None
    return _wording(request, me, shop, name, pack, told=view.KEPT, step=step)


@router.get("/answers/{pack}")
def answers(request: Request, me: Me, shop: Shop, pack: str) -> Response:
    """A shop's answers to questions that come up again and again."""
    return _answers(request, me, shop, pack, template="policy/answers.html")


@router.post("/answers/{pack}")
def set_answer(
    request: Request,
    me: Lead,
    shop: Shop,
    pack: str,
    entry: Field = "",
    questions: Field = "",
    answer: Field = "",
    drop: Field = "",
) -> Response:
    """Want an answer changed, added or gone."""
    file, by = view.file_of("faq", "faq", pack), By(me.name, moment(None))
    given = Answer(tuple(questions.splitlines()), answer)
    try:
        if drop:
            wiring.policy_editing().drop_answer(file, entry, by)
        else:
            entry = wiring.policy_editing().set_answer(file, entry, given, by)
    except FieldRefused as refused:
        return _answers(request, me, shop, pack, entry=entry, given=given, refused=refused)
    except wiring.Unreadable:
        return _answers(request, me, shop, pack, trouble=UNREADABLE)
    return _answers(request, me, shop, pack, told=view.KEPT, entry=entry)


def _figure(
    request: Request,
    me: Person,
    shop: RunningShop,
    name: str,
    pack: str,
    template: str = "policy/figure_parts.html",
    given: Wanted | None = None,
    refused: FieldRefused | None = None,
    trouble: str = "",
    told: str = "",
) -> Response:
    house = shop.parts.policy.current()
    policy = _of_shop(house, pack)
    if name not in policy.figures:
        raise HTTPException(404, view.NO_SUCH)
    file = view.file_of("parameters", name, pack)
    others = {one: house.for_shop(one) for one in packs(house)}
    return page(
        request,
        template,
        status=422 if refused or trouble else 200,
        name=name,
        pack=pack,
        dated=values.dated(file, view.file_of("parameters", name), moment(None).date()),
        figure_now=policy.figures[name],
        uses=uses_of(name, policy),
        shops=values.own_figures(name, house, others, moment(None).date()),
        given=given,
        refused=refused,
        trouble=trouble,
        told=told,
        **view.words(policy, moment(None).date(), packs(house)),
        **view.file_state(file),
        **view.frame(me, house, moment(None).date()),
    )


def _wording(
    request: Request,
    me: Person,
    shop: RunningShop,
    name: str,
    pack: str,
    template: str = "policy/wording_parts.html",
    trouble: str = "",
    told: str = "",
    step: str = "",
) -> Response:
    house = shop.parts.policy.current()
    policy = _of_shop(house, pack)
    book = policy.playbooks.get(name)
    if book is None:
        raise HTTPException(404, view.NO_SUCH)
    file = view.file_of("scripts", name, pack)
    state = view.file_state(file)
    return page(
        request,
        template,
        status=422 if trouble else 200,
        book=book,
        pack=pack,
        worded=values.worded(file, book, policy),
        wrong=values.by_key(state["faults"], file),
        opened=step,
        trouble=trouble,
        told=told,
        **view.words(policy, moment(None).date(), packs(house)),
        **state,
        **view.frame(me, house, moment(None).date()),
    )


def _answers(
    request: Request,
    me: Person,
    shop: RunningShop,
    pack: str,
    template: str = "policy/answers_parts.html",
    entry: str = "",
    given: Answer | None = None,
    refused: FieldRefused | None = None,
    trouble: str = "",
    told: str = "",
) -> Response:
    house = shop.parts.policy.current()
    policy = _of_shop(house, pack)
    file = view.file_of("faq", "faq", pack)
    return page(
        request,
        template,
        status=422 if refused or trouble else 200,
        pack=pack,
        entries=values.answers(file),
        entry=entry,
        given=given,
        refused=refused,
        trouble=trouble,
        told=told,
        **view.words(policy, moment(None).date(), packs(house)),
        **view.file_state(file),
        **view.frame(me, house, moment(None).date()),
    )


def _of_shop(house: Policy, pack: str) -> Policy:
    """The rules of this shop; the house's where none is named."""
    if pack and pack not in packs(house):
        raise HTTPException(404, view.NO_SUCH)
    return house.for_shop(pack) if pack else house
