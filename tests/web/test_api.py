"""The JSON interface: versions, leases, and one shape for every error."""

import pytest
from review_drafts import draft_of
from web_site import Site

from review.tasks import Role


class Page:
    """What the task page knows: its task, its lease, and how to ask."""

    def __init__(self, site: Site, *texts: str) -> None:
        self.site = site
        self.user = site.person()
        self.task_id = site.store.park(draft_of(*texts))[0].task_id
        self.epoch = site.store.claim(self.task_id, self.user.user_id).epoch
        self.browser = site.browser(self.user)
        self.cue_ids = [cue.cue_id for cue in site.store.cues(self.task_id)]

    def url(self, rest: str = "") -> str:
        return f"/api/v1/tasks/{self.task_id}{rest}"

    def edit(self, text: str, *, version: str | None = '"1"', epoch: int | None = None, number=0):
        return self.browser.patch(
            self.url(f"/cues/{self.cue_ids[number]}"),
            json={"text": text, "epoch": epoch or self.epoch},
            headers={} if version is None else {"If-Match": version},
        )

    def text(self, number: int = 0) -> str:
        return self.site.store.cues(self.task_id)[number].text


@pytest.fixture
def page(site: Site) -> Page:
    return Page(site, "Eins.", "Zwei.")


def test_an_edit_on_the_current_version_is_stored_and_names_the_next(page: Page):
    answer = page.edit("Neu.")
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"2"'
    assert answer.json() == {
        "cue_id": page.cue_ids[0],
        "version": 2,
        "ordinal": 0,
        "start_ms": 0,
        "end_ms": 2_000,
        "text": "Neu.",
        "source_text": "Line 0.",
        "first_source": 0,
        "last_source": 0,
        "machine_text": "Eins.",
        "offered_text": "",
        "is_stale": False,
        "earlier_source": "",
        "confidence_percent": 90,
        "quality_percent": None,
        "state": "edited",
        "state_name": "Edited",
        "findings": [],
    }
    assert page.edit("Neuer.", version=answer.headers["etag"]).status_code == 200


def test_findings_come_back_with_the_edit(page: Page):
    found = page.edit("x" * 60).json()["findings"]
    assert {"line-length", "reading-speed"} <= {finding["rule"] for finding in found}
    assert all(finding["label"] and finding["advice"] for finding in found)


def test_a_finding_with_one_right_repair_brings_the_text_that_mends_it(page: Page):
    found = {one["rule"]: one for one in page.edit("Warte...  doch").json()["findings"]}
    assert found["three-dots"]["fix"] == "Warte…  doch"
    assert found["double-space"]["fix"] == "Warte... doch"
    wide = page.edit("x" * 60, version='"2"').json()["findings"]
    assert {one["rule"]: one["fix"] for one in wide}["reading-speed"] == "", "a person decides"
    assert page.text() == "x" * 60, "nothing is mended unasked"


@pytest.mark.parametrize("version", [None, "", "1", "*", '"x"', '"1", "2"', '"' + "9" * 30 + '"'])
def test_an_edit_that_names_no_version_is_refused(page: Page, version):
    answer = page.edit("Neu.", version=version)
    assert (answer.status_code, answer.json()["error"]) == (428, "version_required")
    assert page.text() == "Eins."


def test_an_edit_on_an_old_version_gets_the_current_text_and_stores_nothing(page: Page):
    page.edit("Die gespeicherte.")
    answer = page.edit("Die andere.")
    assert answer.status_code == 412
    assert answer.json() == {
        "error": "stale",
        "message": answer.json()["message"],
        "version": 2,
        "text": "Die gespeicherte.",
    }
    assert page.text() == "Die gespeicherte."


def test_sending_what_is_already_stored_is_a_success_whatever_the_version(page: Page):
    page.edit("Neu.")
    again = page.edit("Neu.")
    assert (again.status_code, again.json()["version"]) == (200, 2)


def test_an_edit_after_somebody_else_took_the_task_is_refused(page: Page):
    page.site.clock.pass_(hours=1)
    page.site.store.claim(page.task_id, page.site.person(Role.LINGUIST, "Bruno").user_id)
    answer = page.edit("Zu spät.")
    assert (answer.status_code, answer.json()["error"]) == (409, "lease_lost")
    held = page.browser.post(page.url("/claim"), json={})
    assert (held.status_code, held.json()["error"]) == (409, "held")
    assert "Bruno holds this task until" in held.json()["message"]


def test_a_lease_is_renewed_while_the_page_is_open(page: Page):
    page.site.clock.pass_(minutes=10)
    answer = page.browser.post(page.url("/heartbeat"), json={"epoch": page.epoch})
    assert answer.json() == {
        "user_id": page.user.user_id,
        "user_name": "Ana",
        "epoch": page.epoch,
        "until": "2026-01-15T12:25:00+00:00",
    }


@pytest.mark.parametrize("text", ["", "  ", "a\n\nb", "x" * 501, "\u202eabc", "a\x00b"])
def test_a_text_that_cannot_be_stored_says_why(page: Page, text: str):
    answer = page.edit(text)
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid")
    assert answer.json()["message"]
    assert page.text() == "Eins."


@pytest.mark.parametrize("body", [{}, {"text": "x"}, {"text": "x", "epoch": 1, "more": 1}, [], "x"])
def test_a_body_of_another_shape_is_refused_in_the_same_shape(page: Page, body):
    answer = page.browser.patch(
        page.url(f"/cues/{page.cue_ids[0]}"), json=body, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 422
    assert set(answer.json()) == {"error", "message"}


def test_a_body_that_is_no_json_is_refused_in_the_same_shape(page: Page):
    answer = page.browser.post(
        page.url("/heartbeat"), content=b"{", headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid")


def test_a_form_cannot_pass_for_json(page: Page):
    answer = page.browser.post(page.url("/heartbeat"), data={"epoch": page.epoch})
    assert answer.status_code == 422


def test_ticking_a_cue_and_taking_the_tick_away(page: Page):
    path = page.url(f"/cues/{page.cue_ids[1]}/confirmation")
    for confirmed, state in ((True, "confirmed"), (True, "confirmed"), (False, "machine")):
        answer = page.browser.put(path, json={"epoch": page.epoch, "confirmed": confirmed})
        assert (answer.status_code, answer.json()["state"]) == (200, state)


def test_a_cue_is_read_with_the_tag_that_an_edit_must_name(page: Page):
    answer = page.browser.get(page.url(f"/cues/{page.cue_ids[0]}"))
    assert (answer.headers["etag"], answer.json()["text"]) == ('"1"', "Eins.")
    assert page.browser.get(page.url("/cues/nope")).json()["error"] == "unknown"


def test_all_cues_are_read_in_order(page: Page):
    cues = page.browser.get(page.url("/cues")).json()
    assert [cue["text"] for cue in cues] == ["Eins.", "Zwei."]


def test_the_history_of_one_cue_leaves_out_the_others(page: Page):
    page.edit("Neu.", number=0)
    page.edit("Auch neu.", number=1)
    answer = page.browser.get(page.url("/events"), params={"cue_id": page.cue_ids[1]})
    assert [(one["actor"], one["what"], one["detail"]) for one in answer.json()] == [
        ("Ana", "edited", "Zwei.")
    ]
    assert len(page.browser.get(page.url("/events")).json()) == 4


def test_without_a_login_scripts_get_401_and_not_a_login_page(page: Page):
    page.browser.cookies.clear()
    answer = page.edit("Neu.")
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "login_required",
        "message": "your session has ended: log in again",
    }


def test_an_unknown_path_and_method_are_told_in_the_same_shape(page: Page):
    assert page.browser.get("/api/v1/nothing").json() == {
        "error": "not_found",
        "message": "Not Found",
    }
    answer = page.browser.delete(page.url("/cues"))
    assert (answer.status_code, answer.json()["error"]) == (405, "method_not_allowed")
