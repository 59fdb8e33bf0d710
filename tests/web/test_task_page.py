"""The task page and its plain forms: who sees what, and what every button does."""

import html
from dataclasses import replace

import pytest
from review_drafts import draft_of, finding_on
from web_site import Site

from review.hearing import HeardWord
from review.tasks import CueState, Role, TaskState
from review.timeline import Timeline
from review.web.wording import describe
from subtitles.rules import RULES
from subtitles.span import Span

HOSTILE = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


@pytest.fixture
def held(site: Site):
    """A task that Ana holds: (task id, epoch, her browser)."""
    ana = site.person()
    task, _ = site.store.park(draft_of("Eins.", "Zwei."))
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    return task.task_id, epoch, site.browser(ana)


def post_cue(site: Site, held, text: str, *, number=0, version=None, action="save"):
    task_id, epoch, browser = held
    cue = site.store.cues(task_id)[number]
    form = {
        "text": text,
        "version": version or cue.version,
        "epoch": epoch,
        "action": action,
    }
    return browser.post(f"/tasks/{task_id}/cues/{cue.cue_id}", data=form)


def test_before_claiming_one_sees_everything_and_can_change_nothing(site: Site):
    task, _ = site.store.park(draft_of("Eins.", "Zwei."))
    page = site.browser(site.person()).get(f"/tasks/{task.task_id}").text
    assert "Claim this task" in page
    assert ("Eins." in page, "Line 1." in page) == (True, True)
    assert "<textarea readonly" not in page
    assert 'data-epoch=""' in page


def test_somebody_elses_task_shows_who_holds_it_and_offers_no_claim(site: Site, held):
    task_id, _, _ = held
    page = site.browser(site.person(Role.LINGUIST, "Bruno")).get(f"/tasks/{task_id}").text
    assert "<bdi>Ana</bdi> holds this task until" in page
    assert "Claim this task" not in page
    assert "<textarea readonly" not in page


def test_viewers_look_and_are_offered_no_claim(site: Site):
    task, _ = site.store.park(draft_of("Eins."))
    page = site.browser(site.person(Role.VIEWER)).get(f"/tasks/{task.task_id}").text
    assert "Eins." in page
    assert "Claim this task" not in page


def test_the_holder_edits(site: Site, held):
    task_id, epoch, browser = held
    page = browser.get(f"/tasks/{task_id}").text
    assert page.count("<textarea readonly") == 3, "two cues, and the mould of new rows"
    assert f'data-epoch="{epoch}"' in page


def test_rows_are_counted_against_the_profile_of_their_language(site: Site):
    task, _ = site.store.park(draft_of("x" * 43, "kurz"))
    page = site.browser(site.person()).get(f"/tasks/{task.task_id}").text
    assert 'data-max-cpl="42"' in page
    assert page.count("(too wide)") == 1
    assert "<b>21.5</b> cps" in page, "43 characters in two seconds"


def test_a_finding_is_told_with_its_measure_and_what_to_do(site: Site):
    finding = finding_on(draft_of("Eins.").cues[0].cue_id)
    task, _ = site.store.park(draft_of("Eins.", findings=(finding,)))
    page = site.browser(site.person()).get(f"/tasks/{task.task_id}").text
    assert "Reading speed <b>31.5 of 17 chars/s</b>" in page
    assert "Say it in fewer words" in page


def test_a_finding_on_the_whole_track_stands_above_the_cues(site: Site):
    finding = replace(finding_on(""), rule="uncovered-source", measured=2, limit=0, unit="cues")
    task, _ = site.store.park(draft_of("Eins.", findings=(finding,)))
    page = site.browser(site.person()).get(f"/tasks/{task.task_id}").text
    start = page.index("Findings on the whole track")
    assert "(2 cues)" in page[start : page.index("</ul>", start)]


def test_a_text_set_aside_can_be_read_and_stays_text(site: Site):
    note = "0:00:09.0: “<script>alert(1)</script>” (nobody is heard)"
    draft = draft_of("Eins.")
    finding = replace(finding_on(draft.cues[0].cue_id), rule="set-aside-text", note=note)
    task, _ = site.store.park(replace(draft, findings=(finding,)))
    page = site.browser(site.person()).get(f"/tasks/{task.task_id}").text
    assert "“&lt;script&gt;alert(1)&lt;/script&gt;” (nobody is heard)" in page
    assert "<script>alert" not in page


def test_every_rule_has_words_for_people():
    for rule in RULES:
        found = describe(replace(finding_on(""), rule=rule))
        assert found.label, rule
        assert found.advice, rule


def test_saving_a_cue_stores_it_and_comes_back_to_it(site: Site, held):
    answer = post_cue(site, held, "Neu.\r\nZweite Zeile.")
    cue = site.store.cues(held[0])[0]
    assert answer.headers["location"] == f"/tasks/{held[0]}/cues/{cue.cue_id}?notice=saved"
    assert (cue.text, cue.state) == ("Neu.\nZweite Zeile.", CueState.EDITED)


def test_confirming_saves_first_and_the_same_button_takes_the_tick_away(site: Site, held):
    post_cue(site, held, "Neu.", action="confirm")
    cue = site.store.cues(held[0])[0]
    assert (cue.text, cue.state) == ("Neu.", CueState.CONFIRMED)
    post_cue(site, held, "Neu.", action="reopen")
    assert site.store.cues(held[0])[0].state is CueState.EDITED


def test_after_a_tick_the_next_cue_without_one_follows_and_in_the_end_the_task(site: Site, held):
    first, _ = site.store.cues(held[0])
    answer = post_cue(site, held, "Zwei.", number=1, action="confirm")
    here = f"/tasks/{held[0]}"
    assert answer.headers["location"] == f"{here}/cues/{first.cue_id}?notice=saved"
    answer = post_cue(site, held, "Eins.", action="confirm")
    assert answer.headers["location"] == f"{here}?notice=saved"


def test_the_page_of_a_cue_is_for_who_holds_the_task(site: Site, held):
    cue = site.store.cues(held[0])[0]
    path = f"/tasks/{held[0]}/cues/{cue.cue_id}"
    assert "Eins.</textarea>" in held[2].get(path).text
    bruno = site.browser(site.person(Role.LINGUIST, "Bruno"))
    assert bruno.get(path).headers["location"] == f"/tasks/{held[0]}"


def test_confirming_what_is_confirmed_changes_nothing(site: Site, held):
    post_cue(site, held, "Eins.", action="confirm")
    before = len(site.store.events(held[0]))
    post_cue(site, held, "Eins.", action="confirm")
    assert len(site.store.events(held[0])) == before


def test_reverting_brings_the_machine_text_back(site: Site, held):
    post_cue(site, held, "Neu.")
    post_cue(site, held, "whatever the field holds", action="revert")
    assert site.store.cues(held[0])[0].text == "Eins."


def test_a_refused_text_is_not_lost(site: Site, held):
    answer = post_cue(site, held, "gut\n\nzwei Absätze")
    assert answer.status_code == 422
    assert "a row is blank" in answer.text
    assert "zwei Absätze" in answer.text


def test_a_conflict_shows_both_texts(site: Site, held):
    post_cue(site, held, "Die gespeicherte.")
    answer = post_cue(site, held, "Die andere.", version=1)
    assert answer.status_code == 412
    assert "Die gespeicherte." in answer.text
    assert "Die andere." in answer.text
    assert site.store.cues(held[0])[0].text == "Die gespeicherte."


def test_who_lost_the_task_cannot_write_and_keeps_the_text(site: Site, held):
    site.clock.pass_(hours=1)
    bruno = site.person(Role.LINGUIST, "Bruno")
    site.store.claim(held[0], bruno.user_id)
    answer = post_cue(site, held, "Zu spät.")
    assert answer.status_code == 409
    assert "you no longer hold this task" in answer.text
    assert "Zu spät." in answer.text
    assert site.store.cues(held[0])[0].text == "Eins."


def test_who_was_logged_out_is_told_how_not_to_lose_the_text(site: Site, held):
    held[2].post("/logout")
    answer = post_cue(site, held, "Noch da?")
    assert answer.status_code == 401
    assert "Log in in a new tab" in answer.text


def test_releasing_gives_the_task_back_with_everything_that_was_saved(site: Site, held):
    post_cue(site, held, "Neu.")
    answer = held[2].post(f"/tasks/{held[0]}/release", data={"epoch": held[1]})
    assert answer.headers["location"] == "/?notice=released"
    task = site.store.task(held[0])
    assert (task.state, task.lease) == (TaskState.PENDING, None)
    assert site.store.cues(held[0])[0].text == "Neu."


def test_requesting_changes_needs_a_reason_and_shows_it_to_the_next(site: Site, held):
    path = f"/tasks/{held[0]}/request-changes"
    refused = held[2].post(path, data={"epoch": held[1], "reason": "   "})
    assert refused.status_code == 422
    assert "give a reason" in refused.text
    form = {"epoch": held[1], "reason": "Der Erzähler ist eine Frau."}
    assert held[2].post(path, data=form).headers["location"] == "/?notice=returned"
    page = held[2].get(f"/tasks/{held[0]}").text
    assert "Changes requested" in page
    assert "Der Erzähler ist eine Frau." in page


def test_open_errors_stand_in_the_way_of_approval(site: Site):
    ana = site.person()
    finding = finding_on(draft_of("Eins.").cues[0].cue_id)
    task, _ = site.store.park(draft_of("Eins.", findings=(finding,)))
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    answer = site.browser(ana).post(f"/tasks/{task.task_id}/approve", data={"epoch": epoch})
    assert answer.status_code == 409
    assert "error finding" in answer.text
    assert site.store.task(task.task_id).state is TaskState.IN_REVIEW


def test_leads_reopen_what_was_approved_and_linguists_do_not(site: Site, held):
    held[2].post(f"/tasks/{held[0]}/approve", data={"epoch": held[1]})
    assert "Reopen" not in held[2].get(f"/tasks/{held[0]}").text
    lead = site.browser(site.person(Role.LEAD))
    assert "Reopen" in lead.get(f"/tasks/{held[0]}").text
    path, form = f"/tasks/{held[0]}/reopen", {"reason": "Titel falsch."}
    assert held[2].post(path, data=form).status_code == 403
    assert lead.post(path, data=form).status_code == 303
    assert site.store.task(held[0]).state is TaskState.CHANGES_REQUESTED


def test_the_history_tells_who_did_what_and_what_stood_there_before(site: Site, held):
    post_cue(site, held, "Neu.", action="confirm")
    page = held[2].get(f"/tasks/{held[0]}/history").text
    for told in ("put the draft into the queue", "claimed the task", "edited", "confirmed"):
        assert told in page
    assert "Eins." in page


def test_hostile_text_in_every_place_stays_text(site: Site):
    bad = site.person(Role.LINGUIST, '<b>"Bad" & co')
    draft = draft_of(HOSTILE, title=f"../{HOSTILE}", media="evil")
    task, _ = site.store.park(draft)
    epoch = site.store.claim(task.task_id, bad.user_id).epoch
    held = task.task_id, epoch, site.browser(bad)
    post_cue(site, held, f"{HOSTILE} neu")
    lead = site.browser(site.person(Role.LEAD))
    pages = [
        held[2].get(f"/tasks/{task.task_id}"),
        lead.get(f"/tasks/{task.task_id}"),
        held[2].get("/"),
        held[2].get("/account"),
        held[2].get(f"/tasks/{task.task_id}/history"),
        held[2].get(f"/tasks/{task.task_id}/cues/{draft.cues[0].cue_id}"),
        post_cue(site, held, f"{HOSTILE}\n\nblank row"),
        held[2].post(
            f"/tasks/{task.task_id}/request-changes", data={"epoch": 99, "reason": HOSTILE}
        ),
        held[2].get(f"/tasks/{HOSTILE}"),
        held[2].get("/login?next=" + HOSTILE),
    ]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "<b>&#34;Bad" not in page.text
    assert html.escape("</textarea><script>") in pages[0].text


def test_a_cue_that_starts_with_a_line_break_keeps_it_in_the_field(site: Site, held):
    page = held[2].get(f"/tasks/{held[0]}").text
    assert "\nEins.</textarea>" in page, "the parser drops one line break after the tag"


def test_an_unknown_task_or_cue_is_a_clear_404(site: Site, held):
    assert held[2].get("/tasks/nope").status_code == 404
    form = {"text": "x", "version": 1, "epoch": held[1]}
    answer = held[2].post(f"/tasks/{held[0]}/cues/nope", data=form)
    assert answer.status_code == 404
    assert "there is no cue" in answer.text


def test_a_form_with_missing_fields_says_which(site: Site, held):
    answer = held[2].post(f"/tasks/{held[0]}/approve", data={})
    assert answer.status_code == 422
    assert "missing or malformed: epoch" in answer.text


def test_a_long_title_brings_no_more_forms_than_a_short_one(site: Site):
    """Browsers search every form for fields to fill in: with one a row, 1500 rows took a minute."""
    ana = site.person()
    counts = []
    for number in (1, 40):
        texts = [f"Zeile {row}." for row in range(number)]
        task, _ = site.store.park(draft_of(*texts, media=f"film {number}"))
        site.store.claim(task.task_id, ana.user_id)
        counts.append(site.browser(ana).get(f"/tasks/{task.task_id}").text.count("<form"))
    assert counts[0] == counts[1]


def transcript_of(site: Site, *texts: str, percent: int, doubts: tuple[str, ...] = ()):
    """A transcript in the queue, each of its words heard so surely."""
    draft = draft_of(*texts, language="en")
    cues = tuple(replace(cue, source_text=cue.text) for cue in draft.cues)
    words = tuple(
        HeardWord(text=word, span=cue.span, percent=percent, doubts=doubts)
        for cue in cues
        for word in cue.text.split()
    )
    silent = Timeline(duration_ms=1, peaks_hz=0, peaks="", shot_changes_ms=(), speech=())
    site.backend.timelines.keep(draft.media_id, silent, words)
    task, _ = site.store.park(replace(draft, cues=cues))
    return task


def test_a_transcript_tells_which_of_its_words_were_not_surely_heard(site: Site):
    task = transcript_of(site, "Tom <b>went</b>", "home.", percent=30, doubts=("repetition",))
    ana = site.browser(site.person())
    first, second = ana.get(f"/api/v1/tasks/{task.task_id}/hearing").json()
    assert [(one["start"], one["end"]) for one in first["words"]] == [(0, 3), (4, 15)]
    assert second["words"][0]["why"] == "30 % sure; the same words again and again"
    assert second["words"][0]["is_very"]
    assert 'id="hearing"' in ana.get(f"/tasks/{task.task_id}").text


def test_of_a_translation_nothing_was_heard(site: Site):
    transcript_of(site, "Tom", percent=10)
    task, _ = site.store.park(draft_of("Tom."))
    ana = site.browser(site.person())
    assert ana.get(f"/api/v1/tasks/{task.task_id}/hearing").json() == []
    assert 'id="hearing"' not in ana.get(f"/tasks/{task.task_id}").text


SPOKEN = ("We never saw the boat again.", "Nobody did.", "Ah, the storm!", "♪ Over the sea ♪")


def spoken_transcript(site: Site):
    """A transcript as its words were heard, the first two cues made one by a person."""
    draft = replace(draft_of(*SPOKEN, language="en"), frame_rate="25")
    cues = tuple(replace(cue, source_text=cue.text) for cue in draft.cues)
    words = []
    for cue in cues:
        said = cue.text.split()
        pace_ms = cue.span.duration_ms // len(said)
        starts = range(cue.span.start_ms, cue.span.end_ms, pace_ms)
        words += [
            HeardWord(text=word, span=Span(at, at + pace_ms), percent=90)
            for word, at in zip(said, starts, strict=False)
        ]
    silent = Timeline(duration_ms=60_000, peaks_hz=0, peaks="", shot_changes_ms=(), speech=())
    site.backend.timelines.keep(draft.media_id, silent, words)
    return site.store.park(replace(draft, cues=cues))[0]


def test_cutting_a_transcript_anew_is_shown_then_done_as_one_step_and_taken_back(site: Site):
    task, person = spoken_transcript(site), site.person()
    ana, url = site.browser(person), f"/api/v1/tasks/{task.task_id}"
    epoch = site.store.claim(task.task_id, person.user_id).epoch

    def step(**wanted):
        versions = {cue.cue_id: cue.version for cue in site.store.cues(task.task_id)}
        body = {"epoch": epoch, "versions": versions, "step": wanted}
        return ana.post(f"{url}/steps", json=body)

    ids = [cue.cue_id for cue in site.store.cues(task.task_id)]
    step(kind="merge", cue_ids=ids[:2])
    before = site.store.cues(task.task_id)
    ends = {"first_cue_id": ids[0], "last_cue_id": ids[3]}
    seen = ana.get(f"{url}/resegmentation", params=ends).json()
    (change,) = seen["changes"]
    assert [cue["number"] for cue in change["before"]] == [1]
    assert [cue["text"] for cue in change["after"]] == list(SPOKEN[:2])
    assert seen["left"] == [{"cue_id": ids[3], "number": 3, "why": "it tells a sound, or is sung"}]
    assert site.store.cues(task.task_id) == before
    assert 'data-action="recut"' in ana.get(f"/tasks/{task.task_id}").text
    done = step(kind="resegment", **ends).json()
    now = site.store.cues(task.task_id)
    assert [cue.text for cue in now] == list(SPOKEN)
    assert [(cue.span.start_ms, cue.span.end_ms) for cue in now[:2]] == [
        (cue["start_ms"], cue["end_ms"]) for cue in change["after"]
    ]
    assert [cue.machine_text for cue in now] == [cue.source_text for cue in now] == list(SPOKEN)
    history = ana.get(f"/tasks/{task.task_id}/history").text
    assert "cut 2 cues anew" in history
    again = step(kind="resegment", **ends)
    assert (again.status_code, again.json()["message"]) == (
        422,
        "these cues would be cut as they are: nothing was changed",
    )
    assert step(kind="undo", step_id=done["step_id"]).status_code == 200
    assert [replace(cue, version=0) for cue in site.store.cues(task.task_id)] == [
        replace(cue, version=0) for cue in before
    ]


def test_what_was_not_heard_cannot_be_cut_anew(site: Site):
    task, _ = site.store.park(draft_of("Eins.", "Zwei."))
    ids = [cue.cue_id for cue in site.store.cues(task.task_id)]
    person = site.person()
    ana, url = site.browser(person), f"/api/v1/tasks/{task.task_id}/resegmentation"
    site.store.claim(task.task_id, person.user_id)
    assert 'data-action="recut"' not in ana.get(f"/tasks/{task.task_id}").text
    answer = ana.get(url, params={"first_cue_id": ids[0], "last_cue_id": ids[1]})
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("it is not known when the words")
    gone = ana.get(url, params={"first_cue_id": "gone", "last_cue_id": "\x00"})
    assert gone.status_code == 412
