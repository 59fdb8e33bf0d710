"""Who may use which route: every route has a rule, and every rule is kept."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.routing import APIRoute, iter_route_contexts
from review_drafts import draft_of
from starlette.routing import Mount
from starlette.testclient import TestClient
from web_site import Site

from review.access.tokens import Scope
from review.errors import UnknownTaskError
from review.tasks import Role, User
from review.web.access import RULES, Access, check_rules, guard, may, scope_of
from review.web.app import ROUTERS
from review.web.problems import ForbiddenError, TokenRefusedError, UnruledRouteError
from subtitles.errors import PolycueError
from subtitles.language import parse_language

ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
DAY = timedelta(days=1)
RULED = [route for route in ROUTES if RULES[route.name] not in {Access.PUBLIC, Access.LOGIN}]
KNOWN = [route for route in ROUTES if RULES[route.name] is not Access.PUBLIC]
TOO_LOW = {Access.LINGUIST: "guest who looks", Access.LEAD: "linguist", Access.ADMIN: "lead"}
# Enough of each form or body to get past the first look at it.
FILLED = {"name": "x", "password": "long enough now", "token": "x", "current": "x", "text": "x",
          "version": "1", "epoch": "1", "reason": "x", "role": "linguist", "active": "true",
          "confirmed": "true"}  # fmt: skip


# Who they are, their role on the task, and the highest they have anywhere; the task is in German
# and in the project "Gate".
PEOPLE = {
    "guest": (Role.GUEST, None, Role.GUEST),
    "guest elsewhere": (Role.GUEST, None, Role.LINGUIST),
    "guest who looks": (Role.GUEST, Role.VIEWER, Role.VIEWER),
    "guest who works": (Role.GUEST, Role.LINGUIST, Role.LINGUIST),
    "viewer": (Role.VIEWER, Role.VIEWER, Role.VIEWER),
    "viewer who leads": (Role.VIEWER, Role.LEAD, Role.LEAD),
    "linguist": (Role.LINGUIST, Role.LINGUIST, Role.LINGUIST),
    "lead": (Role.LEAD, Role.LEAD, Role.LEAD),
    "admin": (Role.ADMIN, Role.ADMIN, Role.ADMIN),
}
MEMBERSHIPS = {
    "guest elsewhere": (Role.LINGUIST, None, "fr"),
    "guest who looks": (Role.VIEWER, "Gate", None),
    "guest who works": (Role.LINGUIST, "Gate", "de"),
    "viewer who leads": (Role.LEAD, None, "de"),
}


class House:
    """One site for the whole matrix: what the requests do to it changes no permission."""

    def __init__(self, url: str) -> None:
        self.site = site = Site(url)
        self.task, _ = site.store.park(replace(draft_of("Eins."), project="Gate"))
        self.people = {name: site.person(role, name) for name, (role, _, _) in PEOPLE.items()}
        self._browsers: dict[str, TestClient] = {}
        self._sessions: dict[str, str] = {}
        self._tokens: dict[tuple[str, frozenset[Scope]], str] = {}
        for name, (role, project, language) in MEMBERSHIPS.items():
            site.backend.members.grant(
                self.people[name].user_id,
                role,
                project_id=self.task.project_id if project else None,
                language=parse_language(language) if language else None,
                by=self.people["admin"].user_id,
            )

    def ask(self, route: APIRoute, name: str | None = None, **more):
        """The answer to a request of somebody; of a stranger without a name."""
        if name is None or route.name in {"log_out", "api_log_out"}:
            browser = self.site.browser(self.people.get(name or ""))
        elif name not in self._browsers:
            browser = self._browsers[name] = self.site.browser(self.people.get(name))
        else:
            browser = self._browsers[name]
        return send(browser, route, self.task.task_id, **more)

    def refusal(self, route: APIRoute, name: str = "", *, headers=()) -> type | None:
        """What the guard raises before the route is reached; None when it lets the request in."""
        method = min(route.methods)
        request = Request(
            {
                "type": "http",
                "method": method,
                "path": route.path,
                "scheme": "http",
                "server": ("127.0.0.1", 9321),
                "query_string": b"",
                "app": self.site.app,
                "route": route,
                "path_params": {"task_id": self.task.task_id} if "{task_id}" in route.path else {},
                "headers": self._headers(name, headers),
            }
        )
        try:
            guard(request)
        except PolycueError as error:
            return type(error)
        return None

    def _headers(self, name: str, headers) -> list[tuple[bytes, bytes]]:
        if name and name not in self._sessions:
            person = self.people[name].user_id
            self._sessions[name] = self.site.people.open_session(person, lifetime=DAY)
        cookie = {"cookie": f"polycue_session={self._sessions[name]}"} if name else {}
        pairs = {**cookie, **dict(headers)}.items()
        return [(key.lower().encode(), value.encode()) for key, value in pairs]

    def token(self, name: str, *scopes: Scope) -> dict[str, str]:
        key = name, frozenset(scopes)
        if key not in self._tokens:
            issue = self.site.backend.tokens.issue
            self._tokens[key] = issue(self.people[name].user_id, "x", scopes, lifetime=DAY)[1]
        return {"Authorization": f"Bearer {self._tokens[key]}"}


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    path = tmp_path_factory.mktemp("access") / "review.db"
    shutil.copy(sqlite_template, path)
    made = House(f"sqlite:///{path}")
    yield made
    made.site.close()


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
        Role.GUEST: order[:2],
        Role.VIEWER: order[:2],
        Role.LINGUIST: order[:3],
        Role.LEAD: order[:4],
        Role.ADMIN: order,
    }
    assert [kind for kind in order if may(None, kind)] == [Access.PUBLIC]


def test_an_account_that_is_closed_may_do_nothing():
    assert not may(user_of(Role.ADMIN, is_active=False), Access.LOGIN)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_strangers_get_nowhere_but_to_public_routes(house: House, route: APIRoute):
    answer = house.ask(route)
    if RULES[route.name] is Access.PUBLIC:
        assert answer.headers.get("location", "") != f"/login?next={route.path}"
        assert answer.json().get("error") != "login_required" if is_json(answer) else True
    elif answer.status_code == 303:
        assert answer.headers["location"].startswith("/login?next=")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize("route", RULED, ids=lambda route: route.name)
def test_who_is_one_step_too_low_is_refused_by_the_application(house: House, route: APIRoute):
    answer = house.ask(route, TOO_LOW[RULES[route.name]])
    assert answer.status_code == 403
    assert "needs the role" in answer.text


@pytest.mark.parametrize("route", KNOWN, ids=lambda route: route.name)
def test_everybody_gets_to_the_routes_of_their_role_on_the_task_and_to_no_other(
    house: House, route: APIRoute
):
    is_about_a_task = "{task_id}" in route.path
    for name, (_, on_task, anywhere) in PEOPLE.items():
        role = on_task if is_about_a_task else anywhere
        expected = (
            UnknownTaskError if role is None  # nobody learns that there is a task
            else ForbiddenError if not may(user_of(role), RULES[route.name])
            else None
        )  # fmt: skip
        assert house.refusal(route, name) is expected, name


@pytest.mark.parametrize("route", KNOWN, ids=lambda route: route.name)
def test_a_token_opens_the_routes_of_its_scopes_and_no_other(house: House, route: APIRoute):
    needed = scope_of(route.name, route.path, min(route.methods))
    with_all, without = (house.token("admin", *scopes) for scopes in (Scope, set(Scope) - {needed}))
    assert house.refusal(route, headers=without) is TokenRefusedError, "without the scope"
    assert house.refusal(route, headers=with_all) is (None if needed else TokenRefusedError)


def test_no_other_site_can_make_a_browser_change_anything(house: House):
    browser = house.site.browser(house.people["admin"])
    foreign = ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
               {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}, {"Origin": ""})  # fmt: skip
    for number, route in enumerate(
        route for route in ROUTES if not route.methods <= {"GET", "HEAD"}
    ):
        headers = foreign[number % len(foreign)]
        answer = send(browser, route, house.task.task_id, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (403, "cross_site"), route.name


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/media/..%2f..%2fetc%2fpasswd",
        "/tasks/..%2f..%2fetc/export.srt",
        "/projects/..%2f..%2fetc/glossary.csv",
        "/styles/..%2f..%2f..%2fpyproject",
        "/styles/de?client=..%2f..%2fbase",
        "/styles/..%2fclients%2fted",
    ],
)
def test_no_address_leads_out_of_where_files_are(house: House, path: str):
    answer = house.site.browser(house.people["admin"]).get(path)
    assert answer.status_code in {400, 404, 422}
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_a_token_is_worth_no_more_than_the_account_of_its_owner(house: House):
    route = next(route for route in ROUTES if route.name == "api_claim")
    answer = house.ask(route, headers=house.token("viewer", *Scope))
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")
    assert house.ask(route, headers=house.token("guest elsewhere", *Scope)).status_code == 404
    no_scope = house.ask(route, headers=house.token("lead", Scope.TASKS_READ))
    assert (no_scope.status_code, no_scope.json()["error"]) == (403, "token_refused")


def test_a_token_beside_a_cookie_is_refused(house: House):
    browser = house.site.browser(house.people["admin"])
    path = f"/api/v1/tasks/{house.task.task_id}/cues"
    answer = browser.get(path, headers=house.token("admin", *Scope))
    assert (answer.status_code, answer.json()["error"]) == (400, "two_credentials")


@pytest.mark.parametrize(
    "header", ["Bearer ", "Bearer x", "bearer pcue_00000000_" + "A" * 43, "Basic eDp4", "pcue_x"]
)
def test_what_only_looks_like_a_token_is_nobody(house: House, header: str):
    path = f"/api/v1/tasks/{house.task.task_id}/cues"
    answer = house.site.browser().get(path, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "login_required")


def test_a_token_needs_no_origin_and_an_empty_one_opens_no_door_for_forms(house: House):
    task, _ = house.site.store.park(draft_of("Eins.", media="free"))
    path = f"/api/v1/tasks/{task.task_id}/claim"
    from_a_program = house.site.browser()
    del from_a_program.headers["Origin"]
    claimed = from_a_program.post(path, headers=house.token("linguist", Scope.TASKS_WRITE))
    assert claimed.status_code == 200
    # Another site that could make a browser send the header would still have no cookie counted.
    foreign = house.site.browser(house.people["linguist"])
    foreign.headers["Origin"] = "https://evil.example"
    assert foreign.post(path).status_code == 403
    assert foreign.post(path, headers={"Authorization": "Bearer "}).status_code == 400


def send(browser: TestClient, route: APIRoute, task_id: str, **more):
    path = route.path.replace("{task_id}", task_id).replace("{extension}", "srt")
    path = re.sub(r"{\w+}", "x", path)
    method = min(route.methods)
    body = {"json": FILLED} if path.startswith("/api/") else {"data": FILLED}
    return browser.request(method, path, **(body if method not in {"GET", "HEAD"} else {}), **more)


def is_json(answer) -> bool:
    return answer.headers.get("content-type", "").startswith("application/json")


def user_of(role: Role, *, is_active: bool = True):
    return User(user_id="u", name="U", role=role, is_active=is_active)
