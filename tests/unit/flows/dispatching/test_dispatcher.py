"""What people do starts work, whatever fails on the way: nothing is lost and nothing done twice."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from dispatching_fakes import InMemoryOutbox, RememberingStarter
from hypothesis import given
from hypothesis import strategies as st

from flows.dispatching.dispatcher import LEASE, LOOK_AGAIN, Dispatcher
from flows.dispatching.errors import WorkPutOffError
from flows.dispatching.port import LOCALIZE, PUBLISH, REDO
from flows.dispatching.table import LANES, start_of, together
from flows.request import LocalizeRequest
from review.errors import ReviewDatabaseError
from review.outbox import TOLD_OUTSIDE, NoticeKind

APPROVED, SOURCE = NoticeKind.TASK_APPROVED, NoticeKind.SOURCE_APPROVED
WORDS = NoticeKind.GLOSSARY_CHANGED
KINDS = tuple(kind for lane in LANES for kind in lane)
REQUEST = LocalizeRequest(media="/films/film.mp4", targets=("pt-BR", "es"))


class Desk:
    def __init__(self):
        self.outbox, self.starter = InMemoryOutbox(), RememberingStarter()
        self.request, self.answered = REQUEST, set()
        self.clock = self.outbox.clock

    def dispatcher(self):
        return Dispatcher(self.outbox, self.starter, lambda group: start_of(group, self._wanted))

    def _wanted(self, notice):
        return None if notice.notice_id in self.answered else self.request

    def once(self):
        return self.dispatcher().once()

    def started(self):
        return [run.deployment for run in self.starter.runs]


@pytest.fixture
def desk():
    return Desk()


def test_each_kind_starts_its_own_work_with_what_it_is_about(desk):
    approved = desk.outbox.tell(APPROVED)
    desk.outbox.tell(SOURCE)
    desk.outbox.tell(WORDS, subject="saga")
    assert (desk.once().started, desk.started()) == (3, [PUBLISH, LOCALIZE, REDO])
    publish, localize, redo = (run.parameters["request"] for run in desk.starter.runs)
    assert publish == {"task_id": approved.task_id}
    assert LocalizeRequest.model_validate(localize) == REQUEST
    assert redo == {"project_id": "saga", "reason": "glossary.changed"}
    assert desk.once().started == 0


def test_whatever_is_told_is_acted_on_or_only_told_outside():
    acted = {kind for lane in LANES for kind in lane}
    assert acted | TOLD_OUTSIDE == set(NoticeKind)


@pytest.mark.parametrize("nothing", [None, LocalizeRequest(media="/films/film.mp4")])
def test_a_transcript_nothing_is_translated_from_starts_nothing_and_is_ticked_off(desk, nothing):
    desk.request = nothing
    desk.outbox.tell(SOURCE)
    tally = desk.once()
    assert (tally.started, tally.failed, desk.outbox.undelivered(KINDS)) == (0, 0, ())


def test_many_approvals_are_one_publication_and_many_changes_of_words_one_redo(desk):
    for number in range(30):
        desk.outbox.tell(APPROVED, subject=str(number))
        desk.outbox.tell(WORDS, subject="saga")
    desk.once()
    assert desk.started() == [PUBLISH, REDO]
    assert desk.starter.runs[0].parameters == {"request": {}}


def test_an_approval_whose_accepted_run_comes_to_nothing_is_started_again_and_again(desk):
    notice = desk.outbox.tell(APPROVED)
    for count in (1, 2, 3):
        desk.once()
        assert desk.once().started == 0
        assert len({run.idempotency_key for run in desk.starter.runs}) == count
        desk.clock.pass_(seconds=LOOK_AGAIN.total_seconds() * 2 ** (count - 1))
    desk.outbox.delivered(notice.notice_id)
    assert desk.once().started == 0


def test_an_approved_transcript_is_looked_at_again_until_a_run_has_come_to_its_end(desk):
    notice = desk.outbox.tell(SOURCE)
    assert desk.once().started == 1
    desk.clock.pass_(minutes=10)
    assert desk.once().started == 1  # the first run found the title in other hands, say
    desk.answered.add(notice.notice_id)
    desk.clock.pass_(minutes=20)
    assert desk.once().started == 0
    assert desk.outbox.undelivered([SOURCE]) == ()


def test_work_done_at_once_is_not_looked_at_again(desk):
    desk.starter.does_at_once = True
    desk.outbox.tell(SOURCE)
    assert desk.once().started == 1
    assert desk.outbox.undelivered([SOURCE]) == ()


def test_a_server_that_is_down_keeps_every_notice_and_is_asked_once_a_kind(desk):
    for number in range(5):
        desk.outbox.tell(SOURCE, subject=str(number))
    desk.outbox.tell(WORDS)
    desk.starter.is_down = True
    tally = desk.once()
    assert (tally.failed, tally.is_down) == (2, True)
    assert "nobody answers" in tally.problem
    desk.starter.is_down = False
    assert desk.once().started == 6


def test_work_that_is_refused_waits_longer_each_time_and_holds_nothing_else_up(desk):
    desk.outbox.tell(SOURCE)
    desk.outbox.tell(WORDS)
    desk.starter.refused.add(LOCALIZE)
    assert (desk.once().failed, desk.started()) == (1, [REDO])
    waits = []
    for _ in range(12):
        (notice,) = desk.outbox.undelivered([SOURCE])
        waited = 0
        while not desk.outbox.due(SOURCE):
            desk.clock.pass_(seconds=5)
            waited += 5
        waits.append(waited)
        desk.once()
    assert waits[:4] == [5, 10, 20, 40]
    assert waits == sorted(waits)
    assert waits[-1] == 3600
    assert notice.attempts == 12


def test_work_that_has_put_its_notices_off_itself_is_told_and_left_to_that(desk):
    notice = desk.outbox.tell(APPROVED)

    def failing(_run):
        desk.outbox.failed(notice.notice_id, again_in=timedelta(minutes=7))
        raise WorkPutOffError(PUBLISH, "the disk is full")

    desk.starter.on_start = failing
    tally = desk.once()
    assert (tally.started, tally.failed) == (0, 1)
    assert "the disk is full" in tally.problem
    (waiting,) = desk.outbox.undelivered([APPROVED])
    assert (waiting.attempts, waiting.starts) == (1, 0)
    desk.clock.pass_(minutes=6)
    assert desk.outbox.due(APPROVED) == ()


def test_a_bug_in_what_is_started_holds_nothing_else_up(desk):
    def plan(group):
        if group[-1].kind is SOURCE:
            raise ZeroDivisionError("a bug")
        return start_of(group, lambda _: REQUEST)

    desk.outbox.tell(SOURCE)
    desk.outbox.tell(WORDS)
    tally = Dispatcher(desk.outbox, desk.starter, plan).once()
    assert (tally.started, tally.failed, desk.started()) == (1, 1, [REDO])
    assert "ZeroDivisionError" in tally.problem


def test_a_running_dispatcher_outlives_a_database_that_is_away_and_ends_when_told(desk):
    outages = iter((True, True))
    due = desk.outbox.due
    done = threading.Event()

    def away(kind, **more):
        if next(outages, False):
            raise ReviewDatabaseError("gone")
        return due(kind, **more)

    desk.outbox.due = away
    desk.starter.on_start = lambda run: done.set()
    desk.outbox.tell(APPROVED)
    dispatcher = desk.dispatcher()
    running = threading.Thread(target=dispatcher.run)
    running.start()
    assert done.wait(30)
    dispatcher.stop()
    running.join(30)
    assert not running.is_alive()
    assert desk.started() == [PUBLISH]


class Killed(BaseException):
    """`kill -9`, as far as a test can: nobody catches it, nothing more is written."""


class World:
    """A system with faults: dispatchers that are killed, others beside them, a server, workers."""

    def __init__(self):
        self.desk, self.told_at, self.accepted_at = Desk(), {}, {}
        self.steps = 0
        self.desk.starter.on_start = self._accepted
        self.during, self.published = None, set()

    def _accepted(self, run):
        self.accepted_at.setdefault(run.idempotency_key, (self._now(), run))
        during, self.during = self.during, None
        if during:
            during()

    def _now(self):
        self.steps += 1
        return self.steps

    def tell(self, kind, subject):
        notice = self.desk.outbox.tell(kind, subject=subject)
        self.told_at[notice.notice_id] = self._now()

    def dispatch(self, during=None):
        self.during = during
        try:
            self.desk.once()
        except Killed:
            pass
        finally:
            self.during = None

    def killed(self):
        raise Killed

    def work(self):
        """A worker publishes all that waits and ticks it off, as `publish_approved` does."""
        for notice in self.desk.outbox.undelivered([APPROVED]):
            self.published.add(notice.notice_id)
            self.desk.outbox.delivered(notice.notice_id)
        # And runs the titles that were started, of which each run tells the log.
        answered = [
            notice.notice_id
            for notice in self.desk.outbox.told
            if notice.kind is SOURCE
            and any(_answers(self, at, run, notice) for at, run in self.accepted_at.values())
        ]
        self.desk.answered.update(answered)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.sampled_from(KINDS), st.sampled_from("ab")),
        st.sampled_from(
            [("dispatch",), ("killed",), ("beside",), ("outage",), ("back",), ("work",), ("wait",)]
        ),
    ),
    max_size=30,
)


@given(STEPS)
def test_whatever_happens_every_notice_is_acted_on_and_no_key_starts_twice(steps):
    world = World()
    for step in steps:
        _do(world, step)
    world.desk.starter.is_down = False
    for _ in range(4):  # calm at last: dispatchers come and go, workers work
        world.desk.clock.pass_(hours=13)
        world.dispatch()
        if world.desk.starter.runs:
            world.work()
    outbox, runs = world.desk.outbox, world.desk.starter.runs
    assert outbox.undelivered(KINDS) == ()
    assert len({run.idempotency_key for run in runs}) == len(runs)
    for notice in outbox.told:
        if notice.kind is APPROVED:
            assert notice.notice_id in world.published
        else:
            assert any(_answers(world, at, run, notice) for at, run in world.accepted_at.values())


def _do(world, step):
    starter = world.desk.starter
    {
        "tell": partial(world.tell, *step[1:]) if step[0] == "tell" else None,
        "dispatch": world.dispatch,
        "killed": partial(world.dispatch, during=world.killed),
        "beside": partial(world.dispatch, during=world.dispatch),
        "outage": partial(setattr, starter, "is_down", True),
        "back": partial(setattr, starter, "is_down", False),
        "work": world.work,
        "wait": partial(world.desk.clock.pass_, seconds=(LEASE / 2).total_seconds()),
    }[step[0]]()


def _answers(world, at, run, notice):
    """Whether a run that was accepted after the notice was told does what the notice asks for."""
    if at < world.told_at[notice.notice_id]:
        return False
    if notice.kind is SOURCE:
        return run.deployment == LOCALIZE
    return run.deployment == REDO and (run.parameters["request"]["project_id"] == notice.project_id)


def test_work_is_grouped_by_what_it_is_about():
    outbox = InMemoryOutbox()
    for subject in "abab":
        outbox.tell(SOURCE, subject=subject)
    groups = together(outbox.due(SOURCE))
    assert [[one.notice_id for one in group] for group in groups] == [[1, 3], [2, 4]]


def test_what_a_killed_dispatcher_had_in_hand_is_started_with_the_same_key_after_its_lease(desk):
    def killed(_run):
        raise Killed

    desk.outbox.tell(WORDS)
    desk.starter.on_start = killed
    with pytest.raises(Killed):
        desk.once()
    desk.starter.on_start = lambda run: None
    assert desk.once().started == 0
    desk.clock.pass_(seconds=timedelta(minutes=1).total_seconds())
    assert desk.once().started == 1
    assert desk.started() == [REDO]
