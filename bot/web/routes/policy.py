"""`/lead/policy`: the rules to read, to change, to try and to put in force."""

import difflib
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.access import MANAGING, OVERSEEING
from bot.core.people import Person
from bot.core.policy import Policy
from bot.core.policy_words import conditions, figure
from bot.services.ports import PolicyError
from bot.web.policy_view import groups, kept
from bot.web.rendering import page
from bot.web.replay_job import ReplayJob
from bot.web.routes.advice import moment
from bot.web.shop import Shop
from bot.web.signed_in import only
from bot.web.texts import clean

PLAYED = 300
"""Conversations that are played again: the latest ones."""
Me = Annotated[Person, Depends(only(*OVERSEEING))]
Lead = Annotated[Person, Depends(only(*MANAGING))]
Text = Annotated[str, AfterValidator(clean)]
Field = Annotated[str, Form(max_length=60_000), AfterValidator(clean)]
router = APIRouter(prefix="/lead/policy", include_in_schema=False)


@router.get("")
def index(request: Request, me: Me, shop: Shop, q: Text = "") -> Response:
    """All that may be read, by kinds; what fits the words, where there are any."""
    policy = shop.parts.policy.current()
    found = groups(policy, kept(), q.strip(), moment(None).date())
    return page(request, "policy/index.html", groups=found, q=q.strip(), **_drafts(me))


@router.get("/playbooks/{playbook_id}")
def playbook(request: Request, me: Me, shop: Shop, playbook_id: str) -> Response:
    """A case's rules in words."""
    policy, today = shop.parts.policy.current(), moment(None).date()
    book = policy.playbooks.get(playbook_id)
    if book is None:
        return _no_such(request)
    return page(
        request,
        "policy/playbook.html",
        book=book,
        file=next((n for n in kept().names() if n.endswith(f"/{playbook_id}.yml")), ""),
        **_words(policy, today),
        **_drafts(me),
    )


@router.get("/file")
def file(request: Request, me: Me, name: Text = "") -> Response:
    """A file as it is, or as it is to become, with what it was."""
    try:
        return _file(request, me, name, "policy/file.html")
    except wiring.NoSuchFile:
        return _no_such(request)


@router.post("/file")
def keep(request: Request, me: Lead, name: Field = "", text: Field = "") -> Response:
    """Keep a change aside, and say whether the whole would still hold."""
    try:
        kept().keep(name, text, me.name, moment(None))
    except wiring.NoSuchFile:
        return _no_such(request)
    return _file(request, me, name, fault=_fault(), told="存成了草稿，还没有生效。")


@router.post("/discarded")
def discard(request: Request, me: Lead, name: Field = "") -> Response:
    """Forget the change of a file, or all."""
    kept().discard(name)
    return Response(headers={"HX-Redirect": "/lead/policy"})


@router.get("/changes")
def changes(request: Request, me: Me) -> Response:
    """What does not count yet, line by line."""
    return _changes(request, me, "policy/changes.html")


@router.post("/replayed")
def replay(request: Request, me: Lead, shop: Shop) -> Response:
    """Play past conversations through the rules as they are and as they would be."""
    job: ReplayJob = request.app.state.replay
    drafts = kept()
    state = job.start(lambda count: wiring.compare_drafts(shop.parts, drafts, count, PLAYED))
    return page(request, "policy/replay.html", state=state)


@router.get("/replayed")
def replayed(request: Request, me: Me) -> Response:
    job: ReplayJob = request.app.state.replay
    return page(request, "policy/replay.html", state=job.state)


@router.post("/published")
def publish(request: Request, me: Lead, shop: Shop) -> Response:
    """Put the changes in force."""
    now = moment(None)
    try:
        done = kept().publish(me.name, now)
    except PolicyError as error:
        return _changes(request, me, fault=str(error))
    except wiring.ChangedMeanwhile as moved:
        why = f"{moved} 刚被别人改过。放弃这份草稿，照新的再改一次。"
        return _changes(request, me, fault=why)
    except wiring.NotWritable as error:
        return _changes(request, me, fault=f"这台机器上的规则文件写不进去：{error}")
    for name, version in done.items():
        lines = _difference(version.before, version.after)
        before = {"原来": "\n".join(one[1:] for one in lines if one.startswith("-"))}
        after = {"现在": "\n".join(one[1:] for one in lines if one.startswith("+"))}
        wiring.audit(shop.parts.database).note(me, now, "发布规则", name, before, after)
    return _changes(request, me, told=f"{len(done)} 个文件已经生效。")


def _file(
    request: Request,
    me: Person,
    name: str,
    template: str = "policy/file_parts.html",
    fault: str = "",
    told: str = "",
) -> Response:
    drafts = kept()
    now = drafts.text(name)
    draft = drafts.drafts().get(name)
    return page(
        request,
        template,
        status=422 if fault else 200,
        name=name,
        text=draft.text if draft else now,
        draft=draft,
        difference=_difference(now, draft.text) if draft else [],
        history=[(one, _difference(one.before, one.after)) for one in drafts.history(name)],
        fault=fault,
        told=told,
        **_drafts(me),
    )


def _changes(
    request: Request,
    me: Person,
    template: str = "policy/changes_parts.html",
    fault: str = "",
    told: str = "",
) -> Response:
    drafts = kept()
    found = [
        (draft, _difference(drafts.text(draft.name), draft.text))
        for draft in drafts.drafts().values()
    ]
    return page(
        request,
        template,
        status=422 if fault else 200,
        changes=found,
        fault=fault or (_fault() if found else ""),
        told=told,
        **_drafts(me),
    )


def _fault() -> str:
    """What would be wrong; empty where the whole would hold."""
    try:
        kept().check()
    except PolicyError as error:
        return str(error)
    return ""


def _difference(before: str, after: str) -> list[str]:
    """The lines that differ, with one beside them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++"))]


def _words(policy: Policy, today: date) -> dict[str, Any]:
    """What templates need to tell the rules in words."""
    conditions_of: Callable[[Any], list[str]] = lambda many: conditions(many, policy, today)  # noqa: E731
    return {
        "policy": policy,
        "conditions": conditions_of,
        "figure": lambda name: figure(name, policy, today),
    }


def _drafts(me: Person) -> dict[str, Any]:
    return {"waiting": len(kept().drafts()), "may_edit": me.role in MANAGING}


def _no_such(request: Request) -> Response:
    why = "地址可能写错了，或者文件已经不在了。"
    return page(request, "refused.html", status=404, title="没有这个规则文件", why=why)
