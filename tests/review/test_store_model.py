"""Random lives of a review task in a database: whatever people try, the promises hold."""

from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from review_desks import fresh_sqlite, sql_desk
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


class LifeOfATask(RuleBasedStateMachine):
    """Keeps what every accepted write said, and compares it with what is stored."""

    template: Path

    def __init__(self):
        super().__init__()
        self._exits = ExitStack()
        self.desk = self._exits.enter_context(sql_desk(fresh_sqlite(self.template)))
        self.drafts = drafts()
        self.task_id = self.desk.store.park(self.drafts[0])[0].task_id
        self.cue_ids = [cue.cue_id for cue in self.drafts[0].cues]
        self.written: dict[str, str] = {}  # what people wrote, ticked off or approved
        self.events = 1

    def teardown(self):
        self._exits.close()

    def attempt(self, act, *args, **keywords):
        """What ``act`` gives; None when it is refused."""
        try:
            return act(*args, **keywords)
        except PolycueError:
            return None

    def id_of(self, who):
        return getattr(self.desk, who).user_id

    @rule(number=st.integers(0, 2))
    def park(self, number):
        self.desk.store.park(self.drafts[number])

    @rule(who=people)
    def claim(self, who):
        before = self.desk.store.task(self.task_id).lease
        lease = self.attempt(self.desk.store.claim, self.task_id, self.id_of(who))
        if lease is not None and before is not None:
            assert lease.user_id == before.user_id, "two people hold the task"

    @rule(who=people, epoch=epochs)
    def heartbeat(self, who, epoch):
        self.attempt(self.desk.store.heartbeat, self.task_id, self.id_of(who), epoch)

    @rule(who=people, epoch=epochs)
    def release(self, who, epoch):
        self.attempt(self.desk.store.release, self.task_id, self.id_of(who), epoch)

    @rule(who=people, epoch=epochs, cue=cues, version=st.integers(1, 3), text=texts)
    def edit(self, who, epoch, cue, version, text):
        who_writes = {"user_id": self.id_of(who), "epoch": epoch}
        self._edit(cue, version, text, who_writes)

    @rule(cue=cues, text=texts)
    def the_holder_types(self, cue, text):
        version = self.desk.store.cues(self.task_id)[cue].version
        for holder in self._holder():
            self._edit(cue, version, text, holder)

    @rule(cue=cues, confirmed=st.booleans())
    def the_holder_ticks(self, cue, confirmed):
        for holder in self._holder():
            done = self.attempt(
                self.desk.store.confirm_cue,
                *(self.task_id, self.cue_ids[cue]),
                confirmed=confirmed,
                **holder,
            )
            self._note(done)

    @rule()
    def the_holder_approves(self):
        for holder in self._holder():
            self._approve(**holder)

    @rule()
    def the_holder_requests_changes(self):
        for holder in self._holder():
            self.attempt(self.desk.store.request_changes, self.task_id, reason="No.", **holder)

    @rule(who=people, epoch=epochs)
    def approve(self, who, epoch):
        self._approve(user_id=self.id_of(who), epoch=epoch)

    @rule(who=people)
    def reopen(self, who):
        self.attempt(self.desk.store.reopen, self.task_id, user_id=self.id_of(who), reason="Again.")

    @rule(seconds=st.sampled_from([1, 29, 30, 899, 900, 901]))
    def time_passes(self, seconds):
        self.desk.clock.pass_(seconds=seconds)

    def _edit(self, cue, version, text, who):
        written = self.attempt(
            self.desk.store.edit_cue,
            *(self.task_id, self.cue_ids[cue]),
            version=version,
            text=text,
            **who,
        )
        self._note(written)

    def _note(self, cue):
        """A person has had a cue in hand; back at the machine's text it is the machine's again."""
        if cue is None:
            return
        if cue.state is CueState.MACHINE:
            self.written.pop(cue.cue_id, None)
        else:
            self.written[cue.cue_id] = cue.text

    def _approve(self, **who):
        before = self.desk.store.cues(self.task_id)
        if self.attempt(self.desk.store.approve, self.task_id, **who) is not None:
            self.written = {cue.cue_id: cue.text for cue in before}

    def _holder(self):
        """Who holds the task, as the arguments of a write; nobody or one."""
        lease = self.desk.store.task(self.task_id).lease
        return [] if lease is None else [{"user_id": lease.user_id, "epoch": lease.epoch}]

    @invariant()
    def no_text_of_a_person_is_lost_and_all_others_are_the_machines(self):
        for number, cue in enumerate(self.desk.store.cues(self.task_id)):
            drafted = [draft.cues[number].text for draft in self.drafts]
            assert cue.cue_id == self.cue_ids[number]
            assert cue.text == self.written.get(cue.cue_id, cue.machine_text)
            assert cue.machine_text in drafted
            assert cue.offered_text in {"", *drafted}

    @invariant()
    def the_counts_are_what_one_counts(self):
        task, stored = self.desk.store.task(self.task_id), self.desk.store.cues(self.task_id)
        severities = [one.severity for cue in stored for one in cue.findings]
        assert task.cue_count == len(stored)
        assert task.confirmed_count == sum(cue.state is CueState.CONFIRMED for cue in stored)
        assert task.error_count == severities.count(Severity.ERROR)
        assert task.warning_count == severities.count(Severity.WARNING)

    @invariant()
    def who_is_in_review_is_held_and_what_is_approved_has_its_text(self):
        store, task = self.desk.store, self.desk.store.task(self.task_id)
        assert (task.state is TaskState.IN_REVIEW) == (task.lease is not None)
        if task.state is TaskState.APPROVED:
            now = store.text_of(self.task_id, "srt", approved_only=False)
            assert store.text_of(self.task_id, "srt", approved_only=True) == now
            assert task.error_count == 0

    @invariant()
    def the_log_only_grows(self):
        events = self.desk.store.events(self.task_id)
        assert len(events) >= self.events
        self.events = len(events)


def test_no_life_of_a_task_breaks_a_promise(sqlite_template):
    LifeOfATask.template = sqlite_template
    run_state_machine_as_test(
        LifeOfATask, settings=settings(max_examples=25, stateful_step_count=25, deadline=None)
    )
