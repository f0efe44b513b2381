"""The application as a whole: its health, its files, what it tells browsers."""

import time

import pytest

from tests.web.fake_shop import HandReader


def test_a_shop_with_all_its_parts_is_well(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "understanding": "rasa", "policy": "ok"}


def test_health_is_degraded_while_rasa_is_down_and_well_again_by_itself(client, reader: HandReader):
    reader.down = True
    client.post("/api/v1/advise", json={"text": "你好"})
    degraded = client.get("/healthz").json()
    reader.down = False

    deadline = time.monotonic() + 5
    while client.get("/healthz").json()["status"] != "ok":
        assert time.monotonic() < deadline, "health stays degraded"
        time.sleep(0.02)

    assert (degraded["status"], degraded["understanding"]) == ("degraded", "key phrases")


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/desk.js", "/nowhere"])
def test_every_answer_lets_the_browser_run_our_own_files_only(client, path):
    headers = client.get(path).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_page_is_never_kept_and_a_file_is_asked_for_again(client):
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/static/tokens.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("file", ["/static/htmx/htmx-4.min.js", "/static/htmx/ext/hx-ws-4.min.js"])
def test_htmx_is_served_from_the_installed_package(client, file):
    answer = client.get(file)

    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]


def test_all_that_the_page_asks_for_is_there(client):
    page = client.get("/").text
    files = {part.split('"')[0] for part in page.split('="/static')[1:]}

    missing = [f for f in files if client.get(f"/static{f}").status_code != 200]

    assert len(files) >= 5
    assert not missing


def test_the_page_holds_no_script_and_no_style_of_its_own(client):
    page = client.get("/").text

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")
