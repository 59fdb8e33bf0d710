"""From the login to the approved text, page by page, with plain forms only."""

from review_drafts import draft_of
from web_site import PASSWORD, Site

from review.tasks import Role, TaskState


def test_a_reviewer_logs_in_claims_edits_confirms_and_approves_without_scripts(site: Site):
    site.person(Role.LINGUIST)
    task, _ = site.store.park(draft_of("Erste Zeile.", "Zweite Zeile."))
    browser = site.browser()

    login = browser.post("/login", data={"name": "Ana", "password": PASSWORD, "next": "/"})
    assert (login.status_code, login.headers["location"]) == (303, "/")
    assert "The Gate" in browser.get("/").text

    assert "Claim this task" in browser.get(f"/tasks/{task.task_id}").text
    assert browser.post(f"/tasks/{task.task_id}/claim").status_code == 303
    page = browser.get(f"/tasks/{task.task_id}").text
    assert "<textarea" in page

    epoch = site.store.task(task.task_id).lease.epoch
    first, second = site.store.cues(task.task_id)
    for cue, text in ((first, "Neue erste Zeile."), (second, second.text)):
        answer = browser.post(
            f"/tasks/{task.task_id}/cues/{cue.cue_id}",
            data={"text": text, "version": cue.version, "epoch": epoch, "action": "confirm"},
        )
        assert answer.status_code == 303, answer.text
    assert browser.post(f"/tasks/{task.task_id}/approve", data={"epoch": epoch}).status_code == 303

    assert site.store.task(task.task_id).state is TaskState.APPROVED
    export = browser.get(f"/tasks/{task.task_id}/export.srt")
    assert "Neue erste Zeile." in export.text
    assert 'filename="The Gate.de.srt"' in export.headers["content-disposition"]
