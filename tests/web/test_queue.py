"""The queue page: what waits, who holds what, and why there may be nothing."""

from review_drafts import draft_of
from web_site import Site

from review.tasks import Role


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
    for told in ("The Gate", "German", "In review", "1/3", "1 error", "Bruno", "5 min"):
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
    assert "No task is in state “Approved” in French" in page
    assert "1 task does not match" in page


def test_a_queue_where_everything_is_held_says_by_whom(site: Site):
    bruno = site.person(Role.LINGUIST, "Bruno <b>")
    for media in ("one", "two"):
        task, _ = site.store.park(draft_of("x", media=media))
        site.store.claim(task.task_id, bruno.user_id)
    page = site.browser(site.person()).get("/").text
    assert "Nothing is free" in page
    assert "2 by Bruno &lt;b&gt;" in page


def test_a_queue_where_everything_is_approved_says_so(site: Site):
    ana = site.person()
    task, _ = site.store.park(draft_of("Eins."))
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    site.store.approve(task.task_id, user_id=ana.user_id, epoch=epoch)
    assert "Everything listed here is approved" in site.browser(ana).get("/").text


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
