"""``/metrics`` of the form: how long answers take, by route, for this machine and for tokens."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from review_drafts import draft_of
from starlette.testclient import TestClient
from web_site import NAMES, ORIGIN, Site

from review.access.tokens import Scope
from review.tasks import Role
from review.web.settings import WebSettings


def client_of(site, host="127.0.0.1", origin=ORIGIN):
    return TestClient(site.app, base_url=origin, client=(host, 5), follow_redirects=False)


def told(text):
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_answers_are_counted_by_the_route_as_it_is_written(site: Site):
    task, _ = site.store.park(draft_of("Tag."))
    client = client_of(site)
    for path in (f"/tasks/{task.task_id}", "/tasks/another", "/nowhere/42", "/static/task.js"):
        client.get(path)
    client.request("BREW", "/health")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    values = told(answer.text)
    page = (("method", "GET"), ("route", "/tasks/{task_id}"))
    assert values["polycue_form_request_seconds_count", page] == 2
    assert values["polycue_form_responses_total", (*page, ("status", "4xx"))] == 2
    routes = {dict(labels).get("route") for _, labels in values} - {None}
    assert routes <= {"/tasks/{task_id}", "/health", "/static", "other"}
    methods = {dict(labels).get("method") for _, labels in values} - {None}
    assert methods == {"GET", "other"}


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("203.0.113.9", {}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}),
        ("127.0.0.1", {"Host": "review.example.org"}),
        ("testclient", {}),
    ],
)
def test_from_elsewhere_nobody_reads_them_without_a_token(database_of_form, host, headers):
    site = database_of_form
    assert client_of(site, host).get("/metrics", headers=headers).status_code in {303, 401}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_program_of_this_machine_needs_none(database_of_form, host):
    assert client_of(database_of_form, host).get("/metrics").status_code == 200


def test_a_token_that_reads_tasks_opens_them_from_anywhere(database_of_form):
    site = database_of_form
    lead = site.people.add_user(NAMES[Role.LEAD], "correct horse battery", Role.LEAD)
    statuses = []
    for scope in (Scope.TASKS_READ, Scope.EXPORT_READ):
        issued = site.backend.tokens.issue(lead.user_id, "x", {scope}, lifetime=timedelta(days=1))
        headers = {"Authorization": f"Bearer {issued[1]}"}
        statuses.append(client_of(site, "203.0.113.9").get("/metrics", headers=headers).status_code)
    assert statuses == [200, 403]


@pytest.fixture
def database_of_form(sqlite_url):
    made = Site(sqlite_url, settings=WebSettings(allowed_hosts="review.example.org"))
    yield made
    made.close()
