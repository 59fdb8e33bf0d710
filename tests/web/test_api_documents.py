"""The interface: described as it is, able to do what the pages do, and never at a loss."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from review_drafts import draft_of
from starlette.testclient import TestClient
from web_site import Site

from review.tasks import Role
from review.web.api_documents import PREFIX, schema_of
from review.web.app import ROUTERS
from review.web.rules import RULES, Access

ROUTES = {
    route.name: route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
}
PAGE_ACTIONS = {
    name
    for name, route in ROUTES.items()
    if not route.path.startswith("/api") and not route.methods <= {"GET", "HEAD"}
}
# What does over JSON what a form of the pages does.
SAME_BY_PROGRAM = {
    "log_in": "api_log_in",
    "log_out": "api_log_out",
    "change_password": "api_change_password",
    "add_person": "api_add_person",
    "invite": "api_invite",
    "reset_password": "api_reset_password",
    "set_active": "api_set_active",
    "set_role": "api_set_role",
    "grant": "api_grant",
    "withdraw": "api_withdraw",
    "add_project": "api_add_project",
    "change_project": "api_change_project",
    "store_glossary": "api_store_glossary",
    "issue_token": "api_issue_token",
    "revoke_token": "api_revoke_token",
    "add_hook": "api_add_hook",
    "switch_hook": "api_switch_hook",
    "claim": "api_claim",
    "release": "api_release",
    "submit": "api_submit",
    "approve": "api_approve",
    "request_changes": "api_request_changes",
    "reopen": "api_reopen",
    "start": "api_start",
    "cancel": "api_cancel",
    "restore": "api_restore",
    "waive": "api_waive",
    "comment": "api_comment",
    "resolve_comment": "api_resolve_comment",
    "edit_cue": "api_edit_cue",
    "take_next": "api_take_next",
    "plan": "api_plan",
}
# The first account is made by whoever reads the terminal of the server, and by no program.
PAGES_ALONE = {"set_up"}


def test_everything_that_a_form_does_a_program_can_do():
    assert set(SAME_BY_PROGRAM) >= PAGE_ACTIONS - PAGES_ALONE, "a form without its counterpart"
    for form, operation in SAME_BY_PROGRAM.items():
        if form in ROUTES:
            assert operation in ROUTES, f"{form} has no counterpart yet"
            assert RULES[form] is RULES[operation], f"{form} and {operation} differ in who may"


@pytest.fixture(scope="module")
def shared(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    path = tmp_path_factory.mktemp("api") / "review.db"
    shutil.copy(sqlite_template, path)
    made = Site(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def document(shared: Site) -> dict:
    return schema_of(shared.app)


@pytest.fixture(scope="module")
def desk(shared: Site) -> tuple[TestClient, dict[str, str]]:
    """An administrator who holds a task, and what the addresses of that task hold."""
    ada = shared.person(Role.ADMIN)
    task, _ = shared.store.park(draft_of("Eins.", "Zwei.", "Drei."))
    shared.store.claim(task.task_id, ada.user_id)
    browser = shared.browser(ada)
    browser.headers["Accept"] = "application/json"
    cue_id = shared.store.cues(task.task_id)[0].cue_id
    return browser, {"task_id": task.task_id, "cue_id": cue_id}


def test_every_operation_is_described_with_who_may_and_how_it_refuses(document: dict):
    described = {
        operation["operationId"]: (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    under_prefix = {name for name, route in ROUTES.items() if route.path.startswith(PREFIX)}
    assert set(described) == under_prefix - {"api_schema"}
    for name, (path, _, operation) in described.items():
        assert path.startswith(PREFIX)
        assert operation["summary"], name
        assert bool(operation["security"]) == (RULES[name] is not Access.PUBLIC)
        refusal = operation["responses"]["422"]["content"]["application/json"]["schema"]
        assert refusal == {"$ref": "#/components/schemas/Refusal"}


def test_the_document_speaks_of_no_model_that_it_lacks_and_of_none_too_many(document: dict):
    text = json.dumps(document)
    names = set(document["components"]["schemas"])
    assert {name for name in names if f'"#/components/schemas/{name}"' in text} == names
    assert text.count('"$ref"') == sum(
        text.count(f'"$ref": "#/components/schemas/{name}"') for name in names
    )
    assert not any("Form" in name or "HTTPValidation" in name for name in names)


def test_the_page_lists_every_operation(shared: Site, document: dict):
    text = shared.browser(shared.person(Role.VIEWER)).get("/api").text
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in text


def check_nothing_fails(desk, document: dict, examples: int) -> None:
    """Sends what the document allows, and what it does not, to every operation."""
    browser, known = desk
    # It would end the session that all others need.
    left_out = {"api_log_out"}
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = result.ok()
        if operation.definition.raw["operationId"] in left_out:
            continue
        params = {key: value for key, value in known.items() if f"{{{key}}}" in operation.path}
        modes = [
            operation.as_strategy(mode, path_parameters=given_params or None)
            for mode in schemathesis.GenerationMode
            for given_params in ({}, params)[: 1 + bool(params)]
        ]

        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(modes))
        def send(case):
            answer = send_case(browser, case)
            assert answer.status_code < 500, f"{case.method} {case.formatted_path}: {answer.text}"
            if answer.status_code >= 400:
                assert {"error", "message"} <= set(answer.json()), answer.text

        send()


def send_case(browser: TestClient, case):
    sent = case.as_transport_kwargs(base_url="http://127.0.0.1:9321")
    headers = {
        name: value
        for name, value in (sent.get("headers") or {}).items()
        if name.lower() not in {"host", "authorization", "cookie", "origin", "content-length"}
        and str(value).isascii()
    }
    body = {key: sent[key] for key in ("json", "data") if sent.get(key) is not None}
    if "data" in body:
        body = {"content": body["data"]}
    return browser.request(
        sent["method"], sent["url"], params=sent.get("params"), headers=headers, **body
    )


def test_no_operation_is_ever_at_a_loss(desk, document: dict):
    check_nothing_fails(desk, document, examples=2)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_operation_is_ever_at_a_loss_however_often_one_tries(desk, document: dict):
    check_nothing_fails(desk, document, examples=40)
