"""Who may use which route: every route has a rule, and every rule is kept."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from review_drafts import draft_of
from starlette.routing import Mount
from web_site import Site

from review.tasks import Role
from review.web.access import RULES, Access, check_rules, may
from review.web.app import ROUTERS
from review.web.problems import UnruledRouteError

ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
# Enough of each form or body to get past the first look at it.
FILLED = {"name": "x", "password": "long enough now", "token": "x", "current": "x", "text": "x",
          "version": "1", "epoch": "1", "reason": "x", "role": "linguist", "active": "true",
          "confirmed": "true"}  # fmt: skip


@pytest.fixture(scope="module")
def shared_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for the whole matrix: what the requests do to it changes no permission."""
    path = tmp_path_factory.mktemp("access") / "review.db"
    shutil.copy(sqlite_template, path)
    site = Site(f"sqlite:///{path}")
    yield site
    site.close()


def test_every_route_the_application_really_answers_has_a_rule(site: Site):
    names = {context.name for context in iter_route_contexts(site.app.routes)}
    mounted = {route.name for route in site.app.routes if isinstance(route, Mount)}
    assert names | mounted == set(RULES)


def test_a_route_without_a_rule_stops_the_application_from_being_made():
    with pytest.raises(UnruledRouteError, match="forgotten"):
        check_rules([APIRoute("/forgotten", lambda: None, name="forgotten")])


def test_two_routes_of_one_name_cannot_share_a_rule():
    with pytest.raises(UnruledRouteError, match="queue_page"):
        check_rules([APIRoute("/", lambda: None, name="queue_page")] * 2)


def test_what_people_may_do_grows_with_their_role():
    order = [Access.PUBLIC, Access.LOGIN, Access.LINGUIST, Access.LEAD, Access.ADMIN]
    allowed = {role: [kind for kind in order if may(user_of(role), kind)] for role in Role}
    assert allowed == {
        Role.VIEWER: order[:2],
        Role.LINGUIST: order[:3],
        Role.LEAD: order[:4],
        Role.ADMIN: order,
    }
    assert [kind for kind in order if may(None, kind)] == [Access.PUBLIC]


def test_an_account_that_is_closed_may_do_nothing():
    assert not may(user_of(Role.ADMIN, is_active=False), Access.LOGIN)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_strangers_get_nowhere_but_to_public_routes(shared_site: Site, route: APIRoute):
    answer = ask(shared_site, route, None)
    if RULES[route.name] is Access.PUBLIC:
        assert answer.headers.get("location", "") != f"/login?next={route.path}"
        assert answer.json().get("error") != "login_required" if is_json(answer) else True
    elif answer.status_code == 303:
        assert answer.headers["location"].startswith("/login?next=")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_role_opens_exactly_the_routes_of_its_rule(
    shared_site: Site, route: APIRoute, role: Role
):
    person = shared_site.person(role)
    refused = ask(shared_site, route, person).status_code == 403
    is_setup = route.name in {"setup_page", "set_up"}  # refused for its token, to everybody
    assert refused == (is_setup or not may(person, RULES[route.name]))


def ask(site: Site, route: APIRoute, person):
    task, _ = site.store.park(draft_of("Eins."))
    path = route.path.replace("{task_id}", task.task_id).replace("{extension}", "srt")
    path = re.sub(r"{\w+}", "x", path)
    method = min(route.methods)
    body = {"json": FILLED} if path.startswith("/api/") else {"data": FILLED}
    browser = site.browser(person)
    return browser.request(method, path, **(body if method not in {"GET", "HEAD"} else {}))


def is_json(answer) -> bool:
    return answer.headers.get("content-type", "").startswith("application/json")


def user_of(role: Role, *, is_active: bool = True):
    from review.tasks import User

    return User(user_id="u", name="U", role=role, is_active=is_active)
