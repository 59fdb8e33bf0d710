"""The overview: how the queue stands, straight from the database."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
from review_desks import LEASE, ReviewDesk, sql_desk
from review_drafts import draft_of

from review.errors import ReviewDatabaseError
from review.outbox import NoticeKind
from review.sql.overview import SqlOverview
from review.tasks import TaskState

MEDIA = sha256(b"film").hexdigest()


@pytest.fixture
def desk(database_url: str) -> Iterator[ReviewDesk]:
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def overview(desk, database_url):
    return SqlOverview(database_url, desk.clock)


@pytest.mark.parametrize("text", ["The Gate", "the gate", "/films/film.mp4", MEDIA, MEDIA[:6]])
def test_a_title_is_found_by_name_path_and_id_and_tells_who_holds_it(desk, overview, text):
    parked = desk.clock.now
    task, _ = desk.store.park(draft_of("Tag.", "Gut."))
    desk.store.park(draft_of("Other.", title="Other", media="other"))
    desk.clock.pass_(minutes=3)
    lease = desk.claimed(task)
    cue = desk.store.cues(task.task_id)[0]
    desk.store.confirm_cue(
        task.task_id, cue.cue_id, user_id=desk.ana.user_id, epoch=lease.epoch, confirmed=True
    )
    (found,) = overview.tasks_of(text)
    assert (found.language, found.state, found.is_source) == ("de", TaskState.IN_REVIEW, False)
    assert (found.holder, found.confirmed_count, found.cue_count) == (desk.ana.name, 1, 2)
    assert (found.parked_at, found.published_at) == (parked, None)

    desk.clock.pass_(seconds=LEASE.total_seconds() + 1)
    (found,) = overview.tasks_of(text)
    assert (found.state, found.holder) == (TaskState.PENDING, "")


@pytest.mark.parametrize("text", ["", " ", "gate", MEDIA[:5], "%", "' OR 1=1 --", "ffffff"])
def test_what_names_no_title_finds_nothing(desk, overview, text):
    desk.store.park(draft_of("Tag."))
    assert overview.tasks_of(text) == ()


def test_the_queue_in_numbers_counts_tasks_ages_and_the_outbox(desk, overview):
    began = desk.clock.now
    task, _ = desk.store.park(draft_of("Tag."))
    desk.clock.pass_(hours=1)
    desk.store.park(draft_of("Tag.", media="other"))
    desk.store.park(draft_of("Hola.", language="es"))
    desk.claimed(task)
    desk.clock.pass_(seconds=LEASE.total_seconds() + 1)  # nobody holds it any more
    queue = overview.queue()
    assert queue.tasks == {("de", TaskState.PENDING): 2, ("es", TaskState.PENDING): 1}
    assert queue.oldest["de", TaskState.PENDING] <= queue.oldest["es", TaskState.PENDING]
    assert queue.outbox[NoticeKind.TASK_PARKED] == 3
    assert queue.outbox_oldest[NoticeKind.TASK_PARKED] == began


def test_where_there_is_no_database_yet_nothing_is_found_and_none_is_made(tmp_path):
    overview = SqlOverview(f"sqlite:///{tmp_path / 'review.db'}")
    assert overview.tasks_of("The Gate") == ()
    assert overview.queue().tasks == {}
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path):
    (tmp_path / "review.db").write_text("not a database, " * 100)
    with pytest.raises(ReviewDatabaseError, match="cannot be read"):
        SqlOverview(f"sqlite:///{tmp_path / 'review.db'}").queue()
