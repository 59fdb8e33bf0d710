"""Random lives of review tasks: the database and the fake tell the same story, step by step."""

from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from review_desks import fake_desk, fresh_sqlite, sql_desk
from review_drafts import draft_of, finding_on

from review.tasks import CueState, TaskState
from subtitles.errors import PolycueError
from subtitles.findings import Severity

people = st.sampled_from(["ana", "ben", "lea", "vic"])
cues = st.integers(0, 2)
epochs = st.integers(0, 3)
texts = st.sampled_from(
    ["Text 0.", "Hallo.", "Na?\nGut.", " ", "a\x00b", "Viel zu viel Text für diese Zeit. " * 4]
)


def drafts():
    """Three drafts of the same title, one of them with an error on its second cue."""
    plain = [draft_of(*(f"Text {n}." for n in range(3))), draft_of("Hallo.", "Na?", "Gut.")]
    broken = draft_of("Eins.", "Zwei.", "Drei.")
    return (
        *plain,
        draft_of("Eins.", "Zwei.", "Drei.", findings=(finding_on(broken.cues[1].cue_id),)),
    )


class TwoQueues(RuleBasedStateMachine):
    """Does everything twice, once in a database, and compares the answers; at the end, all."""

    template: Path

    def __init__(self):
        super().__init__()
        self._exits = ExitStack()
        self.real = self._exits.enter_context(sql_desk(fresh_sqlite(self.template)))
        self.fake = fake_desk()
        self.drafts = drafts()
        self.task_id = self.both(lambda desk: desk.store.park(self.drafts[0]))[0].task_id
        self.cue_ids = [cue.cue_id for cue in self.drafts[0].cues]

    def teardown(self):
        with self._exits:
            self.everything_that_can_be_seen_is_the_same()
            self.the_counts_are_what_one_counts()
            self.who_is_in_review_is_held_and_what_is_approved_has_its_text()

    def both(self, act):
        """What ``act`` gave or raised, which must be the same on both."""
        real, fake = (_outcome(act, desk) for desk in (self.real, self.fake))
        assert real == fake
        return real

    @rule(number=st.integers(0, 2))
    def park(self, number):
        self.both(lambda desk: desk.store.park(self.drafts[number]))

    @rule(who=people)
    def claim(self, who):
        self.both(lambda desk: desk.store.claim(self.task_id, getattr(desk, who).user_id))

    @rule(who=people, epoch=epochs)
    def heartbeat(self, who, epoch):
        self.both(
            lambda desk: desk.store.heartbeat(self.task_id, getattr(desk, who).user_id, epoch)
        )

    @rule(who=people, epoch=epochs)
    def release(self, who, epoch):
        self.both(lambda desk: desk.store.release(self.task_id, getattr(desk, who).user_id, epoch))

    @rule(who=people, epoch=epochs, cue=cues, version=st.integers(1, 3), text=texts)
    def edit(self, who, epoch, cue, version, text):
        self.both(
            lambda desk: desk.store.edit_cue(
                *(self.task_id, self.cue_ids[cue]),
                user_id=getattr(desk, who).user_id,
                epoch=epoch,
                version=version,
                text=text,
            )
        )

    @rule(cue=cues, text=texts)
    def the_holder_types(self, cue, text):
        self._as_holder(
            lambda desk, who: desk.store.edit_cue(
                *(self.task_id, self.cue_ids[cue]),
                version=desk.store.cues(self.task_id)[cue].version,
                text=text,
                **who,
            )
        )

    @rule(cue=cues, confirmed=st.booleans())
    def the_holder_ticks(self, cue, confirmed):
        self._as_holder(
            lambda desk, who: desk.store.confirm_cue(
                self.task_id, self.cue_ids[cue], confirmed=confirmed, **who
            )
        )

    @rule()
    def the_holder_approves(self):
        self._as_holder(lambda desk, who: desk.store.approve(self.task_id, **who))

    @rule()
    def the_holder_requests_changes(self):
        self._as_holder(
            lambda desk, who: desk.store.request_changes(self.task_id, reason="No.", **who)
        )

    @rule(who=people, epoch=epochs)
    def approve(self, who, epoch):
        self.both(
            lambda desk: desk.store.approve(
                self.task_id, user_id=getattr(desk, who).user_id, epoch=epoch
            )
        )

    @rule(who=people)
    def reopen(self, who):
        self.both(
            lambda desk: desk.store.reopen(
                self.task_id, user_id=getattr(desk, who).user_id, reason="Again."
            )
        )

    @rule(seconds=st.sampled_from([1, 29, 30, 899, 900, 901]))
    def time_passes(self, seconds):
        for desk in (self.real, self.fake):
            desk.clock.pass_(seconds=seconds)

    def _as_holder(self, act):
        lease = self.fake.store.task(self.task_id).lease
        if lease is not None:
            who = {"user_id": lease.user_id, "epoch": lease.epoch}
            self.both(lambda desk: act(desk, who))

    @invariant()
    def the_task_looks_the_same(self):
        self.both(lambda desk: desk.store.task(self.task_id))

    def everything_that_can_be_seen_is_the_same(self):
        self.both(lambda desk: desk.store.cues(self.task_id))
        self.both(lambda desk: desk.store.events(self.task_id))
        self.both(lambda desk: desk.store.snapshot(self.task_id))
        for state in TaskState:
            self.both(lambda desk, state=state: desk.store.tasks(state=state))

    def the_counts_are_what_one_counts(self):
        task, cues = self.real.store.task(self.task_id), self.real.store.cues(self.task_id)
        severities = [one.severity for cue in cues for one in cue.findings]
        assert task.cue_count == len(cues)
        assert task.confirmed_count == sum(cue.state is CueState.CONFIRMED for cue in cues)
        assert task.error_count == severities.count(Severity.ERROR)
        assert task.warning_count == severities.count(Severity.WARNING)

    def who_is_in_review_is_held_and_what_is_approved_has_its_text(self):
        task = self.real.store.task(self.task_id)
        assert (task.state is TaskState.IN_REVIEW) == (task.lease is not None)
        if task.state is TaskState.APPROVED:
            store = self.real.store
            now = store.text_of(self.task_id, "srt", approved_only=False)
            assert store.text_of(self.task_id, "srt", approved_only=True) == now
            assert task.error_count == 0


def _outcome(act, desk):
    try:
        return act(desk)
    except PolycueError as error:
        return type(error), error.args


def test_the_database_and_the_fake_live_the_same_lives(sqlite_template):
    TwoQueues.template = sqlite_template
    run_state_machine_as_test(
        TwoQueues, settings=settings(max_examples=25, stateful_step_count=25, deadline=None)
    )
