"""What every implementation of `Ledger` promises, on SQLite and PostgreSQL."""

import pytest
from review_desks import sql_desk
from review_drafts import draft_of

from review.access.roles import Membership, Reach
from review.errors import UnknownTaskError
from review.ledger.port import MAX_ACTIVE_MS
from review.ledger.sums import By, sum_of, summed
from review.sql.ledger import SqlLedger
from review.sql.steps import SqlSteps
from review.steps.kinds import Confirm, Undo
from review.tasks import Role
from subtitles.language import LanguageTag


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def ledger(desk):
    return SqlLedger(desk.store._engine, desk.clock)


@pytest.fixture
def task(desk):
    return desk.store.park(draft_of("Das Tor ist auf.", "Er brach ihn.", "Ja."))[0]


def entry_of(desk, ledger):
    assert ledger.measure(for_s=60) == 0
    (entry,) = ledger.entries(Reach(user=desk.lea))
    return entry


def test_what_people_changed_is_counted_once_it_is_approved(desk, ledger, task):
    desk.write(task, "Er brach den Stab.", cue=1)
    assert ledger.entries(Reach(user=desk.lea)) == ()
    desk.approved(task)
    entry = entry_of(desk, ledger)
    assert (entry.title, entry.language, entry.approved_at) == ("The Gate", "de", desk.clock.now)
    effort = entry.effort
    assert (effort.cue_count, effort.measured_count, effort.untouched_count) == (3, 3, 2)
    # den Stab for ihn: one replaced, one put in; 5 + 5 + 2 words and marks.
    assert (effort.word_edits, effort.word_count) == (2, 12)
    assert effort.hter == pytest.approx(2 / 12)
    assert (effort.retimed_count, effort.sent_back_count) == (0, 0)


def test_measuring_again_and_approving_again_count_the_last_text_alone(desk, ledger, task):
    desk.approved(task)
    assert entry_of(desk, ledger).effort.untouched_count == 3
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Again.")
    assert entry_of(desk, ledger).effort.sent_back_count == 0
    desk.write(task, "Nein.", cue=2)
    desk.approved(task)
    effort = entry_of(desk, ledger).effort
    assert (effort.untouched_count, effort.sent_back_count) == (2, 1)


def test_cues_ticked_off_at_one_go_are_left_out_unless_somebody_wrote_them(desk, ledger, task):
    steps = SqlSteps(desk.store._engine, desk.clock)
    desk.write(task, "Er brach den Stab.", cue=1)
    cues = desk.store.cues(task.task_id)
    who = {"user_id": desk.ana.user_id, "epoch": desk.claimed(task).epoch}
    step = Confirm(cue_ids=tuple(cue.cue_id for cue in cues))
    steps.take(task.task_id, step, versions={cue.cue_id: cue.version for cue in cues}, **who)
    desk.tick(task, cue=2, confirmed=False)
    desk.tick(task, cue=2)
    desk.approved(task)
    effort = entry_of(desk, ledger).effort
    assert (effort.cue_count, effort.measured_count) == (3, 2)


def test_steps_taken_back_do_not_count_and_taken_up_again_they_do(desk, ledger, task):
    from review.steps.kinds import Split

    steps = SqlSteps(desk.store._engine, desk.clock)
    who = {"user_id": desk.ana.user_id, "epoch": desk.claimed(task).epoch}

    def take(step):
        cues = desk.store.cues(task.task_id)
        versions = {cue.cue_id: cue.version for cue in cues}
        return steps.take(task.task_id, step, versions=versions, **who).step_id

    first = desk.store.cues(task.task_id)[0]
    split = take(Split(cue_id=first.cue_id, at_char=8))
    undone = take(Undo(step_id=split))
    desk.approved(task)
    assert entry_of(desk, ledger).effort.split_count == 0
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Again.")
    who["epoch"] = desk.claimed(task).epoch
    take(Undo(step_id=undone))
    desk.approved(task)
    effort = entry_of(desk, ledger).effort
    assert (effort.split_count, effort.cue_count) == (1, 4)


@pytest.mark.parametrize(
    ("passed_s", "told_ms", "counted_ms"),
    [
        (60, 45_000, 45_000),
        (10, 45_000, 10_000),  # no more than has passed
        (600, 500_000, MAX_ACTIVE_MS),  # no more than a sign of life can tell of
        (60, -5, 0),
        (0, 60_000, 0),  # the same moment again
    ],
)
def test_time_at_work_is_never_more_than_can_have_been(
    desk, ledger, task, passed_s, told_ms, counted_ms
):
    ledger.record(task.task_id, desk.ana.user_id, 0)
    desk.clock.pass_(seconds=passed_s)
    ledger.record(task.task_id, desk.ana.user_id, told_ms)
    assert [one.active_ms for one in ledger.own_times(desk.ana.user_id)] == (
        [counted_ms] if counted_ms else []
    )


def test_two_tasks_at_once_do_not_make_two_of_one_minute(desk, ledger, task):
    other = desk.store.park(draft_of("Ja.", media="other"))[0]
    for one in (task, other):
        ledger.record(one.task_id, desk.ana.user_id, 0)
    desk.clock.pass_(seconds=60)
    for one in (task, other):
        ledger.record(one.task_id, desk.ana.user_id, 60_000)
    assert [one.active_ms for one in ledger.own_times(desk.ana.user_id)] == [60_000]


def test_midnight_is_no_end_of_work(desk, ledger, task):
    desk.clock.pass_(hours=11, minutes=59, seconds=30)
    ledger.record(task.task_id, desk.ana.user_id, 0)
    desk.clock.pass_(seconds=60)
    ledger.record(task.task_id, desk.ana.user_id, 60_000)
    assert ledger.own_times(desk.ana.user_id)[0].active_ms == 60_000


def test_time_at_work_is_for_oneself_and_for_others_only_in_sums_over_people(desk, ledger, task):
    desk.claimed(task)
    for user in (desk.ana, desk.ben):
        ledger.record(task.task_id, user.user_id, 0)
        desk.clock.pass_(seconds=30)
        ledger.record(task.task_id, user.user_id, 30_000)
        if user is desk.ana:
            desk.approved(task)
            assert sum_of("", [entry_of(desk, ledger)]).active_ms is None
    (both,) = summed([entry_of(desk, ledger)], By.LANGUAGE)
    assert (both.name, both.active_ms) == ("German", 60_000)
    assert both.minutes_per_hour == pytest.approx(8 / 60 / (1 / 60))
    assert [one.active_ms for one in ledger.own_times(desk.ana.user_id)] == [30_000]


def test_only_who_leads_sees_the_work_of_others(desk, ledger, task):
    desk.approved(task)
    assert entry_of(desk, ledger)
    assert ledger.entries(Reach(user=desk.ana)) == ()
    german = Membership(
        membership_id=1,
        user_id=desk.ana.user_id,
        project_id=None,
        language=LanguageTag("de"),
        role=Role.LEAD,
    )
    assert len(ledger.entries(Reach(user=desk.ana, memberships=(german,)))) == 1


def test_work_on_nothing_is_refused(desk, ledger):
    with pytest.raises(UnknownTaskError):
        ledger.record("nobody", desk.ana.user_id, 10)


def test_no_time_to_measure_leaves_everything_for_later(desk, ledger, task):
    desk.approved(task)
    assert ledger.measure(for_s=0) == 1
    assert ledger.measure(for_s=60) == 0
