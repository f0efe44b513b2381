"""`/lead/policy`: the rules to read, all of them by the names that people use."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.access import MANAGING, OVERSEEING
from bot.core.people import Person
from bot.services.policy_index import packs
from bot.web import policy_view as view
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

SHOWN = 50
"""Former changes on one page."""
Me = Annotated[Person, Depends(only(*OVERSEEING))]
Lead = Annotated[Person, Depends(only(*MANAGING))]
Text = Annotated[str, AfterValidator(clean)]
Field = Annotated[str, Form(max_length=60_000), AfterValidator(clean)]
router = APIRouter(prefix=view.ROOT, include_in_schema=False)


@router.get("")
def index(request: Request, me: Me, shop: Shop, q: Text = "") -> Response:
    """All that may be read, by kinds; what fits the words, where there are any."""
    policy, files = shop.parts.policy.current(), wiring.policy_drafts()
    found = view.groups(policy, files, q.strip(), moment(None).date())
    return page(
        request,
        "policy/index.html",
        groups=found,
        q=q.strip(),
        broken=shop.parts.policy.fault,
        **view.frame(me, policy, moment(None).date()),
    )


@router.get("/playbooks/{name}")
def playbook(request: Request, me: Me, shop: Shop, name: str, pack: Text = "") -> Response:
    """A case's rules in words."""
    house = shop.parts.policy.current()
    policy = house.for_shop(pack)
    book = policy.playbooks.get(name)
    file = view.file_of("playbooks", name, pack)
    if book is None or not file:
        raise HTTPException(404, view.NO_SUCH)
    return page(
        request,
        "policy/playbook.html",
        book=book,
        pack=pack,
        **view.words(policy, moment(None).date(), packs(house)),
        **view.file_state(file),
        **view.frame(me, house, moment(None).date()),
    )


@router.get("/file")
def file(request: Request, me: Me, shop: Shop, name: Text = "") -> Response:
    """A file as it is, or as it is to become, with what it was."""
    return _file(request, me, shop, name, "policy/file.html")


@router.post("/file")
def keep(
    request: Request, me: Lead, shop: Shop, name: Field = "", text: Field = "", seen: Field = ""
) -> Response:
    """Keep a change aside, and say whether the whole would still hold."""
    try:
        wiring.policy_drafts().keep(name, text, me.name, moment(None), seen or None)
    except wiring.NoSuchFile:
        raise HTTPException(404, view.NO_SUCH) from None
    except wiring.ChangedMeanwhile:
        return _file(request, me, shop, name, mine=text)
    return _file(request, me, shop, name, told=view.KEPT)


@router.get("/history")
def history(request: Request, me: Me, shop: Shop) -> Response:
    """What was published, by whom and when, the latest first."""
    policy = shop.parts.policy.current()
    versions = wiring.policy_drafts().history()
    return page(
        request,
        "policy/history.html",
        versions=versions[:SHOWN],
        more=len(versions) > SHOWN,
        **view.frame(me, policy, moment(None).date()),
    )


def _file(
    request: Request,
    me: Person,
    shop: RunningShop,
    name: str,
    template: str = "policy/file_parts.html",
    told: str = "",
    mine: str = "",
) -> Response:
    """Args: mine: what was typed and cannot be kept, as somebody else was quicker."""
    state = view.file_state(name)
    return page(
        request,
        template,
        status=422 if state["faults"] or mine else 200,
        text=wiring.policy_drafts().wanted(name),
        told=told,
        mine=mine,
        **state,
        **view.frame(me, shop.parts.policy.current(), moment(None).date()),
    )
