"""Many people, threads and processes at one queue."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from review_desks import sql_desk
from review_drafts import draft_of
from two_processes import in_two_processes

from review.errors import ReviewError, StaleCueError, TaskHeldError
from review.tasks import Role, TaskState
from subtitles.language import parse_language

THREADS, TASKS = 8, 24


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


def together(count, act):
    """Runs ``act(number)`` in ``count`` threads that start at once; what each gave or raised."""
    start = Barrier(count)

    def one(number):
        start.wait(30)
        try:
            return act(number)
        except ReviewError as error:
            return error

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def linguists(desk):
    """The ids of as many people as there are threads."""
    return [
        desk.people.add_user(f"Linguist {n}", "correct horse", Role.LINGUIST).user_id
        for n in range(THREADS)
    ]


@pytest.mark.parametrize("count", [TASKS, pytest.param(300, marks=pytest.mark.slow)])
def test_eight_people_who_want_every_task_share_them_without_a_clash(desk, count):
    tasks = [desk.store.park(draft_of("A.", media=f"film {n}"))[0].task_id for n in range(count)]
    people = linguists(desk)

    def take_all(number):
        got = []
        for task_id in tasks[number * 3 :] + tasks[: number * 3]:
            try:
                got.append((task_id, desk.store.claim(task_id, people[number]).epoch))
            except TaskHeldError:
                continue
        return got

    taken = [claim for claims in together(THREADS, take_all) for claim in claims]
    assert sorted(task_id for task_id, _ in taken) == sorted(tasks)
    assert {epoch for _, epoch in taken} == {1}
    for task_id in tasks:
        kinds = Counter(event.kind for event in desk.store.events(task_id))
        assert kinds == {"draft.parked": 1, "task.claimed": 1}


def test_one_lapsed_task_wanted_by_eight_goes_to_one_of_them(desk):
    task = desk.store.park(draft_of("A."))[0]
    desk.claimed(task)
    desk.clock.pass_(minutes=16)
    people = linguists(desk)
    answers = together(THREADS, lambda n: desk.store.claim(task.task_id, people[n]))
    leases = [one for one in answers if not isinstance(one, ReviewError)]
    assert [lease.epoch for lease in leases] == [2]
    assert sum(isinstance(one, TaskHeldError) for one in answers) == THREADS - 1


def test_of_edits_based_on_the_same_version_one_is_stored_and_the_others_are_told(desk):
    task = desk.store.park(draft_of("A."))[0]
    epoch = desk.claimed(task).epoch
    cue_id = desk.store.cues(task.task_id)[0].cue_id

    def write(number):
        return desk.store.edit_cue(
            *(task.task_id, cue_id),
            user_id=desk.ana.user_id,
            epoch=epoch,
            version=1,
            text=f"Text {number}",
        )

    answers = together(THREADS, write)
    stored = [one for one in answers if not isinstance(one, ReviewError)]
    assert len(stored) == 1
    now = desk.store.cues(task.task_id)[0]
    assert now == stored[0]
    assert now.version == 2
    told = [one for one in answers if isinstance(one, StaleCueError)]
    assert len(told) == THREADS - 1
    assert {one.current_text for one in told} == {now.text}


def test_an_approval_sent_many_times_is_one_approval(desk):
    task = desk.store.park(draft_of("A."))[0]
    epoch = desk.claimed(task).epoch
    answers = together(
        THREADS,
        lambda _: desk.store.approve(task.task_id, user_id=desk.ana.user_id, epoch=epoch),
    )
    assert len(set(answers)) == 1
    assert desk.kinds(task).count("task.approved") == 1


def test_of_all_who_want_to_check_a_submitted_text_one_does_and_never_who_submitted_it(desk):
    desk.project(two_stages=True)
    task = desk.store.park(draft_of("A."))[0]
    desk.submitted(task)
    people = [desk.ana.user_id, *linguists(desk)[1:]]
    answers = together(THREADS, lambda n: desk.store.claim(task.task_id, people[n]))
    (lease,) = [one for one in answers if not isinstance(one, ReviewError)]
    assert lease.user_id != desk.ana.user_id
    assert desk.store.task(task.task_id).state is TaskState.IN_QC
    assert desk.kinds(task).count("task.claimed") == 2


def test_a_text_is_approved_or_cancelled_and_never_both(desk):
    task = desk.store.park(draft_of("A."))[0]
    epoch = desk.claimed(task).epoch

    def decide(number):
        if number % 2:
            return desk.store.cancel(task.task_id, user_id=desk.lea.user_id, reason="Not ours.")
        return desk.store.approve(task.task_id, user_id=desk.ana.user_id, epoch=epoch)

    together(THREADS, decide)
    kinds = desk.kinds(task)
    assert kinds.count("task.cancelled") == 1
    assert desk.store.task(task.task_id).state is TaskState.CANCELLED
    approved = desk.store.task(task.task_id).snapshot_sha256 is not None
    assert kinds.count("task.approved") == approved


def test_no_translation_stays_behind_when_its_transcript_is_approved_at_that_moment(desk):
    desk.project(source_first=True)
    languages = ["de", "fr", "it", "es", "pt-BR"]
    for film in ("one", "two", "three"):
        spoken = replace(draft_of("A.", media=film), language=parse_language("en"))
        transcript = desk.store.park(spoken)[0]
        epoch = desk.claimed(transcript).epoch

        def work(number, film=film, transcript=transcript, epoch=epoch):
            if number == len(languages):
                who = {"user_id": desk.ana.user_id, "epoch": epoch}
                return desk.store.approve(transcript.task_id, **who)
            return desk.store.park(draft_of("A.", media=film, language=languages[number]))

        together(len(languages) + 1, work)
        assert desk.store.tasks(state=TaskState.DRAFT) == ()
    assert len(desk.store.tasks(state=TaskState.PENDING)) == 3 * len(languages)


def test_the_same_draft_parked_at_once_is_one_task(desk):
    draft = draft_of("A.", "B.")
    answers = together(THREADS, lambda _: desk.store.park(draft))
    assert sum(is_new for _, is_new in answers) == 1
    assert len({task.task_id for task, _ in answers}) == 1
    assert len(desk.store.tasks()) == 1
    assert desk.kinds(answers[0][0]) == ["draft.parked"]


def test_different_drafts_parked_at_once_are_one_task_with_the_cues_of_one(desk):
    drafts = [draft_of(f"Text {n}", f"More {n}") for n in range(THREADS)]
    together(THREADS, lambda n: desk.store.park(drafts[n]))
    (task,) = desk.store.tasks()
    (kept,) = [draft for draft in drafts if draft.draft_id == task.draft_id]
    assert [cue.text for cue in desk.store.cues(task.task_id)] == [cue.text for cue in kept.cues]
    assert Counter(desk.kinds(task)) == {"draft.parked": 1, "draft.replaced": THREADS - 1}


PARKING = """
from review.sql.database import open_database
from review.sql.store import SqlReviewStore
from review_drafts import SteppingClock, draft_of

def park(url):
    store = SqlReviewStore(open_database(url), SteppingClock())
    print(sum(store.park(draft_of("A.", media=f"film {n}"))[1] for n in range(20)))
"""


def test_two_processes_that_park_the_same_drafts_park_each_once(desk, database_url):
    counts = in_two_processes(PARKING, f"park({database_url!r})")
    assert len(counts) == 2
    assert sum(map(int, counts)) == 20
    assert len(desk.store.tasks()) == 20
    assert all(desk.kinds(task) == ["draft.parked"] for task in desk.store.tasks())
