"""What a review database needs now and then."""

from datetime import timedelta

from review_desks import sql_desk
from review_drafts import draft_of

from review.sql.housekeeping import lapsed_tasks, release_lapsed, tidy
from review.tasks import TaskState

FORGOTTEN = timedelta(days=1)


def test_a_forgotten_task_goes_back_into_the_queue_and_its_text_stays(database_url):
    with sql_desk(database_url) as desk:
        engine = desk.store._engine
        forgotten = desk.store.park(draft_of("Guten Tag."))[0]
        desk.write(forgotten, "Guten Abend.")
        desk.clock.pass_(days=1, hours=2)
        held = desk.store.park(draft_of("Guten Tag.", media="other"))[0]
        desk.claimed(held, desk.ben)
        before = desk.clock() - FORGOTTEN
        assert lapsed_tasks(engine, before) == (forgotten.task_id,)
        assert release_lapsed(engine, before, desk.clock) == (forgotten.task_id,)
        assert release_lapsed(engine, before, desk.clock) == ()
        assert desk.store.task(forgotten.task_id).state is TaskState.PENDING
        assert desk.store.cues(forgotten.task_id)[0].text == "Guten Abend."
        assert desk.store.events(forgotten.task_id)[-1].detail == "Ana"
        assert desk.store.task(held.task_id).lease is not None


def test_who_was_away_for_an_hour_keeps_the_task(database_url):
    with sql_desk(database_url) as desk:
        task = desk.store.park(draft_of("Guten Tag."))[0]
        epoch = desk.claimed(task).epoch
        desk.clock.pass_(hours=1)
        assert release_lapsed(desk.store._engine, desk.clock() - FORGOTTEN, desk.clock) == ()
        assert desk.store.heartbeat(task.task_id, desk.ana.user_id, epoch)


def test_a_draft_that_waited_for_who_never_came_back_goes_in(database_url):
    with sql_desk(database_url) as desk:
        task = desk.store.park(draft_of("Guten Tag."))[0]
        desk.claimed(task)
        desk.store.park(draft_of("Guten Morgen."))
        assert desk.store.cues(task.task_id)[0].text == "Guten Tag."
        desk.clock.pass_(days=1, hours=2)
        release_lapsed(desk.store._engine, desk.clock() - FORGOTTEN, desk.clock)
        assert desk.store.cues(task.task_id)[0].text == "Guten Morgen."


def test_tidying_changes_nothing_that_is_kept(database_url):
    with sql_desk(database_url) as desk:
        task = desk.store.park(draft_of("Guten Tag."))[0]
        tidy(desk.store._engine)
        assert desk.store.task(task.task_id) == task
