"""Who is signed in, who is not, and what another site cannot make a browser do."""

import pytest

from bot import wiring
from bot.web.routes.advice import moment
from tests.web.browsers import sign_in
from tests.web.fake_shop import PASSWORD

HTML = {"accept": "text/html"}


def login(browser, name="小周", password=PASSWORD, **more):
    form = {"name": name, "password": password, **more}
    return browser.post("/login", data=form, follow_redirects=False)


def test_a_stranger_is_sent_to_sign_in_and_comes_back_to_the_page(stranger):
    sent = stranger.get("/desk?c=a", headers=HTML, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2Fdesk%3Fc%3Da")

    back = login(stranger, next="/desk?c=a")

    assert (back.status_code, back.headers["location"]) == (303, "/desk?c=a")
    assert stranger.get("/desk", headers=HTML).status_code == 200


def test_the_cookie_is_for_the_server_alone(stranger):
    cookie = login(stranger).headers["set-cookie"].lower()

    assert "shouhou=" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_wrong_password_is_told_and_the_name_stays(stranger):
    refused = login(stranger, password="wrong")

    assert refused.status_code == 422
    assert "姓名或密码不对" in refused.text
    assert 'value="小周"' in refused.text
    assert "wrong" not in refused.text


def test_who_guesses_on_has_to_wait(stranger, monkeypatch):
    # A count of its own: the other tests sign in from the same place.
    from bot.adapters.attempts import LimitedAttempts

    counted = LimitedAttempts()
    monkeypatch.setattr("bot.wiring.people._attempts", lambda: counted)
    for _ in range(5):
        assert login(stranger, password="wrong").status_code == 422

    assert login(stranger).status_code == 429


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"]
)
def test_after_signing_in_nobody_is_sent_to_another_site(stranger, elsewhere):
    assert login(stranger, next=elsewhere).headers["location"] == "/"


def test_another_site_cannot_sign_somebody_in(stranger):
    forged = stranger.post(
        "/login",
        data={"name": "小周", "password": PASSWORD},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert forged.status_code == 403


def test_signed_out_is_signed_out(client):
    assert client.post("/logout").headers["hx-redirect"] == "/login"

    assert client.get("/desk", headers=HTML, follow_redirects=False).status_code == 303


def test_a_change_without_the_pages_token_is_refused(client):
    del client.headers["x-csrftoken"]

    refused = client.post("/account/password", data={"old": PASSWORD, "new": "battery staple"})

    assert refused.status_code == 403
    assert refused.json()["errors"][0]["field"] == "x-csrftoken"


def test_programs_without_a_session_need_no_token(stranger):
    assert stranger.post("/api/v1/advise", json={"text": "你好"}).status_code == 200


def test_a_cookie_that_somebody_made_up_signs_nobody_in(stranger):
    stranger.cookies.set("shouhou", "eyJuYW1lIjogIui0n+i0o+S6uiJ9.aaaa.bbbb")

    assert stranger.get("/desk", headers=HTML, follow_redirects=False).status_code == 303


def test_a_session_ends_when_the_account_changes(client, parts):
    accounts = wiring.accounts(parts.database)
    lead = accounts.current("负责人", 1).person
    assert client.get("/account").status_code == 200

    accounts.reset_password(lead, moment(None), "小周")

    assert client.get("/account").status_code == 401


def test_ones_own_password_is_changed_and_one_stays_signed_in(client):
    changed = client.post("/account/password", data={"old": PASSWORD, "new": "battery staple"})

    assert "密码已经换了" in changed.text
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("name", ["小周", "郑主管", "王会计", "老库", "新来的"])
def test_only_the_lead_sees_accounts_and_the_audit_log(stranger, name):
    browser = sign_in(stranger, name)

    for path in ("/lead/people", "/lead/audit"):
        refused = browser.get(path, headers=HTML)
        assert refused.status_code == 403
        assert "只给负责人用" in refused.text


def test_the_lead_makes_an_account_that_can_sign_in(stranger):
    lead = sign_in(stranger, "负责人")

    made = lead.post(
        "/lead/people", data={"name": "新同事", "role": "agent", "password": "battery staple"}
    )

    assert "新同事可以登录了" in made.text
    assert "新建账号" in lead.get("/lead/audit").text
    assert login(lead, "新同事", "battery staple").status_code == 303


def test_a_refusal_is_told_beside_the_list_of_accounts(stranger):
    lead = sign_in(stranger, "负责人")

    refused = lead.post(
        "/lead/people", data={"name": "小周", "role": "agent", "password": "battery staple"}
    )

    assert refused.status_code == 422
    assert "已经有人叫「小周」了" in refused.text


def test_a_new_password_is_shown_once(stranger):
    lead = sign_in(stranger, "负责人")

    told = lead.post("/lead/people/小周/password").text

    password = told.split("新密码：")[1].split(" ")[0]
    assert login(lead, "小周", password).status_code == 303


@pytest.mark.parametrize(
    ("name", "place"), [("小周", "/desk"), ("王会计", "/records"), ("新来的", "/practice")]
)
def test_the_first_page_is_the_one_of_the_role(stranger, name, place):
    sent = sign_in(stranger, name).get("/", follow_redirects=False)

    assert sent.headers["location"] == place


def test_a_name_with_markup_is_shown_as_text(stranger):
    lead = sign_in(stranger, "负责人")

    shown = lead.post(
        "/lead/people",
        data={"name": "<b>x</b>", "role": "agent", "password": "battery staple"},
    ).text

    assert "<b>x</b>" not in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
