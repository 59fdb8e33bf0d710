"""Other texts for a cue: on its page as plain buttons, and for the task page as JSON."""

import pytest
from markupsafe import escape
from review_drafts import draft_of
from sentence_drafts import hit, sentence, with_sentences
from web_site import Site

from review.tasks import CueState, Role

HOSTILE = "<img src=x onerror=alert(1)>\"'&</textarea><script>alert(1)</script>"


@pytest.fixture
def held(site: Site):
    """A task that Ana holds: (task id, epoch, her browser)."""
    draft = with_sentences(
        draft_of("Hallo.", "Tja.", "Und nun?"),
        sentence(
            "Hi.",
            "Hallo.",
            "0",
            quality=0.31,
            runners_up=("Hi\nda.", HOSTILE),
            memory_hits=(hit("Servus.", 0.8799, origin=HOSTILE, source_text=HOSTILE),),
        ),
        sentence("Well.", "Tja.", "1", quality=0.5),
    )
    task, _ = site.store.park(draft)
    ana = site.person()
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    return task.task_id, epoch, site.browser(ana)


def test_an_other_text_is_taken_with_one_button_and_nothing_else_needs_to_work(site: Site, held):
    task_id, epoch, browser = held
    cue = site.store.cues(task_id)[0]
    here = f"/tasks/{task_id}/cues/{cue.cue_id}"
    page = browser.get(here).text
    assert page.count('<button name="offer"') == 3
    assert 'value="Servus."' in page
    assert "From memory, 87 %" in page
    assert "Other rendering" in page
    form = {"text": "typed", "version": cue.version, "epoch": epoch, "offer": "Hi da."}
    answer = browser.post(here, data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{here}?notice=saved")
    now = site.store.cues(task_id)[0]
    assert (now.text, now.state) == ("Hi da.", CueState.EDITED)
    assert 'value="Hi da."' in browser.get(here).text
    assert [event.detail for event in site.store.events(task_id)][-1] == "Hallo."


def test_what_was_parked_is_escaped_wherever_it_is_offered(site: Site, held):
    task_id, _, browser = held
    page = browser.get(f"/tasks/{task_id}/cues/{site.store.cues(task_id)[0].cue_id}").text
    assert "<img" not in page
    assert "<script>alert" not in page
    assert str(escape(HOSTILE)) in page


def test_the_task_page_asks_for_the_offers_of_a_cue(site: Site, held):
    task_id, _, browser = held
    cues = site.store.cues(task_id)
    offers = [
        browser.get(f"/api/v1/tasks/{task_id}/cues/{cue.cue_id}/offers").json() for cue in cues
    ]
    assert [offer["label"] for offer in offers[0]] == [
        "From memory, 87 %",
        "Other rendering",
        "Other rendering",
    ]
    assert offers[0][1] == {
        "text": "Hi da.",
        "label": "Other rendering",
        "sentence": "",
        "origin": "",
        "source_text": "",
    }
    assert offers[1:] == [[], []]
    missing = browser.get(f"/api/v1/tasks/{task_id}/cues/nobody/offers")
    assert missing.status_code == 404


def test_how_good_a_text_may_be_is_a_quiet_number_and_none_where_nobody_knows(site: Site, held):
    task_id, _, browser = held
    page = browser.get(f"/tasks/{task_id}").text
    assert page.count('class="quality') == 2
    assert page.count('class="quality doubtful"') == 1
    assert "31 %" in page


def test_viewers_see_no_offers_on_the_task_page(site: Site, held):
    task_id, _, _ = held
    page = site.browser(site.person(Role.VIEWER)).get(f"/tasks/{task_id}").text
    assert 'id="offers"' not in page
