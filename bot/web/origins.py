"""Where a request comes from, as the browser says it: only our own pages may ask for changes."""

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection


def from_our_page(connection: HTTPConnection) -> None:
    """Refuse what another site makes a browser send.

    Raises:
        HTTPException: it comes from another site.
    """
    if not is_ours(connection):
        raise HTTPException(403, "请从本站的页面发送 this form is for the page itself")


def is_ours(connection: HTTPConnection) -> bool:
    """Whether it comes from a page of ours, or from no page at all."""
    if connection.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")
