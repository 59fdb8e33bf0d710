"""Newer machine drafts of tasks that people have begun: when they go in, what becomes of whom."""

import json
from dataclasses import replace

import pytest
from review_desks import sql_desk
from review_drafts import draft_of, finding_on
from sentence_drafts import WAND, sentence, with_sentences, with_sources

from review.errors import LeaseLostError
from review.tasks import CueState, TaskState
from subtitles.findings import Severity

DE = ("Guten Tag.", "Wie geht es?", "Gut.")
EN = ("Good day.", "How are you?", "Well.")
NEWER = ("Hallo.", "Wie geht's?", "Prima.")


def said(texts, sources=EN):
    return with_sources(draft_of(*texts), *sources)


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def task(desk):
    return desk.store.park(said(DE))[0]


def let_go(desk, task, user=None):
    user = user or desk.ana
    lease = desk.claimed(task, user)
    desk.store.release(task.task_id, user.user_id, lease.epoch)


def texts(desk, task):
    return [cue.text for cue in desk.store.cues(task.task_id)]


def last(desk, task):
    return desk.store.events(task.task_id)[-1]


def test_a_draft_goes_into_what_nobody_holds_and_leaves_every_hand(desk, task):
    desk.write(task, "Guten Abend.")
    desk.tick(task, cue=2)
    let_go(desk, task)
    merged, taken = desk.store.park(replace(said(NEWER), made_by="engine:newer"))
    first, second, third = desk.store.cues(task.task_id)
    assert taken
    assert (merged.state, merged.draft_id) == (TaskState.PENDING, said(NEWER).draft_id)
    assert (first.text, first.offered_text, first.state) == ("Guten Abend.", "Hallo.", "edited")
    assert (second.text, second.machine_text, second.state) == ("Wie geht's?",) * 2 + ("machine",)
    assert (third.text, third.offered_text, third.state) == ("Gut.", "Prima.", "confirmed")
    made = [cue.made_by for cue in (first, second, third)]
    assert made == [task.made_by, "engine:newer", task.made_by]
    assert last(desk, task).kind == "draft.merged"
    assert last(desk, task).actor == "pipeline"
    report = json.loads(last(desk, task).detail)
    assert report["kept"] == [first.cue_id, third.cue_id]
    assert report["changed"] == [second.cue_id]
    assert report["draft_id"] == merged.draft_id
    before = desk.store.cues(task.task_id), desk.kinds(task)
    assert desk.store.park(replace(said(NEWER), made_by="engine:newer")) == (merged, False)
    assert (desk.store.cues(task.task_id), desk.kinds(task)) == before


def test_a_cue_given_back_to_the_machine_is_the_machines(desk, task):
    desk.write(task, "Guten Abend.")
    desk.write(task, "Guten Tag.")
    let_go(desk, task)
    assert desk.store.park(said(NEWER))[1]
    assert texts(desk, task) == list(NEWER)
    assert desk.kinds(task)[-1] == "draft.replaced"


def test_a_draft_waits_while_somebody_holds_the_task_and_goes_in_when_they_let_go(desk, task):
    desk.write(task, "Guten Abend.")
    before = desk.store.task(task.task_id), desk.store.cues(task.task_id)
    for _ in range(2):
        assert desk.store.park(said(NEWER)) == (replace(before[0]), False)
    assert desk.store.cues(task.task_id) == before[1]
    assert desk.kinds(task)[-1] == "draft.superseded"
    desk.write(task, "Schönen Abend.")
    let_go(desk, task)
    assert texts(desk, task) == ["Schönen Abend.", "Wie geht's?", "Prima."]
    assert desk.kinds(task)[-2:] == ["task.released", "draft.merged"]


def test_only_the_newest_draft_waits_and_the_one_that_is_in_calls_it_off(desk, task):
    desk.tick(task)
    desk.store.park(said(("A.", "B.", "C.")))
    desk.store.park(said(NEWER))
    let_go(desk, task)
    assert texts(desk, task) == ["Guten Tag.", "Wie geht's?", "Prima."]
    desk.claimed(task)
    desk.store.park(said(("A.", "B.", "C.")))
    desk.store.park(said(NEWER))
    let_go(desk, task)
    assert texts(desk, task) == ["Guten Tag.", "Wie geht's?", "Prima."]


def test_after_the_lease_ran_out_it_goes_in_before_somebody_else_begins(desk, task):
    desk.write(task, "Guten Abend.")
    epoch = desk.claimed(task).epoch
    desk.store.park(said(NEWER))
    desk.clock.pass_(minutes=16)
    assert desk.claimed(task, desk.ben).epoch == epoch + 1
    assert texts(desk, task) == ["Guten Abend.", "Wie geht's?", "Prima."]
    with pytest.raises(LeaseLostError):
        desk.store.heartbeat(task.task_id, desk.ana.user_id, epoch)


def test_who_comes_back_first_goes_on_with_what_they_had(desk, task):
    desk.write(task, "Guten Abend.")
    epoch = desk.claimed(task).epoch
    desk.store.park(said(NEWER))
    desk.clock.pass_(minutes=16)
    assert desk.claimed(task).epoch == epoch
    assert texts(desk, task) == ["Guten Abend.", "Wie geht es?", "Gut."]


def test_an_approved_text_is_left_alone_and_the_draft_waits_for_its_reopening(desk, task):
    snapshot = desk.approved(task)
    assert not desk.store.park(said(NEWER))[1]
    assert desk.store.task(task.task_id).state is TaskState.APPROVED
    assert texts(desk, task) == list(DE)
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="One more look.")
    reopened = desk.store.task(task.task_id)
    assert (reopened.state, reopened.reason) == (TaskState.CHANGES_REQUESTED, "One more look.")
    assert texts(desk, task) == list(DE)  # approved once, it is no machine's any more
    assert [cue.offered_text for cue in desk.store.cues(task.task_id)] == list(NEWER)
    assert desk.store.snapshot(task.task_id) == snapshot


def test_an_approved_text_whose_source_changed_is_reviewed_again_and_stays_in_force(desk, task):
    snapshot = desk.approved(task)
    newer = said(("Hallo.", "Wie geht's?", "Na ja."), ("Good day.", "How are you?", "So so."))
    again, taken = desk.store.park(newer)
    assert taken
    assert (again.state, again.snapshot_sha256) == (TaskState.PENDING, snapshot.sha256)
    assert "has changed" in again.reason
    assert desk.store.snapshot(task.task_id) == snapshot
    assert texts(desk, task) == list(DE)
    third = desk.store.cues(task.task_id)[2]
    assert (third.is_stale, third.source_text, third.offered_text) == (True, "So so.", "Na ja.")
    assert [one.rule for one in third.findings] == ["source-changed"]
    assert again.warning_count == 1
    assert desk.store.park(newer) == (again, False)


def test_a_stale_cue_is_settled_by_a_tick_and_not_by_typing(desk, task):
    desk.tick(task, cue=2)
    let_go(desk, task)
    desk.store.park(said(NEWER, ("Good day.", "How are you?", "So so.")))
    typed = desk.write(task, "Nicht so gut.", cue=2)
    assert (typed.is_stale, [one.rule for one in typed.findings]) == (True, ["source-changed"])
    assert desk.tick(task, cue=2).is_stale is False
    settled = desk.store.cues(task.task_id)[2]
    assert (settled.is_stale, settled.findings, settled.state) == (False, (), "confirmed")


def test_text_whose_source_is_gone_blocks_approval_until_somebody_decides(desk, task):
    desk.write(task, "Nur von mir.", cue=1)
    let_go(desk, task)
    draft = said(NEWER)
    merged, _ = desk.store.park(replace(draft, cues=(draft.cues[0], draft.cues[2])))
    orphan = desk.store.cues(task.task_id)[1]
    assert (orphan.text, orphan.first_source, orphan.is_stale) == ("Nur von mir.", None, True)
    assert [(one.rule, one.severity) for one in orphan.findings] == [("no-source", Severity.ERROR)]
    assert merged.error_count == 1
    desk.tick(task, cue=1)
    assert desk.store.task(task.task_id).error_count == 0
    assert desk.approved(task)


def test_submitted_text_goes_back_into_review_when_the_machine_says_something_else(desk, task):
    desk.project(two_stages=True)
    desk.submitted(task)
    assert desk.store.park(said(NEWER))[0].state is TaskState.QC_PENDING  # offers alone
    assert [cue.offered_text for cue in desk.store.cues(task.task_id)] == list(NEWER)
    newer = said(("A.", "B.", "C."), ("Good day.", "How are you?", "So so."))
    assert desk.store.park(newer)[0].state is TaskState.PENDING


def test_a_cancelled_task_takes_the_draft_when_it_is_put_back(desk, task):
    desk.tick(task)
    desk.store.cancel(task.task_id, user_id=desk.lea.user_id, reason="Not now.")
    assert not desk.store.park(said(NEWER))[1]
    assert texts(desk, task) == list(DE)
    desk.store.restore(task.task_id, user_id=desk.lea.user_id)
    assert texts(desk, task) == ["Guten Tag.", "Wie geht's?", "Prima."]


def test_findings_and_sentences_of_the_draft_go_with_its_cues(desk, task):
    desk.tick(task, cue=0)
    let_go(desk, task)
    draft = said(NEWER)
    findings = tuple(finding_on(cue.cue_id, Severity.WARNING) for cue in draft.cues)
    draft = with_sentences(
        replace(draft, findings=(*findings, finding_on("", Severity.WARNING))),
        sentence(
            "Good day. How are you?", "Hallo. Wie geht's?", "0", "1", quality=0.4, terms=(WAND,)
        ),
        sentence("Well.", "Prima.", "2", quality=0.9),
    )
    desk.store.park(draft)
    cues = desk.store.cues(task.task_id)
    assert [len(cue.findings) for cue in cues] == [0, 1, 1]  # the first is Ana's
    assert [cue.quality for cue in cues] == [None, 0.4, 0.9]
    assert len(desk.store.track_findings(task.task_id)) == 1
    first, second = desk.store.sentences(task.task_id)
    assert first.cue_ids == (cues[0].cue_id, cues[1].cue_id)
    assert desk.store.passage(task.task_id, cues[2].cue_id) == (second,)


def test_the_state_of_a_kept_cue_is_known_to_be_a_persons_over_many_drafts(desk, task):
    desk.tick(task, cue=1)
    let_go(desk, task)
    for number in range(3):
        desk.store.park(said(tuple(f"{text} {number}" for text in DE)))
    cue = desk.store.cues(task.task_id)[1]
    assert (cue.text, cue.state, cue.offered_text) == (DE[1], CueState.CONFIRMED, f"{DE[1]} 2")
