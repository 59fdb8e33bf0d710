"""What every place where people decide on tasks must do: stages, gate, publishing, waivers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from review_desks import ReviewDesk, sql_desk
from review_drafts import draft_of, finding_on

from review.errors import InvalidEditError, LeaseLostError, NotAllowedError, UnknownTaskError
from review.outbox import NoticeKind
from review.sql.outbox import SqlOutbox
from review.tasks import CueState, TaskState
from subtitles.findings import Severity

S = TaskState


@pytest.fixture
def desk(database_url: str) -> Iterator[ReviewDesk]:
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def task(desk):
    return desk.store.park(draft_of("Guten Tag.", "Wie geht es?"))[0]


def state(desk, task) -> TaskState:
    return desk.store.task(task.task_id).state


def told(desk, *kinds: NoticeKind):
    """Kinds and languages of what the outbox tells."""
    notices = SqlOutbox(desk.store._engine, desk.clock).undelivered(kinds or list(NoticeKind))
    return [(one.kind, one.language) for one in notices]


# ---- two stages --------------------------------------------------------------------------------


@pytest.fixture
def checked(desk):
    """A project in which a second person approves."""
    desk.project(two_stages=True)


@pytest.mark.usefixtures("checked")
def test_a_text_that_was_submitted_is_checked_and_approved_by_somebody_else(desk, task):
    submitted = desk.submitted(task)
    assert (submitted.state, submitted.lease) == (S.QC_PENDING, None)
    assert submitted.submitted_by == desk.ana.user_id
    with pytest.raises(NotAllowedError, match="somebody else"):
        desk.claimed(task)
    lease = desk.claimed(task, desk.ben)
    assert lease.epoch == 2
    assert state(desk, task) is S.IN_QC
    snapshot = desk.approved(task, desk.ben)
    assert snapshot.approved_by == "Ben"
    assert state(desk, task) is S.APPROVED
    assert desk.kinds(task)[-4:] == [
        *("cue.confirmed", "task.submitted", "task.claimed", "task.approved"),
    ]


@pytest.mark.usefixtures("checked")
def test_nobody_approves_a_text_of_two_stages_alone(desk, task):
    for user in (desk.ana, desk.lea):
        with pytest.raises(NotAllowedError, match="submit it"):
            desk.approved(task, user)
        desk.store.release(task.task_id, user.user_id, desk.claimed(task, user).epoch)
    desk.submitted(task, desk.lea)
    with pytest.raises(NotAllowedError, match="somebody else"):
        desk.claimed(task, desk.lea)


@pytest.mark.usefixtures("checked")
def test_only_a_complete_text_without_errors_is_submitted(desk):
    draft = draft_of("Guten Tag.", "Wie geht es?")
    task = desk.store.park(replace(draft, findings=(finding_on(draft.cues[0].cue_id),)))[0]
    epoch = desk.claimed(task).epoch
    submit = {"user_id": desk.ana.user_id, "epoch": epoch}
    desk.tick(task)
    with pytest.raises(NotAllowedError, match="1 cue"):
        desk.store.submit(task.task_id, **submit)
    desk.tick(task, cue=1)
    with pytest.raises(NotAllowedError, match="1 error"):
        desk.store.submit(task.task_id, **submit)
    desk.write(task, "Guten Abend.")
    desk.tick(task)
    assert desk.store.submit(task.task_id, **submit).state is S.QC_PENDING


@pytest.mark.usefixtures("checked")
def test_who_checks_may_correct_and_has_to_confirm_what_was_corrected(desk, task):
    desk.submitted(task)
    assert desk.write(task, "Guten Abend.", user=desk.ben).state is CueState.EDITED
    with pytest.raises(NotAllowedError, match="1 cue"):
        desk.approved(task, desk.ben)
    desk.tick(task, user=desk.ben)
    assert "Guten Abend." in desk.approved(task, desk.ben).srt


@pytest.mark.usefixtures("checked")
def test_a_lost_answer_to_a_submission_is_asked_for_again(desk, task):
    first = desk.submitted(task)
    events = desk.kinds(task)
    again = {"user_id": desk.ana.user_id, "epoch": 1}
    assert desk.store.submit(task.task_id, **again) == first
    desk.claimed(task, desk.ben)
    assert desk.store.submit(task.task_id, **again).state is S.IN_QC
    assert desk.kinds(task) == [*events, "task.claimed"]
    with pytest.raises(LeaseLostError):
        desk.store.submit(task.task_id, user_id=desk.lea.user_id, epoch=1)


@pytest.mark.usefixtures("checked")
def test_a_check_that_is_given_up_waits_to_be_checked_again(desk, task):
    desk.submitted(task)
    lease = desk.claimed(task, desk.ben)
    desk.store.release(task.task_id, desk.ben.user_id, lease.epoch)
    assert state(desk, task) is S.QC_PENDING
    desk.claimed(task, desk.ben)
    desk.clock.pass_(minutes=16)
    assert state(desk, task) is S.QC_PENDING
    assert [one.task_id for one in desk.store.tasks(state=S.QC_PENDING)] == [task.task_id]
    assert desk.claimed(task, desk.lea).epoch == 4
    assert state(desk, task) is S.IN_QC


def test_where_one_stage_is_enough_nothing_is_submitted(desk, task):
    with pytest.raises(NotAllowedError, match="approve it yourself"):
        desk.submitted(task)


# ---- back to who made it -----------------------------------------------------------------------


@pytest.mark.usefixtures("checked")
def test_a_text_goes_back_to_who_made_it_for_a_day(desk, task):
    desk.submitted(task)
    epoch = desk.claimed(task, desk.ben).epoch
    back = desk.store.request_changes(
        task.task_id, user_id=desk.ben.user_id, epoch=epoch, reason="Too stiff."
    )
    assert (back.state, back.reason) == (S.CHANGES_REQUESTED, "Too stiff.")
    assert (back.kept_for.user_id, back.kept_for.user_name) == (desk.ana.user_id, "Ana")
    desk.clock.pass_(hours=23, minutes=59)
    with pytest.raises(NotAllowedError, match="kept for Ana"):
        desk.claimed(task, desk.ben)
    assert desk.store.tasks(state=S.CHANGES_REQUESTED) == (back,)
    desk.clock.pass_(minutes=1)
    assert desk.store.task(task.task_id).kept_for is None
    assert desk.claimed(task, desk.ben)


@pytest.mark.usefixtures("checked")
def test_who_made_it_takes_it_back_and_the_day_is_over(desk, task):
    desk.submitted(task)
    epoch = desk.claimed(task, desk.ben).epoch
    desk.store.request_changes(
        task.task_id, user_id=desk.ben.user_id, epoch=epoch, reason="Too stiff."
    )
    epoch = desk.claimed(task).epoch
    assert state(desk, task) is S.IN_REVIEW
    desk.store.release(task.task_id, desk.ana.user_id, epoch)
    assert desk.store.task(task.task_id).kept_for is None
    assert desk.claimed(task, desk.ben)


def test_a_reopened_text_is_kept_for_who_made_it_but_for_leads(desk, task):
    desk.approved(task)
    back = desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="A typo.")
    assert back.kept_for.user_name == "Ana"
    with pytest.raises(NotAllowedError, match="kept for Ana"):
        desk.claimed(task, desk.ben)
    assert desk.claimed(task, desk.lea)


def test_nothing_is_kept_for_somebody_whose_account_is_closed(desk, task):
    desk.approved(task)
    desk.people.set_active("Ana", active=False)
    back = desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="A typo.")
    assert back.kept_for is None
    assert desk.claimed(task, desk.ben)


# ---- the transcript first ----------------------------------------------------------------------


def transcript_of(draft):
    return replace(draft, language=draft.source_language, draft_id="transcript")


def test_translations_wait_until_the_transcript_is_approved(desk):
    desk.project(source_first=True)
    german, french = draft_of("Guten Tag."), draft_of("Bonjour.", language="fr")
    waiting = desk.store.park(german)[0]
    assert waiting.state is S.DRAFT
    with pytest.raises(NotAllowedError, match="waiting for its transcript"):
        desk.claimed(waiting)
    transcript = desk.store.park(transcript_of(german))[0]
    assert transcript.state is S.PENDING
    assert desk.store.park(french)[0].state is S.DRAFT
    assert told(desk, NoticeKind.TASK_PARKED) == [
        ("task.parked", "de"),
        ("task.parked", "en"),
        ("task.parked", "fr"),
    ]
    snapshot = desk.approved(transcript)
    assert {one.state for one in desk.store.tasks()} == {S.APPROVED, S.PENDING}
    opened = desk.store.events(waiting.task_id)[-1]
    assert (opened.kind, opened.actor, opened.is_implicit) == ("task.opened", "pipeline", True)
    (notice,) = SqlOutbox(desk.store._engine, desk.clock).undelivered([NoticeKind.SOURCE_APPROVED])
    assert notice.snapshot_sha256 == snapshot.sha256
    assert (notice.task_id, notice.language) == (transcript.task_id, "en")
    late = draft_of("Ciao.", language="it")
    assert desk.store.park(late)[0].state is S.PENDING


def test_a_transcript_that_was_reopened_holds_back_what_comes_then(desk):
    desk.project(source_first=True)
    transcript = desk.store.park(transcript_of(draft_of("Guten Tag.")))[0]
    desk.approved(transcript)
    desk.store.reopen(transcript.task_id, user_id=desk.lea.user_id, reason="A name.")
    waiting = desk.store.park(draft_of("Guten Tag."))[0]
    assert waiting.state is S.DRAFT
    desk.approved(transcript)
    assert state(desk, waiting) is S.PENDING


def test_a_waiting_draft_takes_newer_drafts_and_waits_on(desk):
    desk.project(source_first=True)
    desk.store.park(draft_of("Guten Tag."))
    newer, taken = desk.store.park(draft_of("Guten Abend."))
    assert (newer.state, taken) == (S.DRAFT, True)


def test_a_lead_starts_without_the_transcript(desk):
    desk.project(source_first=True)
    waiting = desk.store.park(draft_of("Guten Tag."))[0]
    with pytest.raises(NotAllowedError, match="lead"):
        desk.store.start(waiting.task_id, user_id=desk.ana.user_id)
    assert desk.store.start(waiting.task_id, user_id=desk.lea.user_id).state is S.PENDING
    assert desk.kinds(waiting)[-1] == "task.opened"
    assert desk.claimed(waiting)


def test_every_approved_transcript_is_told_and_nothing_else_is(desk, task):
    desk.approved(task)
    assert told(desk, NoticeKind.SOURCE_APPROVED) == []
    desk.approved(desk.store.park(transcript_of(draft_of("Guten Tag.")))[0])
    assert told(desk, NoticeKind.SOURCE_APPROVED) == [("source.approved", "en")]
    assert len(told(desk, NoticeKind.TASK_APPROVED)) == 2


# ---- publishing --------------------------------------------------------------------------------


def test_what_is_published_is_told_once(desk, task):
    snapshot = desk.approved(task)
    for _ in range(2):
        published = desk.store.publish(task.task_id, snapshot.sha256)
        assert (published.state, published.published_sha256) == (S.PUBLISHED, snapshot.sha256)
    assert desk.kinds(task)[-1] == "task.published"
    assert desk.kinds(task).count("task.published") == 1
    assert told(desk, NoticeKind.TASK_PUBLISHED) == [("task.published", "de")]
    with pytest.raises(NotAllowedError):
        desk.claimed(task, desk.ben)


def test_a_published_text_stays_while_it_is_reopened_and_approved_again(desk, task):
    first = desk.approved(task)
    desk.store.publish(task.task_id, first.sha256)
    back = desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="A typo.")
    assert (back.state, back.published_sha256) == (S.CHANGES_REQUESTED, first.sha256)
    desk.write(task, "Guten Abend.")
    second = desk.approved(task)
    assert desk.store.task(task.task_id).published_sha256 == first.sha256
    assert desk.store.publish(task.task_id, first.sha256).state is S.APPROVED  # a late retry
    assert desk.store.publish(task.task_id, second.sha256).state is S.PUBLISHED
    last = desk.store.publish(task.task_id, first.sha256)
    assert (last.state, last.published_sha256) == (S.PUBLISHED, second.sha256)
    assert desk.kinds(task).count("task.published") == 2


def test_what_was_reopened_before_it_was_published_is_published_all_the_same(desk, task):
    snapshot = desk.approved(task)
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="A typo.")
    published = desk.store.publish(task.task_id, snapshot.sha256)
    assert (published.state, published.published_sha256) == (S.CHANGES_REQUESTED, snapshot.sha256)
    again = desk.approved(task)
    assert again.sha256 == snapshot.sha256, "nothing was changed"
    assert desk.store.publish(task.task_id, again.sha256).state is S.PUBLISHED


def test_a_text_that_was_never_approved_is_not_published(desk, task):
    for odd in ("", "nope", "\x00"):
        with pytest.raises(UnknownTaskError, match="no snapshot"):
            desk.store.publish(task.task_id, odd)
    other = desk.store.park(draft_of("Ja.", media="other"))[0]
    with pytest.raises(UnknownTaskError, match="no snapshot"):
        desk.store.publish(task.task_id, desk.approved(other).sha256)


# ---- cancelling --------------------------------------------------------------------------------


def test_a_cancelled_task_is_out_of_everybodys_hands_and_comes_back_with_everything(desk, task):
    desk.write(task, "Guten Abend.")
    with pytest.raises(NotAllowedError, match="lead"):
        desk.store.cancel(task.task_id, user_id=desk.ana.user_id, reason="Not ours.")
    with pytest.raises(InvalidEditError):
        desk.store.cancel(task.task_id, user_id=desk.lea.user_id, reason=" ")
    for _ in range(2):
        gone = desk.store.cancel(task.task_id, user_id=desk.lea.user_id, reason="Not ours.")
        assert (gone.state, gone.lease, gone.reason) == (S.CANCELLED, None, "Not ours.")
        assert desk.kinds(task).count("task.cancelled") == 1
    with pytest.raises(NotAllowedError, match="lead"):
        desk.store.cancel(task.task_id, user_id=desk.ana.user_id, reason="Not ours.")
    with pytest.raises(LeaseLostError):
        desk.store.heartbeat(task.task_id, desk.ana.user_id, 1)
    with pytest.raises(NotAllowedError, match="cancelled"):
        desk.claimed(task, desk.ben)
    back = desk.store.restore(task.task_id, user_id=desk.lea.user_id)
    assert (back.state, back.reason) == (S.PENDING, "")
    assert desk.store.cues(task.task_id)[0].text == "Guten Abend."
    assert desk.claimed(task).epoch == 2


def test_what_was_approved_and_cancelled_is_not_published(desk, task):
    snapshot = desk.approved(task)
    desk.store.cancel(task.task_id, user_id=desk.lea.user_id, reason="Not ours.")
    with pytest.raises(NotAllowedError, match="cancelled"):
        desk.store.publish(task.task_id, snapshot.sha256)


def test_a_draft_that_comes_back_still_waits_for_its_transcript(desk):
    desk.project(source_first=True)
    waiting = desk.store.park(draft_of("Guten Tag."))[0]
    desk.store.cancel(waiting.task_id, user_id=desk.lea.user_id, reason="Not ours.")
    assert desk.store.restore(waiting.task_id, user_id=desk.lea.user_id).state is S.DRAFT


# ---- waivers -----------------------------------------------------------------------------------


def parked_with(desk, *severities, cue=0):
    """A task with findings of one rule of each severity on one of its two cues, or on the track."""
    draft = draft_of("Guten Tag.", "Wie geht es?")
    cue_id = "" if cue is None else draft.cues[cue].cue_id
    found = tuple(
        replace(finding_on(cue_id, severity), rule=f"rule-{severity}") for severity in severities
    )
    return desk.store.park(replace(draft, findings=found))[0], cue_id


def test_an_error_is_waived_by_a_lead_with_a_reason_and_then_blocks_nothing(desk):
    task, cue_id = parked_with(desk, Severity.ERROR)
    epoch = desk.claimed(task).epoch
    what = {"cue_id": cue_id, "rule": "rule-error"}
    with pytest.raises(NotAllowedError, match="lead"):
        desk.store.waive(
            task.task_id, user_id=desk.ana.user_id, epoch=epoch, reason="A song.", **what
        )
    with pytest.raises(InvalidEditError, match="reason"):
        desk.store.waive(task.task_id, user_id=desk.lea.user_id, reason="", **what)
    for _ in range(2):  # twice is once
        seen = desk.store.waive(
            task.task_id, user_id=desk.lea.user_id, reason=" A song.\r\nReally. ", **what
        )
        assert seen.error_count == 0
    cue = desk.store.cues(task.task_id)[0]
    assert [one.finding for one in cue.waivers] == list(cue.findings)
    assert (cue.waivers[0].by, cue.waivers[0].reason) == ("Lea", "A song.\nReally.")
    last = desk.store.events(task.task_id)[-1]
    assert (last.kind, last.cue_id, last.actor) == ("finding.waived", cue_id, "Lea")
    assert last.detail == "rule-error: A song.\nReally."
    assert desk.kinds(task).count("finding.waived") == 1
    assert desk.approved(task)


def test_a_waiver_is_taken_back(desk):
    task, cue_id = parked_with(desk, Severity.ERROR)
    what = {"user_id": desk.lea.user_id, "cue_id": cue_id, "rule": "rule-error"}
    desk.store.waive(task.task_id, reason="A song.", **what)
    for _ in range(2):
        assert desk.store.unwaive(task.task_id, **what).error_count == 1
    assert desk.store.cues(task.task_id)[0].waivers == ()
    assert desk.kinds(task)[-1] == "finding.unwaived"
    assert desk.kinds(task).count("finding.unwaived") == 1


def test_a_warning_is_waived_by_who_holds_the_task(desk):
    task, cue_id = parked_with(desk, Severity.WARNING)
    what = {"cue_id": cue_id, "rule": "rule-warning", "reason": "A song."}
    with pytest.raises(LeaseLostError):
        desk.store.waive(task.task_id, user_id=desk.ana.user_id, **what)
    epoch = desk.claimed(task).epoch
    with pytest.raises(LeaseLostError):
        desk.store.waive(task.task_id, user_id=desk.ben.user_id, epoch=epoch, **what)
    seen = desk.store.waive(task.task_id, user_id=desk.ana.user_id, epoch=epoch, **what)
    assert seen.warning_count == 0


def test_a_finding_on_the_whole_track_is_waived_too(desk):
    task, _ = parked_with(desk, Severity.ERROR, cue=None)
    what = {"cue_id": "", "rule": "rule-error"}
    desk.store.waive(task.task_id, user_id=desk.lea.user_id, reason="No sound there.", **what)
    (waiver,) = desk.store.track_waivers(task.task_id)
    assert waiver.finding == desk.store.track_findings(task.task_id)[0]
    assert desk.store.events(task.task_id)[-1].cue_id is None
    assert desk.approved(task)


TOO_WIDE = "Eine einzige Zeile, die für diesen Kunden viel zu breit ist, und länger"


def test_a_waiver_stays_while_its_finding_comes_back_as_it_was_and_ends_with_it(desk, task):
    found = desk.write(task, TOO_WIDE).findings
    rules = {one.rule for one in found}
    for rule in rules:
        desk.store.waive(
            task.task_id,
            user_id=desk.lea.user_id,
            cue_id=found[0].cue_id,
            rule=rule,
            reason="On screen.",
        )
    same_width = TOO_WIDE.replace("breit", "Breit")
    again = desk.write(task, same_width)
    assert again.findings == found
    assert {one.finding.rule for one in again.waivers} == rules
    assert desk.store.cues(task.task_id)[0] == again
    seen = desk.store.task(task.task_id)
    assert (seen.error_count, seen.warning_count) == (0, 0)
    wider = desk.write(task, f"{TOO_WIDE} noch")
    assert "line-length" in rules & {one.rule for one in wider.findings}
    assert not [one for one in wider.waivers if one.finding.rule == "line-length"]
    desk.write(task, "Guten Abend.")
    assert not desk.write(task, TOO_WIDE).waivers, "what went and came back is looked at anew"


@pytest.mark.parametrize("odd", ["nope", "", "\x00", "rule-warning"])
def test_what_was_not_found_cannot_be_waived(desk, odd):
    task, cue_id = parked_with(desk, Severity.ERROR)
    who = {"user_id": desk.lea.user_id, "reason": "Hm."}
    with pytest.raises(UnknownTaskError):
        desk.store.waive(task.task_id, cue_id=cue_id, rule=odd, **who)
    with pytest.raises(UnknownTaskError):
        desk.store.waive(task.task_id, cue_id="nope", rule="rule-error", **who)
