"""The queue page: what waits, who holds what, and why there may be nothing."""

from datetime import timedelta

import pytest
from review_drafts import draft_of
from web_site import Site

from review.queueing.port import Plan
from review.tasks import Priority, Role


def test_an_empty_queue_says_what_has_to_happen_first(site: Site):
    assert "No draft has been parked" in site.browser(site.person()).get("/").text


def test_a_row_tells_title_language_state_progress_findings_holder_and_age(site: Site):
    from review_drafts import finding_on

    draft = draft_of("Eins.", "Zwei.", "Drei.")
    findings = (finding_on(draft.cues[0].cue_id),)
    task, _ = site.store.park(draft_of("Eins.", "Zwei.", "Drei.", findings=findings))
    bruno = site.person(Role.LINGUIST, "Bruno")
    epoch = site.store.claim(task.task_id, bruno.user_id).epoch
    cue = site.store.cues(task.task_id)[1]
    site.store.confirm_cue(
        task.task_id, cue.cue_id, user_id=bruno.user_id, epoch=epoch, confirmed=True
    )
    site.clock.pass_(minutes=5)
    page = site.browser(site.person()).get("/").text
    row = page[page.index("<tbody>") :]
    for told in ("The Gate", "German", "In review", "2/3", "1 error", "33 %", "Bruno", "5 min"):
        assert told in row
    assert "2026-01-15T12:15:00+00:00" in row, "until when"


def test_what_i_hold_is_marked_as_mine(site: Site):
    ana = site.person()
    task, _ = site.store.park(draft_of("Eins."))
    site.store.claim(task.task_id, ana.user_id)
    assert "<strong>You</strong>" in site.browser(ana).get("/").text


def test_filters_show_what_matches_and_count_what_each_would_show(site: Site):
    for language, title in (("de", "Tor"), ("fr", "Porte"), ("fr", "Mer")):
        site.store.park(draft_of("x", title=title, language=language, media=title))
    browser = site.browser(site.person())
    page = browser.get("/?language=fr").text
    assert ("Porte" in page, "Mer" in page, "Tor" in page) == (True, True, False)
    assert "French (2)" in page
    assert "German (1)" in page
    assert "Waiting (2)" in page


def test_filters_that_match_nothing_say_what_they_hide(site: Site):
    site.store.park(draft_of("x"))
    page = site.browser(site.person()).get("/?state=approved&language=fr").text
    assert "No task matches all of these filters. 1 task is there in all." in page
    page = site.browser(site.person()).get("/?language=fr&title=gate").text
    assert "1 with another language" in page


def test_a_queue_where_everything_is_held_says_by_whom(site: Site):
    bruno = site.person(Role.LINGUIST, "Bruno <b>")
    for media in ("one", "two"):
        task, _ = site.store.park(draft_of("x", media=media))
        site.store.claim(task.task_id, bruno.user_id)
    page = site.browser(site.person()).get("/").text
    assert "Nothing is free" in page
    assert "2 held by others (Bruno &lt;b&gt; until 12:15 UTC)" in page


def test_a_queue_where_everything_is_approved_says_so(site: Site):
    ana = site.person()
    task, _ = site.store.park(draft_of("Eins."))
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    site.store.approve(task.task_id, user_id=ana.user_id, epoch=epoch)
    browser = site.browser(ana)
    assert "Nothing is open" in browser.get("/").text
    assert "1 approved, published or cancelled" in browser.get("/?state=all").text


def test_taking_the_next_task_claims_the_oldest_free_one_that_matches(site: Site):
    ana, bruno = site.person(), site.person(Role.LINGUIST, "Bruno")
    tasks = {}
    for media, language in (("a", "de"), ("b", "fr"), ("c", "fr"), ("d", "fr")):
        tasks[media], _ = site.store.park(draft_of("x", media=media, language=language))
        site.clock.pass_(minutes=1)
    site.store.claim(tasks["b"].task_id, bruno.user_id)
    answer = site.browser(ana).post("/next", data={"state": "", "language": "fr"})
    assert answer.headers["location"] == f"/tasks/{tasks['c'].task_id}"
    assert site.store.task(tasks["c"].task_id).lease.user_id == ana.user_id


def test_when_nothing_is_free_the_queue_says_so_instead_of_failing(site: Site):
    browser = site.browser(site.person())
    answer = browser.post("/next", data={})
    assert answer.headers["location"] == "/?notice=none-free"
    assert "Nothing to take" in browser.get("/?notice=none-free").text


def test_a_notice_cannot_be_written_by_an_address(site: Site):
    page = site.browser(site.person()).get("/?notice=<b>pwned</b>").text
    assert "pwned" not in page


def test_viewers_are_offered_no_task(site: Site):
    site.store.park(draft_of("x"))
    assert "Take the next task" not in site.browser(site.person(Role.VIEWER)).get("/").text


def test_a_language_that_is_none_is_refused_clearly(site: Site):
    answer = site.browser(site.person()).get("/?language=qqqq")
    assert answer.status_code == 422
    assert "unknown language" in answer.text


def test_leads_plan_many_tasks_and_read_what_was_done_and_what_was_refused(site: Site):
    lena, ana = site.person(Role.LEAD), site.person()
    vera = site.person(Role.VIEWER)
    german, _ = site.store.park(draft_of("x", media="a", title="Tor"))
    french, _ = site.store.park(draft_of("x", media="b", title="<b>Porte", language="fr"))
    browser = site.browser(lena)
    form = {
        "task": [german.task_id, french.task_id],
        "set_assignee": ana.user_id,
        "set_due": "2026-01-20",
        "set_priority": "high",
        "query": "language=",
    }
    page = browser.post("/plan", data=form).text
    assert "2 tasks planned" in page
    seen = site.store.task(german.task_id)
    assert (seen.assigned_to, seen.priority) == (ana.user_id, Priority.HIGH)
    assert seen.due_at.isoformat() == "2026-01-20T23:59:00+00:00"
    assert "2 were so already" in browser.post("/plan", data=form).text
    refused = browser.post("/plan", data={**form, "set_assignee": vera.user_id}).text
    assert "0 tasks planned" in refused
    assert "&lt;b&gt;Porte</bdi>: Vera may not work on it" in refused
    nobody = {"task": [german.task_id], "set_assignee": "-", "no_due": "true"}
    browser.post("/plan", data=nobody)
    seen = site.store.task(german.task_id)
    assert (seen.assigned_to, seen.due_at, seen.priority) == (None, None, Priority.HIGH)


def test_a_plan_for_all_that_match_stays_within_the_filters(site: Site):
    for language in ("de", "fr"):
        site.store.park(draft_of("x", language=language))
    form = {"every": "true", "set_priority": "urgent", "query": "language=fr&state=all"}
    page = site.browser(site.person(Role.LEAD)).post("/plan", data=form).text
    assert "1 task planned" in page
    assert "French (1)" in page
    urgent = [task.language for task in site.store.tasks() if task.priority is Priority.URGENT]
    assert urgent == ["fr"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"set_priority": "high"}, "tick some"),
        ({"task": "none"}, "nothing to plan"),
        ({"task": "none", "set_assignee": "none"}, "there is no user"),
        ({"task": "none", "set_priority": "high", "query": "due=never+ever"}, "load it again"),
        ({"task": "none", "set_due": "soon"}, "malformed: set_due"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_words(site: Site, form, said):
    answer = site.browser(site.person(Role.LEAD)).post("/plan", data=form)
    assert answer.status_code in {404, 422}
    assert said in answer.text


def test_a_row_tells_by_when_whose_and_how_urgent_it_is(site: Site):
    task, _ = site.store.park(draft_of("x"))
    lena, ana = site.person(Role.LEAD), site.person()
    plan = Plan(
        assigned_to=ana.user_id,
        due_at=site.clock() - timedelta(days=2),
        priority=Priority.URGENT,
    )
    site.backend.queue.plan([task.task_id], plan, user_id=lena.user_id)
    page = site.browser(lena).get("/?due=overdue&priority=urgent").text
    row = page[page.index("<tbody>") :]
    for told in ("2 days late", "Urgent", 'for <bdi class="person-name">Ana</bdi>', "2026-01-13"):
        assert told in row
    assert 'name="task"' in row
    assert 'name="task"' not in site.browser(ana).get("/").text, "linguists plan nothing"
    taken = site.browser(ana).post("/next", data={"due": "soon", "priority": "urgent"})
    assert taken.headers["location"] == f"/tasks/{task.task_id}"


def test_programs_read_the_queue_page_by_page_and_plan(site: Site, monkeypatch):
    monkeypatch.setattr("review.sql.queueing.PAGE_TASKS", 2)
    for media in "abc":
        site.store.park(draft_of("x", media=media, title=media))
        site.clock.pass_(minutes=1)
    browser = site.browser(site.person(Role.LEAD))
    first = browser.get("/api/v1/tasks").json()
    assert ([one["title"] for one in first["tasks"]], first["total"]) == (["a", "b"], 3)
    second = browser.get("/api/v1/tasks", params={"after": first["after"]}).json()
    assert ([one["title"] for one in second["tasks"]], second["after"]) == (["c"], None)
    assert browser.get("/api/v1/tasks?risk=some").status_code == 422
    ids = [first["tasks"][0]["task_id"], "none"]
    body = {"task_ids": ids, "priority": "urgent", "due_at": "2026-02-01T12:00:00+01:00"}
    planned = browser.post("/api/v1/tasks/plan", json=body).json()
    assert (planned["changed"], planned["refused"][0]["task_id"]) == (ids[:1], "none")
    seen = browser.get("/api/v1/tasks?priority=urgent").json()["tasks"][0]
    assert (seen["priority"], seen["due_at"]) == ("urgent", "2026-02-01T11:00:00Z")
    browser.post("/api/v1/tasks/plan", json={"task_ids": ids[:1], "due_at": None})
    seen = browser.get("/api/v1/tasks?priority=urgent").json()["tasks"][0]
    assert (seen["due_at"], seen["assigned_to"]) == (None, None)
    assert browser.post("/api/v1/tasks/plan", json={**body, "due_at": "soon"}).status_code == 422
