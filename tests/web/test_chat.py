"""The customers' chat: kept, answered, handed over; nobody else's conversation opens."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from bot import wiring
from bot.adapters.pace import A_MINUTE
from bot.core.conversation import Speaker
from bot.web.app import create_app
from bot.web.chat_token import HEADER, ChatTokens
from bot.web.headers import SITES_SETTING
from tests.fake_rasa import FakeRasa
from tests.web.browsers import SECRET, sign_in
from tests.web.conftest import knocking_at
from tests.web.fake_shop import NICKNAME, ORDER_NO, PolicyAtHours, shop

TOKENS = ChatTokens(SECRET)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(wiring.VAR_SETTING, str(tmp_path))
    return tmp_path


@pytest.fixture
def policy(policy):
    return PolicyAtHours(policy, "00:00", "00:00")


@pytest.fixture
def rasa(monkeypatch) -> Iterator[FakeRasa]:
    """Rasa is away: the bot's rules are asked directly."""
    with FakeRasa() as fake:
        fake.status = 500
        monkeypatch.setenv(wiring.RASA_URL_SETTING, fake.url)
        yield fake


@pytest.fixture
def customer(parts, rasa) -> Iterator[TestClient]:
    """A customer's page about the router's order."""
    app = create_app(parts, called_as=["testserver"], secret=SECRET)
    with knocking_at(app) as browser:
        browser.headers[HEADER] = TOKENS.new(ORDER_NO, NICKNAME)
        yield browser


def own(browser: TestClient) -> str:
    guest = TOKENS.read(str(browser.headers[HEADER]))
    assert guest
    return guest.conversation_id


def say(browser: TestClient, text: str, id: str = "m1"):
    return browser.post("/chat/messages", json={"id": id, "text": text})


def turns(parts, browser):
    kept = wiring.conversations(parts.database).load(own(browser))
    return kept.turns if kept else ()


def test_the_page_says_that_a_bot_answers_and_where_people_are(customer):
    page = customer.get("/chat").text

    assert "不是真人" in page
    assert "转人工" in page


def test_a_message_is_kept_and_answered_by_the_bots_own_rules(customer, parts):
    assert say(customer, "路由器收到了，里面没有网线").status_code == 202

    said = turns(parts, customer)
    assert [turn.speaker for turn in said] == [Speaker.CUSTOMER, Speaker.BOT]
    assert said[1].reading.step == "look_again"


def test_a_message_sent_again_is_one_message(customer, parts):
    for _ in range(2):
        assert say(customer, "你好").status_code == 202

    assert len(turns(parts, customer)) == 2
    assert say(customer, "别的话").status_code == 409


def test_with_rasa_the_message_goes_the_way_of_every_channel(customer, parts, rasa):
    rasa.status = 200

    assert say(customer, "/restart").status_code == 202

    (body,) = rasa.bodies
    assert body == {
        "sender": own(customer),
        "message": "／restart",
        "input_channel": "chat",
        "metadata": {"message_id": "m1", "order_no": ORDER_NO, "nickname": NICKNAME},
    }


@pytest.mark.parametrize("token", ["", "made up", ChatTokens("another secret").new(ORDER_NO)])
def test_a_page_without_our_token_opens_no_conversation(customer, parts, token):
    customer.headers[HEADER] = token

    answer = say(customer, "你好")

    assert answer.status_code == 401
    assert "刷新页面" in answer.json()["errors"][0]["message"]
    with customer.websocket_connect("/chat/live") as socket:
        socket.send_json({"body": {"token": token}})
        assert socket.receive()["code"] == 4401


def test_the_page_is_sent_its_own_conversation_and_the_desk_learns_that_it_arrived(customer, parts):
    say(customer, "路由器收到了，里面没有网线")
    with customer.websocket_connect("/chat/live") as socket:
        socket.send_json({"body": {"token": customer.headers[HEADER]}})
        assert "里面没有网线" in socket.receive_text()

    seen = wiring.desk_state(parts).one(own(customer))
    assert seen is not None
    assert seen.mark.delivered == 2


def test_another_sites_page_is_sent_nothing(customer):
    elsewhere = {"origin": "https://elsewhere.example"}
    with customer.websocket_connect("/chat/live", headers=elsewhere) as socket:
        socket.send_json({"body": {"token": customer.headers[HEADER]}})
        assert socket.receive()["code"] == 4401


def test_what_a_customer_writes_is_shown_as_text(customer):
    say(customer, "<img src=x onerror=alert(1)>")
    with customer.websocket_connect("/chat/live") as socket:
        socket.send_json({"body": {"token": customer.headers[HEADER]}})
        drawn = socket.receive_text()

    assert "&lt;img src=x" in drawn
    assert "<img" not in drawn


def test_who_writes_like_a_script_is_asked_to_slow_down_and_loses_nothing_else(customer):
    answers = [say(customer, "你好", f"m{n}").status_code for n in range(A_MINUTE + 1)]

    assert answers == [202] * A_MINUTE + [429]


@pytest.mark.parametrize(
    "body", [{}, {"id": "m", "text": ""}, {"id": "m", "text": "字" * 5001}, {"id": "m", "x": 1}]
)
def test_a_message_that_is_none_is_refused(customer, body):
    assert customer.post("/chat/messages", json=body).status_code == 422


# ---- pictures ----


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def send(browser: TestClient, data: bytes, id: str = "p1"):
    return browser.post(
        "/chat/photos", data={"id": id}, files={"photo": ("../../x.html", data, "text/html")}
    )


def test_a_photo_is_kept_outside_the_web_root_and_shown_as_a_picture_only(customer, parts, var):
    assert send(customer, picture()).status_code == 202

    (photo,) = wiring.photos(parts.database).of(own(customer)).values()
    assert [file.name for file in (var / "photos").iterdir()] == [photo.id]
    shown = customer.get(f"/chat/photos/{photo.id}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert turns(parts, customer)[0].text == "[图片]"


def test_the_desk_shows_the_photo_and_what_the_bot_hands_over(customer, parts):
    send(customer, picture())
    say(customer, "要人工")
    (photo,) = wiring.photos(parts.database).of(own(customer)).values()

    page = sign_in(customer, "小周").get("/desk", params={"c": own(customer)}).text

    assert f"/chat/photos/{photo.id}" in page
    assert "机器人转来" in page


@pytest.mark.parametrize("data", [b"<html><script>alert(1)</script></html>", b"GIF89a", b""])
def test_what_is_no_photo_is_refused_and_leaves_nothing_behind(customer, parts, var, data):
    answer = send(customer, data)

    assert answer.status_code == 422
    assert turns(parts, customer) == ()
    assert not (var / "photos").exists()


def test_a_photo_beyond_nine_megabytes_is_refused_before_it_is_read(customer):
    answer = send(customer, b"x" * (9 * 1024 * 1024 + 1))

    assert answer.status_code == 413
    assert "压缩" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("name", ["unknown", "..%2f..%2fshop.db"])
def test_no_other_file_is_shown_as_a_photo(customer, name):
    assert customer.get(f"/chat/photos/{name}").status_code == 404


# ---- on the shop's own site ----


def test_the_chat_may_stand_in_the_pages_of_the_shops_sites_and_nothing_else_may(
    customer, monkeypatch
):
    assert "frame-ancestors 'self'" in customer.get("/chat").headers["content-security-policy"]
    monkeypatch.setenv(SITES_SETTING, "https://www.shop.example")

    policy = customer.get("/chat").headers["content-security-policy"]

    assert policy.endswith("frame-ancestors 'self' https://www.shop.example")
    assert "frame-ancestors 'none'" in customer.get("/login").headers["content-security-policy"]


def test_the_script_for_the_shops_site_is_served(customer):
    answer = customer.get("/chat/embed.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert "/chat" in answer.text


# ---- at night ----


@pytest.fixture
def at_night(shop_file, tmp_path, reader, policy, words, rasa) -> Iterator[TestClient]:
    night = PolicyAtHours.away(policy)
    file = shutil.copy(shop_file, tmp_path / "shop.db")
    with shop(file, reader, night, words) as parts:
        app = create_app(parts, called_as=["testserver"], secret=SECRET)
        with knocking_at(app) as browser:
            browser.headers[HEADER] = TOKENS.new(ORDER_NO, NICKNAME)
            yield browser


def drawn(browser: TestClient) -> str:
    with browser.websocket_connect("/chat/live") as socket:
        socket.send_json({"body": {"token": browser.headers[HEADER]}})
        return socket.receive_text()


def test_at_night_a_form_for_a_message_stands_there_until_one_is_left(at_night):
    say(at_night, "要人工")
    first = drawn(at_night)
    say(at_night, "留言：请打我电话", "m2")

    assert 'id="leave"' in first
    assert "下班了" in first
    assert 'id="leave"' not in drawn(at_night)


def test_by_day_there_is_no_such_form(customer):
    say(customer, "要人工")

    assert 'id="leave"' not in drawn(customer)
    assert "已经转人工" in drawn(customer)
