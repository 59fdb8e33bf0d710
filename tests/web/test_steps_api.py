"""Steps on cues as JSON: the whole of what the workbench relies on."""

from dataclasses import replace

import pytest
from review_drafts import draft_of
from web_site import Site

from review.tasks import Role

TEXTS = ("Guten Tag.", "Wie geht es dir heute?", "Gut, danke.", "Bis morgen.")


class Page:
    """A page of the workbench: what it shows, and what it asks for."""

    def __init__(self, site: Site) -> None:
        self.site, self.user = site, site.person()
        # Every time of the draft is on a frame then, so that nothing is to be found on it.
        draft = replace(draft_of(*TEXTS), frame_rate="25")
        self.task_id = site.store.park(draft)[0].task_id
        self.epoch = site.store.claim(self.task_id, self.user.user_id).epoch
        self.browser = site.browser(self.user)
        self.url = f"/api/v1/tasks/{self.task_id}"

    @property
    def cues(self):
        return self.browser.get(f"{self.url}/cues").json()

    @property
    def ids(self):
        return [cue["cue_id"] for cue in self.cues]

    def step(self, kind, versions=None, epoch=None, browser=None, **step):
        seen = {cue["cue_id"]: cue["version"] for cue in self.cues}
        return (browser or self.browser).post(
            f"{self.url}/steps",
            json={
                "epoch": self.epoch if epoch is None else epoch,
                "versions": seen if versions is None else versions,
                "step": {"kind": kind, **step},
            },
        )


@pytest.fixture
def page(site: Site) -> Page:
    return Page(site)


def test_a_step_answers_with_all_that_changed_and_the_new_order(page: Page):
    before = page.cues
    answer = page.step("split", cue_id=page.ids[1], at_char=8, at_ms=None)
    assert answer.status_code == 200
    body, now = answer.json(), page.cues
    assert body["order"] == [cue["cue_id"] for cue in now]
    assert (body["removed"], body["structure_version"]) == ([], 1)
    assert body["task"]["cue_count"] == 5
    by_id = {cue["cue_id"]: cue for cue in now}
    halves = [cue for cue in body["changed"] if cue["source_text"] == "Line 1."]
    assert [cue["text"] for cue in halves] == ["Wie geht", "es dir heute?"]
    assert all(cue == by_id[cue["cue_id"]] for cue in body["changed"])
    assert halves[0].keys() == before[0].keys()
    undone = page.step("undo", step_id=body["step_id"]).json()
    assert undone["removed"] == [halves[1]["cue_id"]]
    assert [cue | {"version": 0} for cue in page.cues] == [cue | {"version": 0} for cue in before]
    assert page.step("undo", step_id=undone["step_id"]).json()["order"] == body["order"]


def test_every_kind_of_step_can_be_asked_for(page: Page):
    ids = page.ids
    steps = [
        ("merge", {"cue_ids": ids[2:4]}),
        ("move_words", {"cue_id": ids[1], "to": "next", "count": 1}),
        ("set_times", {"cue_id": ids[0], "start_ms": 0, "end_ms": 1_500}),
        ("shift", {"cue_id": ids[1], "by_ms": 250}),
        ("insert", {"after_cue_id": None, "start_ms": 90_000, "end_ms": 91_000, "text": "…"}),
        ("insert", {"after_cue_id": ids[2], "start_ms": 90_000, "end_ms": 91_000, "text": "…"}),
        ("set_texts", {"texts": {ids[0]: "Hallo.", ids[1]: "Na?"}}),
        ("confirm", {"cue_ids": ids[:2]}),
        ("delete", {"cue_ids": ids[:1]}),
    ]
    answers = [page.step(kind, **step).status_code for kind, step in steps]
    assert answers == [200, 200, 200, 200, 422, 200, 200, 200, 200]
    assert page.cues[0]["text"] == "Na?"
    assert page.cues[-1]["first_source"] is None


def test_a_step_on_cues_that_changed_is_refused_with_the_cues_as_they_are(page: Page):
    old = {cue["cue_id"]: cue["version"] for cue in page.cues}
    page.step("set_times", cue_id=page.ids[0], start_ms=0, end_ms=1_500)
    page.step("delete", cue_ids=[page.ids[3]])
    before = page.cues
    answer = page.step("merge", versions=old, cue_ids=page.ids[:2])
    assert answer.status_code == 412
    body = answer.json()
    assert body["error"] == "stale"
    assert "changed since you read them" in body["message"]
    assert body["cues"] == before
    assert body["order"] == page.ids
    assert body["removed"] == [(old.keys() - set(page.ids)).pop()]
    assert page.cues == before


@pytest.mark.parametrize(
    ("kind", "step", "status"),
    [
        ("split", {"at_char": 10_000}, 422),
        ("split", {"at_char": 2**70}, 422),
        ("split", {"at_char": 4, "at_ms": -5}, 422),
        ("set_times", {"start_ms": 5, "end_ms": 2}, 422),
        ("set_times", {"start_ms": -(2**62), "end_ms": 2**62}, 422),
        ("shift", {"by_ms": 2**62}, 422),
        ("shift", {"by_ms": 10.5}, 422),
        ("move_words", {"to": "above", "count": 1}, 422),
        ("move_words", {"to": "next", "count": 2**62}, 422),
        ("delete", {"cue_ids": []}, 422),
        ("explode", {}, 422),
        ("undo", {"step_id": 2**63 - 1}, 404),
        ("undo", {"step_id": None}, 422),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_with_one_line(page: Page, kind, step, status):
    before = page.cues
    wanted = step if kind in {"undo", "delete", "explode"} else {"cue_id": page.ids[0], **step}
    answer = page.step(kind, **wanted)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert page.cues == before


def test_only_who_holds_the_task_does_steps(page: Page):
    step = {"cue_ids": page.ids[:1]}
    assert page.step("delete", epoch=page.epoch + 1, **step).status_code == 409
    other = page.site.browser(page.site.person(Role.LINGUIST, "Ben"))
    assert page.step("delete", browser=other, **step).status_code == 409
    viewer = page.site.browser(page.site.person(Role.VIEWER))
    assert page.step("delete", browser=viewer, **step).status_code == 403
    assert len(page.cues) == 4


def test_a_whole_film_fits_into_one_step(site: Site):
    page = Page(site)
    page.task_id = site.store.park(draft_of(*["Ja."] * 1500, media="long"))[0].task_id
    page.epoch = site.store.claim(page.task_id, page.user.user_id).epoch
    page.url = f"/api/v1/tasks/{page.task_id}"
    answer = page.step("set_texts", texts=dict.fromkeys(page.ids, "Nein, <b>gar</b> nicht."))
    assert answer.status_code == 200
    assert len(answer.json()["changed"]) == 1500


def test_the_history_tells_steps_in_words(page: Page):
    ids = page.ids
    page.step("split", cue_id=ids[1], at_char=8)
    page.step("merge", cue_ids=page.ids[:2])
    page.step("set_times", cue_id=ids[0], start_ms=0, end_ms=3_500)
    page.step("shift", cue_id=ids[2], by_ms=-40)
    done = page.step("delete", cue_ids=ids[2:]).json()
    page.step("undo", step_id=done["step_id"])
    page.step("confirm", cue_ids=ids[2:])
    page.step("set_texts", texts={ids[2]: "<script>x</script>", ids[3]: "Ja."})
    told = page.browser.get(f"{page.url}/events", params={"cue_id": ids[2]}).json()
    assert [(one["what"], one["detail_name"], one["detail"]) for one in told] == [
        ("replaced in 2 cues", "before", "Gut, danke."),
        ("confirmed 2 cues at once", "", ""),
        ("undid a step on 2 cues", "", ""),
        ("deleted 2 cues", "text", "Gut, danke. / Bis morgen."),
        ("shifted 2 cues by -40 ms", "", ""),
    ]
    told = page.browser.get(f"{page.url}/events", params={"cue_id": ids[0]}).json()
    assert [(one["what"], one["detail_name"], one["detail"]) for one in told] == [
        ("set other times", "shown before", "00:00:00.000 – 00:00:03.840"),
        ("merged 2 cues into one", "before", "Guten Tag."),
    ]
    assert "split the cue" in page.browser.get(f"/tasks/{page.task_id}/history").text
