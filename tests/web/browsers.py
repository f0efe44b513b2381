"""Browsers of people who are signed in, without waiting for the password's slow hash each time."""

import base64
import json
from typing import Any

import itsdangerous
from fastapi.testclient import TestClient
from itsdangerous.url_safe import URLSafeSerializer

from bot.web.signed_in import COOKIE

SECRET = "a secret that only tests know, long enough"
TOKEN = "csrftoken"


def cookies(name: str, version: int = 1) -> dict[str, str]:
    """What a browser holds whose user has signed in under this name."""
    session = base64.b64encode(json.dumps({"name": name, "version": version}).encode())
    signed = itsdangerous.TimestampSigner(SECRET).sign(session).decode()
    return {COOKIE: signed, TOKEN: str(URLSafeSerializer(SECRET, TOKEN).dumps("a token"))}


def sign_in(browser: TestClient, name: str) -> TestClient:
    """The same browser, signed in, sending the page's token as pages do."""
    held = cookies(name)
    for name_of, value in held.items():
        browser.cookies.set(name_of, value, domain="testserver.local", path="/")
    browser.headers["x-csrftoken"] = held[TOKEN]
    return browser


def sign_in_page(page: Any, address: str, name: str) -> None:
    """A real browser's page, signed in at this address."""
    held = [{"name": n, "value": v, "url": address} for n, v in cookies(name).items()]
    page.context.add_cookies(held)
