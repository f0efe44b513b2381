"""Looking for what to say at the desk, and the phrases that people keep."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from bot import wiring
from bot.core.phrases import Phrase
from bot.services.desk import Message
from bot.web.routes.advice import moment
from tests.web.browsers import sign_in, sign_in_page
from tests.web.conftest import knocking_at
from tests.web.fake_shop import ORDER_NO
from tests.web.test_desk_in_browser import address, begin, desk  # noqa: F401  fixtures


@pytest.fixture
def people(application) -> Iterator[Any]:
    def of(name: str) -> TestClient:
        return sign_in(knocking_at(application), name)

    with knocking_at(application):
        yield of


def titles(answer: Any) -> list[str]:
    return re.findall(r'hit-title">([^<]+?) <', answer.text)


def find(browser: TestClient, q: str, c: str = "") -> Any:
    return browser.get("/desk/scripts", params={"q": q, "view": c})


@pytest.mark.parametrize("q", ["灰色的网线", "meishoudaowangxian", "msdwx"])
def test_wording_is_found_by_words_pinyin_and_first_letters(people, q):
    assert titles(find(people("小周"), q))[0].startswith("没收到网线")


def test_wording_is_found_by_what_a_customer_would_have_meant(people):
    assert titles(find(people("小周"), "退款呢"))[0].startswith("退款")


def test_what_is_known_of_the_customer_is_filled_in_and_the_rest_left_blank(people, parts):
    parts.desk.advise(Message("c", "m1", "没收到网线", moment(None), ORDER_NO))
    browser = people("小周")

    filled = find(browser, "读订单给客户核对收件人电话地址", "c").text
    blank = find(browser, "补偿网线").text

    assert "13812345678" not in filled
    assert "{" not in filled + blank


def test_nothing_like_it_says_how_else_to_look(people):
    assert "没有找到" in find(people("小周"), "zzzz").text


def test_the_search_is_for_those_who_talk_with_customers(people):
    assert find(people("王会计"), "退款").status_code == 403


# ---- phrases ----


def keep(browser: TestClient, title: str = "仓库电话", **more: str) -> Any:
    given = {"title": title, "text": "仓库下午五点前能接电话", "folder": "仓库", **more}
    return browser.post("/phrases", data=given)


def test_ones_own_phrase_is_found_by_oneself_and_by_nobody_else(people):
    keep(people("小周"))

    assert titles(find(people("小周"), "ckdh")) == ["仓库 · 仓库电话"]
    assert titles(find(people("小吴"), "ckdh")) == []


def test_a_shared_phrase_is_the_supervisors_to_write_and_everybodys_to_use(people, parts):
    refused = keep(people("小周"), shared="1")
    keep(people("郑主管"), shared="1")

    assert refused.status_code == 422
    assert "由主管或负责人写" in refused.text
    assert titles(find(people("小吴"), "仓库电话"))[0] == "仓库 · 仓库电话"
    (line,) = wiring.audit(parts.database).latest(5, None)
    assert (line.what, line.by.name) == ("新短语", "郑主管")


def test_a_phrase_is_changed_and_dropped_by_its_owner_only(people, parts):
    keep(people("小周"))
    (phrase,) = wiring.phrasebook(parts.database).phrases.of("小周")

    others = keep(people("小吴"), id=str(phrase.id))
    keep(people("小周"), "仓库的电话", id=str(phrase.id))
    dropped_by_other = people("小吴").post(f"/phrases/{phrase.id}/dropped")

    assert "这是别人自己的短语" in others.text
    assert "这是别人自己的短语" in dropped_by_other.text
    assert [one.title for one in wiring.phrasebook(parts.database).phrases.of("小周")] == [
        "仓库的电话"
    ]
    people("小周").post(f"/phrases/{phrase.id}/dropped")
    assert not wiring.phrasebook(parts.database).phrases.of("小周")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"title": " "}, "名称还没有写"),
        ({"text": ""}, "内容还没有写"),
        ({"text": "字" * 501}, "最多 500 字"),
        ({"folder": "字" * 21}, "文件夹太长"),
    ],
)
def test_a_phrase_that_cannot_be_kept_stays_with_its_writer(people, more, why):
    answer = keep(people("小周"), **{"title": "仓库电话", **more})

    assert answer.status_code == 422
    assert why in answer.text


# ---- at the desk ----


def test_by_keyboard_alone_wording_is_found_put_at_the_cursor_and_no_draft_is_lost(
    desk,  # noqa: F811
    parts,
):
    begin(desk)
    box = desk.locator("#agent-text")
    box.focus()
    desk.keyboard.press("/")
    desk.locator("#scripts-q:focus").wait_for()
    desk.keyboard.type("msdwx")
    desk.locator("#hits .hit").first.wait_for()
    first = desk.locator("#hits .hit-text").first.inner_text()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    assert box.input_value() == first

    desk.keyboard.press("Home")
    desk.keyboard.type("您好，")
    desk.get_by_role("button", name="找话术").click()
    desk.keyboard.press("Escape")

    assert box.input_value() == f"您好，{first}"
    assert not desk.locator("#scripts-dialog").is_visible()


def test_a_slash_within_a_text_is_a_slash(desk):  # noqa: F811
    begin(desk)
    box = desk.locator("#agent-text")
    box.focus()

    desk.keyboard.type("a/b")

    assert box.input_value() == "a/b"


_ = (address, sign_in_page)


# ---- pictures ----


@pytest.fixture
def drawing(tmp_path, monkeypatch) -> bytes:
    monkeypatch.setenv(wiring.VAR_SETTING, str(tmp_path))
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "PNG")
    return out.getvalue()


def keep_with_picture(browser: TestClient, data: bytes) -> Any:
    given = {"title": "安装图", "text": "照这张图接线", "folder": ""}
    return browser.post("/phrases", data=given, files={"file": ("x.png", data, "image/png")})


def test_a_phrases_picture_is_kept_aside_and_shown_to_staff_only(people, parts, drawing, tmp_path):
    keep_with_picture(people("小周"), drawing)

    (phrase,) = wiring.phrasebook(parts.database).phrases.of("小周")
    assert [file.name for file in (tmp_path / "phrases").iterdir()] == [phrase.picture]
    shown = people("小周").get(f"/phrases/pictures/{phrase.picture}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert people("王会计").get(f"/phrases/pictures/{phrase.picture}").status_code == 403
    assert people("小周").get("/phrases/pictures/..%2Fshop.db").status_code == 404


def test_what_is_no_picture_is_refused_and_the_phrase_stays_with_its_writer(people, parts, drawing):
    answer = keep_with_picture(people("小周"), b"<svg/>")

    assert answer.status_code == 422
    assert "JPG、PNG 或 WebP" in answer.text
    assert "照这张图接线" in answer.text
    assert not wiring.phrasebook(parts.database).phrases.of("小周")


def test_at_the_desk_a_phrase_goes_with_its_picture_and_the_picture_can_be_left_out(
    drawing,
    desk,  # noqa: F811
    parts,
):
    name = wiring.phrase_pictures().keep(drawing)
    book = wiring.phrasebook(parts.database)
    book.phrases.keep(Phrase(0, "小周", "", "安装图", "照这张图接线", name))
    begin(desk)
    for leave_out in (True, False):
        desk.locator("#agent-text").focus()
        desk.keyboard.press("/")
        desk.keyboard.type("azt")
        desk.locator("#hits img").wait_for()
        desk.keyboard.press("Enter")
        desk.locator("#with-picture img").wait_for()
        if leave_out:
            desk.get_by_role("button", name="不发图片").click()
        desk.locator("#agent-text").press("Enter")
        desk.locator(".message.agent").get_by_text("照这张图接线").nth(
            0 if leave_out else 1
        ).wait_for()

    desk.locator(".message.agent img").wait_for()
    assert desk.locator(".message.agent").count() == 3
    assert desk.locator(".message.agent img").count() == 1
    assert not desk.locator("#with-picture").is_visible()
