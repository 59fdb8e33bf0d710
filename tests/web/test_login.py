"""Logging in and out, the first account, passwords."""

import pytest
from web_site import ORIGIN, PASSWORD, Site

from review.tasks import Role
from review.web.rendering import own_path
from review.web.settings import SecureCookies, WebSettings
from review.web.throttle import PER_ACCOUNT_AND_ADDRESS, PER_ADDRESS


def log_in(browser, name="Ana", password=PASSWORD, **more):
    return browser.post("/login", data={"name": name, "password": password, **more})


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(site: Site):
    site.person()
    cookie = log_in(site.browser()).headers["set-cookie"]
    assert cookie.startswith("polycue_session=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie, "a browser would drop a Secure cookie that came over http"


def test_over_https_the_cookie_is_bound_to_this_host(sqlite_url: str):
    site = Site(sqlite_url, settings=WebSettings(public_origin="https://review.example.org"))
    site.person()
    browser = site.browser()
    browser.headers["Origin"] = "https://review.example.org"
    cookie = log_in(browser).headers["set-cookie"]
    assert cookie.startswith("__Host-polycue=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()
    site.close()


@pytest.mark.parametrize(
    ("choice", "is_secure"), [(SecureCookies.ALWAYS, True), (SecureCookies.NEVER, False)]
)
def test_secure_cookies_can_be_forced_either_way(sqlite_url: str, choice, is_secure):
    site = Site(sqlite_url, settings=WebSettings(secure_cookies=choice))
    site.person()
    assert ("Secure" in log_in(site.browser()).headers["set-cookie"]) == is_secure
    site.close()


def test_every_login_has_a_token_of_its_own(site: Site):
    site.person()
    first, second = (log_in(site.browser()).cookies["polycue_session"] for _ in range(2))
    assert first != second


def test_a_token_that_a_stranger_planted_is_not_the_one_that_gets_logged_in(site: Site):
    site.person()
    browser = site.browser()
    browser.cookies.set("polycue_session", "planted")
    assert log_in(browser).cookies["polycue_session"] != "planted"


def test_an_unknown_name_and_a_wrong_password_look_the_same(site: Site):
    site.person()
    wrong = log_in(site.browser(), password="not this one")
    unknown = log_in(site.browser(), name="Zoe")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace('value="Ana"', "") == unknown.text.replace('value="Zoe"', "")


def test_logging_out_ends_the_session_on_the_server_too(site: Site):
    browser = site.browser(site.person())
    token = browser.cookies["polycue_session"]
    assert browser.post("/logout").headers["location"] == "/login?notice=logged-out"
    again = site.browser()
    again.cookies.set("polycue_session", token)
    assert again.get("/").headers["location"].startswith("/login")


def test_logging_out_is_no_link_that_another_page_could_follow(site: Site):
    assert site.browser(site.person()).get("/logout").status_code == 405


def test_the_sixth_attempt_in_a_minute_at_one_account_must_wait(site: Site):
    site.person()
    browser = site.browser()
    for _ in range(PER_ACCOUNT_AND_ADDRESS):
        assert log_in(browser, password="wrong").status_code == 401
    answer = log_in(browser)
    assert answer.status_code == 429, "even the right password waits"
    assert "too many attempts: wait" in answer.text


def test_another_spelling_of_a_name_is_the_same_account_to_the_throttle(site: Site):
    browser = site.browser()
    for name in ("ana", "ANA", " Ana ", "aNa", "anA"):
        log_in(browser, name=name)
    assert log_in(browser).status_code == 429


def test_trying_one_password_on_many_accounts_is_slowed_down_too(site: Site):
    browser = site.browser()
    for number in range(PER_ADDRESS):
        assert log_in(browser, name=f"user {number}").status_code == 401
    assert log_in(browser, name="one more").status_code == 429


def test_who_knows_the_password_is_not_slowed_down(site: Site):
    site.person()
    for _ in range(PER_ACCOUNT_AND_ADDRESS + 2):
        assert log_in(site.browser()).status_code == 303


def test_scripts_are_told_when_to_try_again(site: Site):
    browser = site.browser()
    for _ in range(PER_ACCOUNT_AND_ADDRESS):
        browser.post("/api/v1/session", json={"name": "Ana", "password": "wrong"})
    answer = browser.post("/api/v1/session", json={"name": "Ana", "password": "wrong"})
    assert (answer.status_code, answer.json()["error"]) == (429, "too_many_logins")
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_logging_in_leads_on_to_the_page_that_was_asked_for(site: Site):
    site.person()
    browser = site.browser()
    answer = browser.get("/tasks/abc?notice=saved")
    assert answer.headers["location"] == "/login?next=%2Ftasks%2Fabc%3Fnotice%3Dsaved"
    wanted = "/tasks/abc?notice=saved"
    assert log_in(browser, next=wanted).headers["location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "evil",
        "",
        "/\t/evil.example",
        "/" + "a" * 600,
    ],
)
def test_logging_in_never_leads_to_another_site(elsewhere: str):
    assert own_path(elsewhere) == "/"


def test_the_first_account_is_made_with_the_token_that_the_server_printed(site: Site):
    browser = site.browser()
    assert "setup address" in browser.get("/login").text
    assert browser.get(site.first_run.path).status_code == 200
    token = site.first_run.path.partition("token=")[2]
    made = browser.post("/setup", data={"token": token, "name": "Ada", "password": PASSWORD})
    assert (made.status_code, made.headers["location"]) == (303, "/")
    assert [(user.name, user.role) for user in site.people.users()] == [("Ada", Role.ADMIN)]
    assert "Review queue" in browser.get("/").text, "and is logged in"


def test_the_setup_address_is_worth_nothing_without_its_token_or_a_second_time(site: Site):
    browser = site.browser()
    form = {"name": "Eve", "password": PASSWORD}
    assert browser.get("/setup?token=guess").status_code == 403
    assert browser.post("/setup", data={"token": "guess", **form}).status_code == 403
    token = site.first_run.path.partition("token=")[2]
    browser.post("/setup", data={"token": token, "name": "Ada", "password": PASSWORD})
    assert browser.post("/setup", data={"token": token, **form}).status_code == 403
    assert browser.get(site.first_run.path).status_code == 403
    assert [user.name for user in site.people.users()] == ["Ada"]


def test_a_weak_first_password_is_refused_with_the_reason_and_can_be_corrected(site: Site):
    token = site.first_run.path.partition("token=")[2]
    form = {"token": token, "name": "Ada", "password": "short"}
    answer = site.browser().post("/setup", data=form)
    assert answer.status_code == 422
    assert "10 characters" in answer.text
    assert token in answer.text


def test_changing_ones_password_needs_the_old_one_and_ends_the_other_sessions(site: Site):
    ana = site.person()
    here, elsewhere = site.browser(ana), site.browser(ana)
    change = {"current": "not mine", "password": "an entirely new one"}
    assert here.post("/account/password", data=change).status_code == 401
    change["current"] = PASSWORD
    assert here.post("/account/password", data=change).status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303, "sent to the login"
    assert site.people.authenticate("Ana", "an entirely new one") == ana


def test_a_page_can_log_in_again_without_being_left(site: Site):
    ana = site.person()
    browser = site.browser()
    wrong = browser.post("/api/v1/session", json={"name": "Ana", "password": "wrong"})
    assert (wrong.status_code, wrong.json()["error"]) == (401, "wrong_credentials")
    right = browser.post("/api/v1/session", json={"name": "Ana", "password": PASSWORD})
    assert right.json() == {"user_id": ana.user_id, "name": "Ana"}
    assert browser.get("/").status_code == 200


def test_administrators_add_people_reset_passwords_and_close_accounts(site: Site):
    browser = site.browser(site.person(Role.ADMIN))
    form = {"name": "Bruno", "password": "a first password", "role": "linguist"}
    assert browser.post("/people", data=form).status_code == 303
    assert browser.post("/people", data=form).status_code == 422, "the name is taken now"
    bruno = site.people.authenticate("Bruno", "a first password")
    assert bruno
    assert bruno.role is Role.LINGUIST

    reset = {"name": "Bruno", "password": "a second password"}
    assert browser.post("/people/password", data=reset).status_code == 303
    assert site.people.authenticate("Bruno", "a second password")

    theirs = site.browser(bruno)
    closing = {"name": "Bruno", "active": "false"}
    assert browser.post("/people/active", data=closing).status_code == 303
    assert theirs.get("/").headers["location"].startswith("/login")
    assert "Open again" in browser.get("/people").text


def test_administrators_cannot_lock_themselves_out(site: Site):
    browser = site.browser(site.person(Role.ADMIN))
    answer = browser.post("/people/active", data={"name": "Ada", "active": "false"})
    assert answer.status_code == 409
    assert "your own account" in answer.text
    assert browser.get("/people").status_code == 200


def test_the_login_page_is_not_shown_to_who_is_logged_in(site: Site):
    assert site.browser(site.person()).get("/login").headers["location"] == "/"


def test_origin_of_the_tests_is_the_one_the_settings_name():
    assert WebSettings().address == ORIGIN
