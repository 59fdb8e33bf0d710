"""Random decisions of random people on one task: who may what holds, whatever came before."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from review_desks import fresh_sqlite, sql_desk
from review_drafts import draft_of, finding_on

from review.sql.comments import SqlComments
from review.tasks import CueState, Role, TaskState
from review.workflow import HELD
from subtitles.errors import PolycueError
from subtitles.findings import Severity

S = TaskState
people = st.sampled_from(["ana", "ben", "lea", "vic"])
LEADS = {Role.LEAD, Role.ADMIN}
REASON = "For a reason."


class DecisionsOnATask(RuleBasedStateMachine):
    """Everybody tries everything; what is let through is held against the promises."""

    template: Path

    def __init__(self):
        super().__init__()
        self._exits = ExitStack()
        desk = self.desk = self._exits.enter_context(sql_desk(fresh_sqlite(self.template)))
        self.store = desk.store
        self.comments = SqlComments(desk.store._engine, desk.clock)
        draft = draft_of("Eins.", "Zwei.")
        bad, odd = finding_on(draft.cues[0].cue_id), finding_on("", Severity.WARNING)
        self.task_id = self.store.park(replace(draft, findings=(bad, odd)))[0].task_id
        self.cue_ids = [cue.cue_id for cue in draft.cues]
        self.two_stages = False
        self.events = 1
        self.snapshots = []

    def teardown(self):
        self._exits.close()

    # -- what people do

    @rule(two_stages=st.booleans())
    def set_the_project_up(self, two_stages):
        self.desk.project(two_stages=two_stages)
        self.two_stages = two_stages

    @rule(who=people)
    def claim(self, who):
        before, user = self.now(), self.user(who)
        lease = self.attempt(self.store.claim, self.task_id, user.user_id)
        if lease is None:
            return
        assert before.lease is None or before.lease.user_id == user.user_id
        if before.state is S.QC_PENDING:
            assert before.submitted_by != user.user_id
        kept = before.kept_for
        assert kept is None or kept.user_id == user.user_id or user.role in LEADS

    @rule(cue=st.integers(0, 1), text=st.sampled_from(["Hallo.", "Na?"]))
    def the_holder_types(self, cue, text):
        for holder in self.holder():
            now = self.store.cues(self.task_id)[cue]
            written = self.store.edit_cue(
                *(self.task_id, now.cue_id), version=now.version, text=text, **holder
            )
            assert written.text == text
            assert not written.waivers

    @rule()
    def the_holder_ticks_everything_off(self):
        for holder in self.holder():
            for cue_id in self.cue_ids:
                self.store.confirm_cue(self.task_id, cue_id, confirmed=True, **holder)

    @rule(act=st.sampled_from(["release", "submit", "approve", "request_changes"]))
    def the_holder(self, act):
        for holder in self.holder():
            self.decide(act, **holder)

    @rule(
        who=people,
        epoch=st.integers(0, 6),
        act=st.sampled_from(["release", "submit", "approve", "request_changes"]),
    )
    def anybody(self, who, epoch, act):
        self.decide(act, user_id=self.user(who).user_id, epoch=epoch)

    @rule(who=people, act=st.sampled_from(["reopen", "cancel", "restore", "start"]))
    def anybody_decides_what_leads_decide(self, who, act):
        reason = {"reason": REASON} if act in {"reopen", "cancel"} else {}
        user = self.user(who)
        done = self.attempt(getattr(self.store, act), self.task_id, user_id=user.user_id, **reason)
        assert done is None or user.role in LEADS

    @precondition(lambda self: self.snapshots)
    @rule(number=st.integers(0, 5))
    def the_pipeline_publishes(self, number):
        before, sha256 = self.now(), self.snapshots[number % len(self.snapshots)]
        after = self.attempt(self.store.publish, self.task_id, sha256)
        assert (after is None) == (before.state is S.CANCELLED) or after == before
        if after is not None and after.state is S.PUBLISHED:
            assert after.published_sha256 == after.snapshot_sha256

    @rule(who=people, on_cue=st.booleans(), withdraw=st.booleans())
    def waive(self, who, on_cue, withdraw):
        before, user = self.now(), self.user(who)
        epoch = before.lease.epoch if before.lease else None
        what = {"user_id": user.user_id, "rule": "reading-speed", "epoch": epoch}
        what["cue_id"] = self.cue_ids[0] if on_cue else ""
        if not withdraw:
            what["reason"] = REASON
        act = self.store.unwaive if withdraw else self.store.waive
        if self.attempt(act, self.task_id, **what) is not None and user.role not in LEADS:
            assert not on_cue, "an error takes a lead"
            assert before.lease is not None
            assert before.lease.user_id == user.user_id

    @rule(who=people, is_blocking=st.booleans())
    def comment(self, who, is_blocking):
        self.attempt(
            self.comments.comment,
            self.task_id,
            user_id=self.user(who).user_id,
            cue_id=None,
            body="Hm.",
            is_blocking=is_blocking,
        )

    @rule(who=people, resolved=st.booleans())
    def resolve(self, who, resolved):
        for one in self.comments.comments(self.task_id)[-1:]:
            self.attempt(
                self.comments.resolve,
                *(self.task_id, one.comment_id),
                user_id=self.user(who).user_id,
                resolved=resolved,
            )

    @rule(seconds=st.sampled_from([1, 899, 901, 86_399]))
    def time_passes(self, seconds):
        self.desk.clock.pass_(seconds=seconds)

    # -- what must hold

    @invariant()
    def who_works_on_it_holds_it_and_nobody_else_does(self):
        task = self.now()
        assert (task.state in HELD) == (task.lease is not None)
        if task.state is S.IN_QC:
            assert task.lease.user_id != task.submitted_by

    @invariant()
    def the_counts_are_what_one_counts(self):
        task, cues = self.now(), self.store.cues(self.task_id)
        found = [one for cue in cues for one in cue.findings]
        found += self.store.track_findings(self.task_id)
        waivers = [one for cue in cues for one in cue.waivers]
        waivers += self.store.track_waivers(self.task_id)
        for one in waivers:
            found.remove(one.finding)  # raises when it is not there: no waiver without a finding
        severities = [one.severity for one in found]
        assert task.error_count == severities.count(Severity.ERROR)
        assert task.warning_count == severities.count(Severity.WARNING)
        assert task.confirmed_count == sum(cue.state is CueState.CONFIRMED for cue in cues)
        said = self.comments.comments(self.task_id)
        assert task.comment_count == sum(one.is_open for one in said)

    @invariant()
    def what_was_approved_is_in_force_until_the_next_approval(self):
        task = self.now()
        assert task.snapshot_sha256 == (self.snapshots[-1] if self.snapshots else None)
        assert task.published_sha256 in {None, *self.snapshots}
        if task.is_decided:
            assert self.store.text_of(self.task_id, "srt", approved_only=False) == (
                self.store.snapshot(self.task_id).srt
            )

    # -- the rest

    def decide(self, act, **who):
        before = self.now()
        blocking = [
            one for one in self.comments.comments(self.task_id) if one.is_open and one.is_blocking
        ]
        reason = {"reason": REASON} if act == "request_changes" else {}
        events = len(self.store.events(self.task_id))
        done = self.attempt(getattr(self.store, act), self.task_id, **who, **reason)
        if done is None or len(self.store.events(self.task_id)) == events:
            assert act == "release" or done is None or self.now() == before  # refused, or a retry
            return
        # A lease that ran out is good until somebody else takes the task.
        if before.lease is not None:
            assert (before.lease.user_id, before.lease.epoch) == (who["user_id"], who["epoch"])
        is_check = before.state in {S.IN_QC, S.QC_PENDING}
        if act == "approve":
            assert before.error_count == 0
            assert not blocking
            assert is_check or not self.two_stages
            assert not is_check or before.submitted_by != who["user_id"]
            self.snapshots.append(done.sha256)
        if act == "submit":
            assert self.two_stages
            assert (before.error_count, before.confirmed_count) == (0, before.cue_count)

    def attempt(self, act, *args, **keywords):
        """What ``act`` gives; None when it is refused, which leaves no trace."""
        before = self.now(), self.store.events(self.task_id)
        try:
            return act(*args, **keywords)
        except PolycueError:
            assert (self.now(), self.store.events(self.task_id)) == before
            return None

    def now(self):
        return self.store.task(self.task_id)

    def user(self, who):
        return getattr(self.desk, who)

    def holder(self):
        """Who holds the task, as the arguments of a write; nobody or one."""
        lease = self.now().lease
        return [] if lease is None else [{"user_id": lease.user_id, "epoch": lease.epoch}]


def live(template: Path, *, lives: int, steps: int) -> None:
    DecisionsOnATask.template = template
    run_state_machine_as_test(
        DecisionsOnATask,
        settings=settings(max_examples=lives, stateful_step_count=steps, deadline=None),
    )


def test_no_decisions_of_anybody_break_a_promise(sqlite_template):
    live(sqlite_template, lives=6, steps=40)


@pytest.mark.slow
def test_no_decisions_of_anybody_break_a_promise_in_many_lives(sqlite_template):
    live(sqlite_template, lives=100, steps=60)
