"""Decisions, waivers and comments on the pages and as JSON: who is offered what, what it does."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from review_drafts import draft_of, finding_on
from web_site import Site

from review.tasks import Reservation, ReviewTask, Role, TaskState, User
from review.web.decision_views import Primary, decision_view, is_free, waits_for
from subtitles.findings import Severity

HOSTILE = "</textarea><script>alert(1)</script>"


@pytest.fixture
def checked(site: Site) -> Site:
    """A site whose titles are checked by a second person."""
    ada = site.person(Role.ADMIN)
    site.backend.projects.change("", two_stages=True, source_first=False, by=ada.user_id)
    return site


def confirmed(site: Site, task_id: str, user) -> int:
    """Everything ticked off by ``user``, who holds the task; the epoch."""
    epoch = site.store.claim(task_id, user.user_id).epoch
    for cue in site.store.cues(task_id):
        site.store.confirm_cue(
            task_id, cue.cue_id, user_id=user.user_id, epoch=epoch, confirmed=True
        )
    return epoch


def test_a_text_is_submitted_and_somebody_else_is_offered_to_check_and_approve_it(checked: Site):
    ana, ben = checked.person(), checked.person(Role.LINGUIST, "Ben")
    task, _ = checked.store.park(draft_of("Eins.", "Zwei."))
    here = f"/tasks/{task.task_id}"
    epoch = confirmed(checked, task.task_id, ana)
    hers, his = checked.browser(ana), checked.browser(ben)
    page = hers.get(here).text
    assert ("Submit for checking" in page, 'id="approve-form"' in page) == (True, False)
    answer = hers.post(f"{here}/submit", data={"epoch": epoch})
    assert answer.headers["location"] == f"{here}?notice=submitted"
    page = hers.get(here).text
    assert "somebody else checks it now" in page
    assert "/claim" not in page
    page = his.get(here).text
    assert "Claim it to check" in page
    his.post(f"{here}/claim")
    page = his.get(here).text
    assert ('id="approve-form"' in page, "Submit for checking" in page) == (True, False)
    epoch = checked.store.task(task.task_id).lease.epoch
    his.post(f"{here}/approve", data={"epoch": epoch})
    assert checked.store.task(task.task_id).state is TaskState.APPROVED


def test_a_submission_that_cannot_be_says_what_is_missing(checked: Site):
    ana = checked.person()
    task, _ = checked.store.park(draft_of("Eins.", "Zwei."))
    epoch = checked.store.claim(task.task_id, ana.user_id).epoch
    answer = checked.browser(ana).post(f"/tasks/{task.task_id}/submit", data={"epoch": epoch})
    assert answer.status_code == 409
    assert "2 cue(s) are not confirmed yet" in answer.text


def test_a_lead_cancels_with_a_reason_and_puts_back(site: Site):
    ana, lead = site.person(), site.browser(site.person(Role.LEAD))
    task, _ = site.store.park(draft_of("Eins."))
    here = f"/tasks/{task.task_id}"
    assert "Cancel the task" not in site.browser(ana).get(here).text
    assert "Cancel the task" in lead.get(here).text
    assert lead.post(f"{here}/cancel", data={"reason": " "}).status_code == 422
    assert lead.post(f"{here}/cancel", data={"reason": HOSTILE}).status_code == 303
    page = lead.get(here).text
    assert "Nobody works on this task" in page
    assert "<script>alert" not in page
    assert "Put it back" in page
    assert "Put it back" not in site.browser(ana).get(here).text
    assert "cancelled" in site.browser(ana).get("/").text
    assert lead.post(f"{here}/restore").status_code == 303
    assert site.store.task(task.task_id).state is TaskState.PENDING


def test_a_draft_tells_what_it_waits_for_and_a_lead_may_start_it(site: Site):
    ada, lead = site.person(Role.ADMIN), site.browser(site.person(Role.LEAD))
    site.backend.projects.change("", two_stages=False, source_first=True, by=ada.user_id)
    task, _ = site.store.park(draft_of("Eins."))
    here = f"/tasks/{task.task_id}"
    page = site.browser(site.person()).get(here).text
    assert "waits for the transcript" in page
    assert "/claim" not in page
    assert "1 waiting for their transcript" in site.browser(site.person()).get("/").text
    assert "Start without the transcript" in lead.get(here).text
    assert lead.post(f"{here}/start").status_code == 303
    assert "Claim this task" in site.browser(site.person()).get(here).text


@pytest.fixture
def flawed(site: Site):
    """A task of Ana's with an error on its first cue: (task id, epoch, cue id)."""
    cue = draft_of("Eins.").cues[0]
    draft = draft_of("Eins.", findings=(finding_on(cue.cue_id), finding_on("")))
    task, _ = site.store.park(draft)
    epoch = site.store.claim(task.task_id, site.person().user_id).epoch
    return task.task_id, epoch, cue.cue_id


def test_a_lead_lets_an_error_stay_and_everybody_reads_why(site: Site, flawed):
    task_id, epoch, cue_id = flawed
    ana, lead = site.browser(site.person()), site.browser(site.person(Role.LEAD))
    assert "Let it stay" not in ana.get(f"/tasks/{task_id}/cues/{cue_id}").text
    assert "Let it stay" in lead.get(f"/tasks/{task_id}").text, "of the whole track"
    form = {"rule": "reading-speed", "reason": f"A song. {HOSTILE}"}
    for where in (cue_id, ""):
        assert lead.post(f"/tasks/{task_id}/waiver", data={**form, "cue_id": where}).is_redirect
    assert site.store.task(task_id).error_count == 0
    page = ana.get(f"/tasks/{task_id}").text
    assert "May stay, says Lena: A song." in page
    assert 'class="chip waived"' in page
    assert "<script>alert" not in page
    assert ana.post(f"/tasks/{task_id}/approve", data={"epoch": epoch}).is_redirect


def test_a_waiver_is_set_and_taken_back_by_scripts(site: Site, flawed):
    task_id, epoch, cue_id = flawed
    ana, lead = site.browser(site.person()), site.browser(site.person(Role.LEAD))
    path = f"/api/v1/tasks/{task_id}/waiver"
    body = {"cue_id": cue_id, "rule": "reading-speed", "waived": True, "reason": "A song."}
    assert ana.put(path, json={**body, "epoch": epoch}).status_code == 409
    answer = lead.put(path, json=body).json()
    assert answer["task"]["error_count"] == 1
    assert [one["waiver"] for one in answer["cue"]["findings"]] == ["A song."]
    assert lead.put(path, json={**body, "cue_id": None}).json()["cue"] is None
    answer = lead.put(path, json={**body, "waived": False, "reason": ""}).json()
    assert (answer["task"]["error_count"], answer["cue"]["findings"][0]["waiver"]) == (1, "")
    assert lead.put(path, json={**body, "rule": "nope"}).status_code == 404


def test_the_holder_lets_a_warning_stay_without_scripts(site: Site):
    cue = draft_of("Eins.").cues[0]
    finding = finding_on(cue.cue_id, Severity.WARNING)
    task, _ = site.store.park(draft_of("Eins.", findings=(finding,)))
    ana = site.person()
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    browser, here = site.browser(ana), f"/tasks/{task.task_id}/cues/{cue.cue_id}"
    assert "Let it stay" in browser.get(here).text
    form = {"rule": finding.rule, "cue_id": cue.cue_id, "epoch": epoch, "reason": "A song."}
    answer = browser.post(f"/tasks/{task.task_id}/waiver", data=form)
    assert answer.headers["location"] == f"{here}?notice=saved"
    assert "Take this back" in browser.get(here).text
    browser.post(f"/tasks/{task.task_id}/waiver", data={**form, "withdrawn": "true"})
    assert site.store.task(task.task_id).warning_count == 1


def test_a_task_goes_its_whole_way_as_json(checked: Site):
    ana, ben = checked.person(), checked.person(Role.LINGUIST, "Ben")
    hers, his = checked.browser(ana), checked.browser(ben)
    lead = checked.browser(checked.person(Role.LEAD))
    task, _ = checked.store.park(draft_of("Eins."))
    here = f"/api/v1/tasks/{task.task_id}"

    def done(browser, what, **body):
        answer = browser.post(f"{here}/{what}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    epoch = done(hers, "claim")["epoch"]
    assert done(hers, "release", epoch=epoch)["state"] == "pending"
    epoch = confirmed(checked, task.task_id, ana)
    assert done(hers, "submit", epoch=epoch)["state"] == "qc_pending"
    epoch = done(his, "claim")["epoch"]
    sent = done(his, "request-changes", epoch=epoch, reason="Too stiff.")
    assert (sent["state"], sent["kept_for"], sent["reason"]) == (
        *("changes_requested", "Ana", "Too stiff."),
    )
    done(hers, "submit", epoch=done(hers, "claim")["epoch"])
    approved = done(his, "approve", epoch=done(his, "claim")["epoch"])
    assert approved["approved_by"] == "Ben"
    now = hers.get(here).json()
    assert (now["state_name"], now["snapshot_sha256"]) == ("Approved", approved["sha256"])
    assert done(lead, "reopen", reason="A typo.")["state"] == "changes_requested"
    assert done(lead, "cancel", reason="Not ours.")["state"] == "cancelled"
    assert done(lead, "restore")["state"] == "pending"


def test_comments_are_written_read_and_resolved_on_their_page(site: Site):
    task, _ = site.store.park(draft_of("Eins."))
    cue = site.store.cues(task.task_id)[0]
    ana, path = site.browser(site.person()), f"/tasks/{task.task_id}/comments"
    assert "Nobody has said anything" in ana.get(path).text
    form = {"body": f"A song? {HOSTILE}", "cue_id": cue.cue_id, "is_blocking": "true"}
    assert ana.post(path, data=form).headers["location"] == f"{path}?notice=saved"
    page = ana.get(path).text
    assert "Blocks approval</span>" in page
    assert f"#cue-{cue.cue_id}" in page
    assert "<script>alert" not in page
    assert "Comments (1 open)" in ana.get(f"/tasks/{task.task_id}").text
    (made,) = site.backend.comments.comments(task.task_id)
    ana.post(f"{path}/{made.comment_id}", data={"resolved": "true"})
    assert "Resolved by" in ana.get(path).text
    refused = ana.post(path, data={"body": "a\u202eb"})
    assert refused.status_code == 422
    assert "a\u202eb" in refused.text, "what was typed is not lost"
    viewer = site.browser(site.person(Role.VIEWER)).get(path).text
    assert "A song?" in viewer
    assert f'action="{path}' not in viewer


def test_comments_as_json(site: Site):
    task, _ = site.store.park(draft_of("Eins."))
    cue = site.store.cues(task.task_id)[0]
    ana, path = site.browser(site.person()), f"/api/v1/tasks/{task.task_id}/comments"
    about_cue = ana.post(path, json={"cue_id": cue.cue_id, "body": "A song?"}).json()
    about_task = ana.post(path, json={"body": "Names!", "is_blocking": True}).json()
    assert ana.get(path).json() == [about_cue, about_task]
    assert (about_task["cue_id"], about_task["author"]) == (None, "Ana")
    done = ana.put(f"{path}/{about_task['comment_id']}/resolution", json={"resolved": True}).json()
    assert (done["resolved_by"], done["body"]) == ("Ana", "Names!")
    assert ana.put(f"{path}/0/resolution", json={"resolved": True}).status_code == 404
    assert ana.post(path, json={"body": " "}).status_code == 422


def test_the_next_task_is_first_of_all_one_that_came_back(checked: Site):
    ana, ben = checked.person(), checked.person(Role.LINGUIST, "Ben")
    older, _ = checked.store.park(draft_of("Eins."))
    checked.clock.pass_(minutes=1)
    mine, _ = checked.store.park(draft_of("Zwei.", media="other"))
    epoch = confirmed(checked, mine.task_id, ana)
    checked.store.submit(mine.task_id, user_id=ana.user_id, epoch=epoch)
    epoch = checked.store.claim(mine.task_id, ben.user_id).epoch
    checked.store.request_changes(
        mine.task_id, user_id=ben.user_id, epoch=epoch, reason="Too stiff."
    )
    assert checked.browser(ben).post("/next").headers["location"] == f"/tasks/{older.task_id}"
    assert checked.browser(ben).post("/next").headers["location"] == "/?notice=none-free"
    page = checked.browser(ben).get(f"/tasks/{mine.task_id}").text
    assert "It is kept for Ana for 24 h more, then for anybody." in page
    assert checked.browser(ana).post("/next").headers["location"] == f"/tasks/{mine.task_id}"


@pytest.fixture
def parked(site: Site) -> ReviewTask:
    return site.store.park(draft_of("Eins."))[0]


def test_everybody_is_shown_what_the_workflow_allows_and_nothing_else(
    site: Site, parked: ReviewTask
):
    for state, role in product(TaskState, Role):
        user = User(user_id="somebody", name="Somebody", role=role)
        task = replace(parked, state=state)
        view = decision_view(task, user, site.clock())
        leads = role in {Role.LEAD, Role.ADMIN}
        case = (state, role)
        if role in {Role.GUEST, Role.VIEWER}:
            assert view.primary is Primary.NOTHING, case
            assert view.may_override is False, case
        assert view.may_reopen == (leads and task.is_decided), case
        assert view.may_cancel == (leads and state is not TaskState.CANCELLED), case
        assert (view.primary is Primary.START) == (leads and state is TaskState.DRAFT), case
        assert (view.primary is Primary.RESTORE) == (leads and state is TaskState.CANCELLED), case
        claims = view.primary in {Primary.CLAIM, Primary.CHECK}
        assert not claims or is_free(task, user), case
        told = waits_for(task, user, site.clock())
        assert not (claims and told) or state is TaskState.QC_PENDING, case


def test_the_hours_that_a_task_is_kept_are_rounded_up(site: Site, parked: ReviewTask):
    until = site.clock() + timedelta(hours=1, minutes=1)
    kept = Reservation(user_id="somebody", user_name="Ben", until=until)
    words = waits_for(replace(parked, kept_for=kept), site.person(), site.clock())
    assert "for 2 h more" in words
    assigned = replace(parked, kept_for=replace(kept, until=None))
    assert waits_for(assigned, site.person(), site.clock()) == "It is kept for Ben."
