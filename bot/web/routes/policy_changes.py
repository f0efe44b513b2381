"""`/lead/policy/changes`: what does not count yet: looked at, tried, put in force or given up."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.people import Person
from bot.services.policy_editing import By, FieldRefused
from bot.services.policy_index import packs
from bot.services.ports import PolicyError
from bot.services.ports.policy import Version
from bot.web import policy_view as view
from bot.web.rendering import page
from bot.web.replay_job import ReplayJob
from bot.web.routes.advice import moment
from bot.web.routes.policy import Field, Lead, Me
from bot.web.shop import RunningShop, Shop

PLAYED = 300
"""The shop's conversations that are played again: the latest ones."""
WORKED = "worked"
MOVED = "有文件在别处改过了，先看看改了什么，再决定。"
router = APIRouter(prefix=view.ROOT, include_in_schema=False)


@router.get("/changes")
def changes(request: Request, me: Me, shop: Shop) -> Response:
    """What does not count yet, line by line, and what would be wrong with it."""
    return _changes(request, me, shop, "policy/changes.html")


@router.post("/replayed")
def replay(request: Request, me: Lead, shop: Shop, what: Field = "") -> Response:
    """Play conversations through the rules as they are and as they would be."""
    job: ReplayJob = request.app.state.replay
    files, most = wiring.policy_drafts(), None if what == WORKED else PLAYED
    day = wiring.policy_editing().takes_effect(moment(None).date())
    state = job.start(
        lambda count: wiring.compare_drafts(shop.parts, files, count, day, most), day, what
    )
    return page(request, "policy/replay.html", state=state, **_titles(shop, day))


@router.get("/replayed")
def replayed(request: Request, me: Me, shop: Shop) -> Response:
    """How far it is."""
    job: ReplayJob = request.app.state.replay
    return page(
        request, "policy/replay.html", state=job.state, **_titles(shop, moment(None).date())
    )


@router.post("/published")
def publish(request: Request, me: Lead, shop: Shop) -> Response:
    """Put the changes in force."""
    now = moment(None)
    try:
        done = wiring.policy_drafts().publish(me.name, now)
    except PolicyError:
        return _changes(request, me, shop, refused="有错的规则不能发布。")
    except wiring.ChangedMeanwhile:
        return _changes(request, me, shop, refused=MOVED)
    except wiring.NotWritable as error:
        return _changes(request, me, shop, refused=f"没有发布，规则文件写不进去：{error}")
    for version in done:
        wiring.audit(shop.parts.database).note(me, now, "发布规则", version.name, *_lines(version))
    return _changes(request, me, shop, told=f"{len(done)} 个文件已经生效。")


@router.post("/discarded")
def discard(request: Request, me: Lead, name: Field = "", back: Field = view.ROOT) -> Response:
    """Forget the change of a file, or all."""
    wiring.policy_drafts().discard(name)
    ours = back if back.startswith(view.ROOT) else view.ROOT
    return Response(headers={"HX-Redirect": ours})


@router.post("/adopted")
def adopt(request: Request, me: Lead, shop: Shop, name: Field = "") -> Response:
    """Let a change stand, although the file is another one by now."""
    wiring.policy_drafts().adopt(name)
    return _changes(request, me, shop)


@router.post("/restored")
def restore(request: Request, me: Lead, name: Field = "", version: Field = "") -> Response:
    """Want a file as it was before a change, as a draft like any other."""
    try:
        wiring.policy_editing().restore(name, version, By(me.name, moment(None)))
    except (FieldRefused, wiring.NoSuchFile):
        raise HTTPException(404, view.NO_SUCH) from None
    return Response(headers={"HX-Redirect": f"{view.ROOT}/changes"})


def _changes(
    request: Request,
    me: Person,
    shop: RunningShop,
    template: str = "policy/changes_parts.html",
    refused: str = "",
    told: str = "",
) -> Response:
    files, policy = wiring.policy_drafts(), shop.parts.policy.current()
    drafts = list(files.drafts().values())
    moved = {name: view.live(name) for name in files.moved()}
    return page(
        request,
        template,
        status=422 if refused else 200,
        changes=drafts,
        moved=moved,
        faults=files.faults() if drafts else [],
        refused=refused,
        told=told,
        worked=wiring.worked_conversations(),
        day=wiring.policy_editing().takes_effect(moment(None).date()),
        state=None,
        today=moment(None).date(),
        **view.frame(me, policy, moment(None).date()),
    )


def _lines(version: Version) -> tuple[dict[str, str], dict[str, str]]:
    """The lines that went and that came, for the audit log."""
    lines = view.difference(version.before, version.after)
    before, after = (
        "\n".join(one[1:] for one in lines if one.startswith(sign)) for sign in ("-", "+")
    )
    return {"原来": before}, {"现在": after}


def _titles(shop: RunningShop, today: date) -> dict[str, Any]:
    policy = shop.parts.policy.current()
    return view.words(policy, today, packs(policy))
