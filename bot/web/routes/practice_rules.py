"""`/practice/rules`: the rules of all cases to look up, as whoever practises may."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot import wiring
from bot.services.policy_index import Kind
from bot.web import policy_view as view
from bot.web.practising import Me
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import Shop
from bot.web.texts import clean

ROOT = "/practice/rules"
LONGEST_WORDS = 60
router = APIRouter(prefix=ROOT, include_in_schema=False)


@router.get("")
def index(
    request: Request, me: Me, shop: Shop, q: Annotated[str, Query(max_length=LONGEST_WORDS)] = ""
) -> Response:
    """All cases by families; those in whose rules the words stand, where there are any."""
    words = clean(q).strip()
    found = view.groups(shop.parts.policy.current(), wiring.policy_drafts(), words, _today())
    families = found.get(Kind.CASE, {})
    return page(request, "practice/rules.html", families=families, q=words, root=ROOT)


@router.get("/{case}")
def rules(request: Request, me: Me, shop: Shop, case: str) -> Response:
    """One case's rules in words; what one would say is one's own to find."""
    policy = shop.parts.policy.current()
    book = policy.playbooks.get(case)
    if book is None:
        raise HTTPException(404, view.NO_SUCH)
    words = view.words(policy, _today(), {})
    return page(request, "practice/rule.html", book=book, cases_at=ROOT, **words)


def _today() -> date:
    return moment(None).date()
