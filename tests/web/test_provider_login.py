"""Logging in through an identity provider: over real sockets, with real keys."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fake_provider import CLIENT_ID, CLIENT_SECRET, Provider, providing, rsa_key
from joserfc.jwk import OctKey
from pydantic import SecretStr
from web_site import PASSWORD, Site

from review.access.identity import Invitation
from review.oidc.errors import ProviderLoginError, ProviderSettingsError
from review.oidc.port import new_visit, visit_of
from review.oidc.settings import OidcSettings, provider_of
from review.tasks import Role
from review.web.services import Door

BACK = "/login/provider/back"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as made:
        yield made


def settings_for(provider: Provider, **more) -> OidcSettings:
    secret = SecretStr(CLIENT_SECRET)
    known = {"issuer": provider.issuer, "client_id": CLIENT_ID, "client_secret": secret}
    return OidcSettings(**known, name="Team <Login>", **more)


@pytest.fixture
def site(sqlite_url: str, provider: Provider) -> Iterator[Site]:
    made = Site(sqlite_url, door=door_of(provider))
    yield made
    made.close()


def door_of(provider: Provider, **more) -> Door:
    settings = settings_for(provider, **more)
    found = provider_of(settings)
    assert found is not None
    return Door(provider=found, newcomers=settings.newcomer_role)


def there_and_back(site: Site, provider: Provider, browser=None, wanted="/", **more):
    browser = browser or site.browser()
    gone = browser.get("/login/provider", params={"wanted": wanted})
    assert gone.status_code == 303, gone.text
    assert gone.headers["location"].startswith(f"{provider.issuer}/authorize?")
    answer = provider.logs_in(gone.headers["location"]) | more
    return browser.get(f"{BACK}?{urlencode(answer)}")


def test_who_was_invited_comes_in_by_their_verified_address_and_stays_themselves(site, provider):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, email="ana@example.org"))
    provider.claims |= {"email": "Ana@Example.org", "email_verified": True}
    browser = site.browser()
    back = there_and_back(site, provider, browser, wanted="/projects")
    assert (back.status_code, back.headers["location"]) == (303, "/projects")
    assert browser.get("/api/v1/me").json()["name"] == "Ana"
    provider.claims = {"sub": "s-1"}
    assert there_and_back(site, provider).status_code == 303
    (account,) = site.people.accounts()
    assert account.subject == "s-1"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ana@example.org"},
        {"email": "ana@example.org", "email_verified": False},
        {"email": "ana@example.org", "email_verified": "true"},
        {"email": ["ana@example.org"], "email_verified": True},
        {"email": "bob@example.org", "email_verified": True},
    ],
)
def test_an_address_that_nobody_verified_opens_nothing(site, provider, claims):
    site.people.invite(Invitation(name="Ana", role=Role.ADMIN, email="ana@example.org"))
    provider.claims |= claims
    back = there_and_back(site, provider)
    assert back.status_code == 403
    assert "has no account here" in back.text
    assert "polycue_session" not in back.headers.get("set-cookie", "")


def test_a_newcomer_gets_the_role_that_the_house_gives_to_newcomers(sqlite_url, provider):
    site = Site(sqlite_url, door=door_of(provider, newcomers="guest"))
    provider.claims |= {"name": "<script>alert(1)</script>"}
    browser = site.browser()
    assert there_and_back(site, provider, browser).status_code == 303
    me = browser.get("/api/v1/me").json()
    assert (me["name"], me["role"]) == ("<script>alert(1)</script>", "guest")
    assert "<script>alert" not in browser.get("/account").text
    site.close()


def test_the_button_is_on_the_page_and_a_password_still_works(site):
    page = site.browser().get("/login?next=/projects").text
    assert "Log in with Team &lt;Login&gt;" in page
    assert "/login/provider?wanted=/projects" in page
    ana = site.person()
    answer = site.browser().post("/login", data={"name": ana.name, "password": PASSWORD})
    assert answer.status_code == 303


def test_without_a_provider_there_is_no_button_and_no_way(sqlite_url: str):
    site = Site(sqlite_url)
    assert "/login/provider" not in site.browser().get("/login").text
    assert site.browser().get("/login/provider").status_code == 409
    assert site.browser().get(BACK).status_code == 409
    site.close()


def test_administrators_invite_on_the_page_of_people(site):
    admin = site.browser(site.person(Role.ADMIN))
    form = {"name": "Zoe", "email": "Zoe@Example.org", "role": "linguist"}
    assert "Invite somebody" in admin.get("/people").text
    assert admin.post("/people/invitations", data=form).status_code == 303
    assert admin.post("/people/invitations", data=form | {"email": "x"}).status_code == 422
    zoe = next(one for one in site.people.accounts() if one.user.name == "Zoe")
    assert (zoe.email, zoe.has_password) == ("zoe@example.org", False)
    assert "has not come" in admin.get(f"/people/{zoe.user.user_id}").text


def in_wrong_hands(site, provider, browser, gone):
    """The address of somebody else's way back, opened in a browser that never went."""
    return site.browser().get(f"{BACK}?{urlencode(provider.logs_in(gone))}")


def of_another_visit(site, provider, browser, gone):
    stale = provider.logs_in(gone)
    browser.get("/login/provider")
    return browser.get(f"{BACK}?{urlencode(stale)}")


def made_up(site, provider, browser, gone):
    state = provider.logs_in(gone)["state"]
    return browser.get(f"{BACK}?{urlencode({'code': 'guess', 'state': state})}")


def refused(site, provider, browser, gone):
    state = provider.logs_in(gone)["state"]
    said = {"error": "access_denied<script>", "state": state}
    return browser.get(f"{BACK}?{urlencode(said)}")


def of_another_issuer(site, provider, browser, gone):
    answer = provider.logs_in(gone) | {"iss": "https://evil.example"}
    return browser.get(f"{BACK}?{urlencode(answer)}")


def twice(site, provider, browser, gone):
    answer = urlencode(provider.logs_in(gone))
    cookie = browser.cookies.get("polycue_visit", path="/login/provider")
    assert browser.get(f"{BACK}?{answer}").status_code == 303
    again = site.browser()
    again.cookies.set("polycue_visit", cookie)
    return again.get(f"{BACK}?{answer}")


@pytest.mark.parametrize(
    "attempt", [in_wrong_hands, of_another_visit, made_up, refused, of_another_issuer, twice]
)
def test_a_way_back_is_good_once_for_who_began_it(site, provider, attempt):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    browser = site.browser()
    gone = browser.get("/login/provider").headers["location"]
    back = attempt(site, provider, browser, gone)
    assert back.status_code == 403
    assert "did not work" in back.text
    assert "<script>" not in back.text.replace('<script type="module"', "")
    assert "polycue_session" not in back.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "override",
    [
        {"iss": "https://evil.example"},
        {"aud": "another program"},
        {"aud": ["another program", CLIENT_ID]},
        {"aud": [CLIENT_ID, "another program"], "azp": "another program"},
        {"azp": "another program"},
        {"exp": 1},
        {"iat": 2**40},
        {"nonce": "of another visit"},
        {"nonce": None},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_now_is_refused(site, provider, override):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    provider.override = override
    back = there_and_back(site, provider)
    assert back.status_code == 403
    assert "did not work" in back.text


def test_a_token_signed_by_somebody_else_is_refused(site, provider):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    provider.key = rsa_key("evil")
    assert there_and_back(site, provider).status_code == 403
    # With the client's secret as the key, which is not the provider's alone.
    provider.key, provider.algorithm = OctKey.import_key(CLIENT_SECRET), "HS256"
    assert there_and_back(site, provider).status_code == 403


def test_new_keys_of_the_provider_are_asked_for_but_not_all_the_time(site, provider):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    now_s = [0.0]
    site.app.state.services.door.provider._monotonic_s = lambda: now_s[0]
    assert there_and_back(site, provider).status_code == 303
    provider.key, provider.published = rsa_key("two"), [rsa_key("two")]
    assert there_and_back(site, provider).status_code == 403, "asked a moment ago"
    now_s[0] += 60
    assert there_and_back(site, provider).status_code == 303


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"token_endpoint": "ftp://127.0.0.1/"},
        {"jwks_uri": "http://127.0.0.1:1/"},
    ],
    ids=str,
)
def test_a_provider_that_is_not_what_it_says_is_told_of_on_the_page(site, provider, discovery):
    provider.discovery = discovery
    answer = site.browser().get("/login/provider")
    assert answer.status_code == 403
    assert "did not work" in answer.text
    assert 'name="password"' in answer.text, "and there is another way in"


def test_a_provider_that_stumbles_costs_one_attempt(site, provider):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    provider.statuses = [500, 302]
    assert [there_and_back(site, provider).status_code for _ in range(3)] == [403, 403, 303]


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_the_way_back_leads_to_a_page_of_ours(site, provider, wanted):
    site.people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    assert there_and_back(site, provider, wanted=wanted).headers["location"] == "/"


def test_the_cookie_of_a_visit_is_out_of_reach_and_short_lived(site):
    cookie = site.browser().get("/login/provider").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/login/provider"} <= set(cookie.split("; "))
    assert "Max-Age=600" in cookie


@pytest.mark.parametrize("cookie", ["", "x", "bnVsbA==", "e30=", "W1td", "\udc80", "A" * 9000])
def test_a_cookie_that_says_nothing_is_no_visit(cookie: str):
    with pytest.raises(ProviderLoginError):
        visit_of(cookie)


def test_a_visit_survives_its_cookie():
    visit = new_visit("/tasks/ä")
    assert visit_of(visit.cookie()) == visit


@pytest.mark.parametrize(
    "settings",
    [
        {"issuer": "http://login.example.org", "client_id": "x"},
        {"issuer": "login.example.org", "client_id": "x"},
        {"issuer": "https://login.example.org"},
        {"issuer": "https://login.example.org", "client_id": "x", "client_secret_file": "/none"},
    ],
)
def test_settings_that_cannot_be_are_told_at_the_start(settings):
    with pytest.raises(ProviderSettingsError):
        provider_of(OidcSettings(**settings))


def test_the_secret_may_be_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    settings = OidcSettings(
        issuer="https://login.example.org", client_id="x", client_secret_file=tmp_path / "secret"
    )
    assert provider_of(settings)._client_secret == "s3cret"
    assert provider_of(OidcSettings()) is None
