"""What stands in front of every route: who may ask, from where, how much, and with what headers."""

import pytest
from review_drafts import draft_of
from web_site import ORIGIN, PASSWORD, Site

from review.web.settings import WebSettings
from review.web.shield import HEADERS, host_name

CROSS_SITE = [
    {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
    {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9322"},
    {"Origin": "https://127.0.0.1:9321"},
    {"Origin": ""},
    {},
]
OWN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": ORIGIN},
    {"Origin": ORIGIN.upper()},
]


@pytest.mark.parametrize("headers", CROSS_SITE, ids=str)
def test_a_form_on_another_site_cannot_act_for_a_reviewer(site: Site, headers):
    task, _ = site.store.park(draft_of("Eins."))
    browser = site.browser(site.person())
    del browser.headers["Origin"]
    answer = browser.post(f"/tasks/{task.task_id}/claim", headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "cross_site")
    assert site.store.task(task.task_id).lease is None


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_our_own_pages_can(site: Site, headers):
    task, _ = site.store.park(draft_of("Eins."))
    browser = site.browser(site.person())
    del browser.headers["Origin"]
    answer = browser.post(f"/tasks/{task.task_id}/claim", headers=headers)
    assert answer.status_code == 303
    assert site.store.task(task.task_id).lease is not None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_method_that_changes_something_is_checked(site: Site, method: str):
    answer = site.browser().request(method, "/login", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_link_from_another_site_may_be_followed(site: Site):
    answer = site.browser().get("/login", headers={"Sec-Fetch-Site": "cross-site", "Origin": "x"})
    assert answer.status_code == 200


def test_behind_a_proxy_the_public_origin_is_the_one_that_counts(sqlite_url: str):
    settings = WebSettings(public_origin="https://review.example.org")
    site = Site(sqlite_url, settings=settings)
    site.person()
    browser = site.browser()
    form = {"name": "Ana", "password": PASSWORD}
    for origin, status in (("https://review.example.org", 303), ("https://example.org", 403)):
        headers = {"Origin": origin, "Host": "review.example.org"}
        assert browser.post("/login", data=form, headers=headers).status_code == status
    site.close()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:9321", "", "127.0.0.1.evil.example"]
)
def test_a_host_name_that_is_not_ours_is_refused(site: Site, host: str):
    answer = site.browser().get("/login", headers={"Host": host})
    assert (answer.status_code, answer.json()["error"]) == (400, "wrong_host")


@pytest.mark.parametrize("host", ["127.0.0.1:9321", "localhost", "LOCALHOST:1", "[::1]:9321"])
def test_loopback_names_are_always_ours(site: Site, host: str):
    assert site.browser().get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "name"),
    [("a:1", "a"), ("a", "a"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("", ""), ("[", "[]")],
)
def test_the_port_of_a_host_does_not_matter(host: str, name: str):
    assert host_name(host) == name


@pytest.mark.parametrize("path", ["/login", "/", "/static/task.js", "/nowhere", "/api/v1/x"])
def test_every_answer_carries_the_protecting_headers(site: Site, path: str):
    answer = site.browser().get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers


def test_refusals_carry_them_too(site: Site):
    assert "content-security-policy" in site.browser().get("/", headers={"Host": "x"}).headers


def test_nothing_inline_and_nothing_from_elsewhere_may_run():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_pages_are_not_kept_by_caches(site: Site):
    assert site.browser().get("/login").headers["cache-control"] == "no-store"


def test_https_is_asked_for_only_where_there_is_https(site: Site, sqlite_url: str):
    assert "strict-transport-security" not in site.browser().get("/login").headers
    behind = Site(sqlite_url, settings=WebSettings(public_origin="https://r.example"))
    assert "strict-transport-security" in behind.browser().get("/login").headers
    behind.close()


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(site: Site):
    too_long = "x" * (site.settings.max_body_bytes + 1)
    answer = site.browser().post("/login", data={"name": too_long, "password": "x"})
    assert answer.status_code == 413


def test_there_is_no_map_of_the_routes_for_strangers(site: Site):
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert site.browser().get(path).status_code == 404


def test_static_files_cannot_be_climbed_out_of(site: Site):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert site.browser().get(path).status_code == 404
