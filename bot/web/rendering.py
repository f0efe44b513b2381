"""Draws pages and parts of pages: every one knows who looks at it and where they may go."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.templating import Jinja2Templates

from bot.core.access import places_of
from bot.core.people import TITLES, Person
from bot.web.texts import chinese

STATIC = Path(__file__).parent / "static"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals["new_id"] = lambda: str(uuid4())
ENVIRONMENT.globals["role_titles"] = TITLES
ENVIRONMENT.filters["chinese"] = lambda told: chinese(str(told))
_PAGES = Jinja2Templates(env=ENVIRONMENT)


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The page, or the part of one, that this template makes of the context."""
    me: Person | None = getattr(request.state, "me", None)
    places = places_of(me.role) if me else ()
    shown = {"me": me, "nav": places, "here": _here(request.url.path, places), **context}
    return _PAGES.TemplateResponse(request, template, shown, status, headers)


def part(template: str, **context: Any) -> str:
    """A part of a page that is the same for everybody who sees it, as text to be sent on."""
    return ENVIRONMENT.get_template(template).render(context)


def by_htmx(request: Request) -> bool:
    """Whether a part of a page is wanted, not the whole."""
    return "hx-request" in request.headers


def _here(path: str, places: tuple[Any, ...]) -> str:
    """The place of the navigation to which this path belongs: the longest that it begins with."""
    within = [one.path for one in places if f"{path}/".startswith(f"{one.path}/")]
    return max(within, key=len, default="")
