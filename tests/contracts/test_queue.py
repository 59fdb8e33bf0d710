"""What every queue must do: order, filters, counts, pages, the next task, plans."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from queue_house import QueueHouse, queue_house

from review.errors import InvalidEditError, UnknownTaskError
from review.queueing.filters import Due, Filters, Risk, Stage, Whose
from review.queueing.port import MAX_PLANNED, Cursor
from review.queueing.taking import take_next
from review.tasks import Priority, Role, TaskState
from subtitles.language import LanguageTag


@pytest.fixture
def house(database_url: str) -> Iterator[QueueHouse]:
    with queue_house(database_url) as made:
        yield made


def test_tasks_stand_by_priority_then_by_due_date_then_by_age_and_closed_ones_last(house):
    late, soon, old, young, done = (house.park(name) for name in ("L", "S", "O", "Y", "D"))
    now = house.clock()
    house.plan(late, due_at=now + timedelta(days=9))
    house.plan(soon, due_at=now + timedelta(days=2))
    house.plan(young, priority=Priority.URGENT)
    epoch = house.backend.store.claim(done.task_id, house.ana.user_id).epoch
    house.backend.store.approve(done.task_id, user_id=house.ana.user_id, epoch=epoch)
    assert house.titles(state=Stage.ALL) == ["Y", "S", "L", "O", "D"]
    assert house.titles() == ["Y", "S", "L", "O"]
    house.backend.store.reopen(done.task_id, user_id=house.lea.user_id, reason="A typo.")
    assert old.title in house.titles()
    assert house.titles()[-1] == "D"


def test_every_filter_lets_its_tasks_through_and_counts_see_all_other_filters(house):
    house.park("Tor", language="de", project="Gate")
    french = house.park("Porte", language="fr", project="Gate", risky=1)
    sea = house.park("La Mer", language="fr", risky=4)
    house.plan(sea, priority=Priority.HIGH, due_at=house.clock() - timedelta(hours=1))
    house.plan(french, due_at=house.clock() + timedelta(days=3))
    for wanted, filters in (
        (["Porte"], {"language": LanguageTag("fr"), "risk": Risk.MEDIUM}),
        (["La Mer"], {"priority": Priority.HIGH}),
        (["La Mer"], {"due": Due.OVERDUE}),
        (["La Mer"], {"due": Due.SOON}),
        (["La Mer", "Porte"], {"due": Due.WEEK}),
        (["Tor"], {"due": Due.NEVER}),
        (["La Mer"], {"risk": Risk.HIGH}),
        (["La Mer"], {"project_id": ""}),
        (["La Mer"], {"title": "  LA mer "}),
        (["Porte"], {"title": "ORT"}),
        ([], {"title": "%"}),
        ([], {"state": TaskState.APPROVED}),
        ([], {"project_id": "nope"}),
        ([], {"language": LanguageTag("ja")}),
    ):
        assert house.titles(**filters) == wanted, filters
    counts = house.page(language=LanguageTag("fr"), risk=Risk.HIGH).counts
    assert counts.languages == {"fr": 1}
    assert counts.risks == {Risk.HIGH: 1, Risk.MEDIUM: 1}
    assert counts.priorities == {Priority.HIGH: 1}
    assert counts.projects == {"": 1}
    assert counts.dues == {Due.OVERDUE: 1, Due.SOON: 1, Due.WEEK: 1}
    assert counts.states == {TaskState.PENDING: 1}
    assert counts.whose == {Whose.FREE: 1, Whose.NOBODY: 1}


def test_a_lease_that_runs_out_lets_its_task_wait_again_without_anybody_writing(house):
    task = house.park()
    house.backend.store.claim(task.task_id, house.ben.user_id)
    assert house.page().counts.states == {TaskState.IN_REVIEW: 1}
    assert house.page(house.ben).counts.whose == {Whose.HELD: 1}
    assert house.page().free_count == 0
    house.clock.pass_(minutes=61)
    assert house.page().counts.states == {TaskState.PENDING: 1}
    assert house.page().free_count == 1


def test_what_others_did_is_seen_at_once(house):
    """A queue of its own, as another process has."""
    with queue_house_beside(house) as elsewhere:
        task = house.park()
        assert [one.title for one in elsewhere.page(Filters(), reach(house)).tasks] == ["The Gate"]
        house.backend.store.claim(task.task_id, house.ben.user_id)
        assert elsewhere.page(Filters(), reach(house)).free_count == 0
        house.plan(task, priority=Priority.LOW)
        assert elsewhere.page(Filters(priority=Priority.LOW), reach(house)).total == 1


def queue_house_beside(house):
    from contextlib import nullcontext

    from review.sql.queueing import SqlQueue

    engine = house.backend.store._engine
    return nullcontext(SqlQueue(engine, house.clock))


def reach(house, who=None):
    return house.backend.members.reach(who or house.ana)


def test_pages_follow_each_other_both_ways_whatever_is_planned_meanwhile(house, monkeypatch):
    monkeypatch.setattr("review.sql.queueing.PAGE_TASKS", 3)
    tasks = [house.park(f"Film {n}") for n in range(8)]
    first = house.page()
    assert (first.first, first.total, first.before) == (1, 8, None)
    assert [one.title for one in first.tasks] == ["Film 0", "Film 1", "Film 2"]
    second = house.page(cursor=first.after)
    assert (second.first, second.tasks[0].title) == (4, "Film 3")
    third = house.page(cursor=second.after)
    assert ([one.title for one in third.tasks], third.after) == (["Film 6", "Film 7"], None)
    assert house.page(cursor=third.before).tasks == second.tasks
    assert house.page(cursor=second.before).tasks == first.tasks
    house.plan(tasks[7], priority=Priority.URGENT)
    assert house.page(cursor=first.after).tasks == second.tasks, "nothing is skipped or comes twice"
    for odd in ("", "nonsense", "9" * 500, "\x00"):
        assert house.page(cursor=Cursor(place=odd)).total == 8


def test_nobody_sees_counts_or_takes_what_is_not_opened_to_them(house):
    house.park("Tor", language="de", project="Gate")
    brazil = house.park("Portão", language="pt-BR", project="Gate")
    house.park("Mar", language="pt-BR")
    gus = house.hire("Gus", Role.GUEST)
    nothing = house.page(gus, state=Stage.ALL)
    assert (nothing.total, nothing.seen, nothing.counts.languages) == (0, 0, {})
    grant = {"project_id": brazil.project_id, "language": LanguageTag("pt"), "by": gus.user_id}
    house.backend.members.grant(gus.user_id, Role.VIEWER, **grant)
    seen = house.page(gus)
    assert ([one.title for one in seen.tasks], seen.seen, seen.free_count) == (["Portão"], 1, 0)
    assert seen.counts.projects == {brazil.project_id: 1}
    assert (seen.standstill.look_count, seen.standstill.held_count) == (1, 0)
    assert take_next(house.backend.queue, house.backend.store, Filters(), reach(house, gus)) is None
    house.backend.members.grant(gus.user_id, Role.LINGUIST, **grant)
    assert house.page(gus).free_count == 1
    taken = take_next(house.backend.queue, house.backend.store, Filters(), reach(house, gus))
    assert taken == brazil.task_id


def test_the_next_task_is_the_first_free_one_and_what_is_kept_for_me_comes_before(house):
    first, second, mine, bens = (house.park(name) for name in ("A", "B", "C", "D"))
    house.plan(mine, assigned_to=house.ana.user_id)
    house.plan(bens, assigned_to=house.ben.user_id, priority=Priority.URGENT)
    queue, store = house.backend.queue, house.backend.store
    assert queue.free(Filters(), reach(house), 9) == tuple(
        one.task_id for one in (mine, first, second)
    )
    assert queue.free(Filters(), reach(house, house.lea), 1) == (bens.task_id,), "leads take all"
    assert queue.free(Filters(), reach(house, house.vic), 9) == ()
    store.claim(first.task_id, house.ben.user_id)
    taken = [take_next(queue, store, Filters(), reach(house)) for _ in range(3)]
    assert taken == [mine.task_id, second.task_id, None]
    assert take_next(queue, store, Filters(title="d"), reach(house, house.ben)) == bens.task_id


def test_a_standstill_tells_who_holds_what_until_when_and_what_else_waits(house):
    held, also_held, kept, done = (house.park(name) for name in "ABCD")
    for task in (held, also_held):
        house.backend.store.claim(task.task_id, house.ben.user_id)
    until = house.backend.store.task(held.task_id).lease.until
    house.plan(kept, assigned_to=house.ben.user_id)
    epoch = house.backend.store.claim(done.task_id, house.ana.user_id).epoch
    house.backend.store.approve(done.task_id, user_id=house.ana.user_id, epoch=epoch)
    project = house.backend.projects.add(
        "First", two_stages=True, source_first=True, by=house.lea.user_id
    )
    house.park("E", project="First")
    told = house.page(state=Stage.ALL).standstill
    ((holder,), (keeper,)) = told.holders, told.keepers
    assert (holder.name, holder.count, holder.until) == ("Ben", 2, until)
    assert (keeper.name, keeper.count, keeper.until) == ("Ben", 1, None)
    assert (told.held_count, told.kept_count, told.draft_count, told.closed_count) == (2, 1, 1, 1)
    assert house.page(project_id=project.project_id).standstill.draft_count == 1
    assert house.page(language=LanguageTag("fr")).standstill is None, "nothing matches"


def test_a_plan_is_carried_out_with_one_event_for_each_task_that_it_changes(house):
    tasks = [house.park(name) for name in "ABC"]
    due = house.clock() + timedelta(days=2)
    plan = {"assigned_to": house.ana.user_id, "due_at": due, "priority": Priority.HIGH}
    done = house.plan(*tasks, **plan)
    assert (set(done.changed), done.refused) == ({one.task_id for one in tasks}, ())
    seen = house.backend.store.task(tasks[0].task_id)
    assert (seen.assigned_to, seen.due_at, seen.priority) == (house.ana.user_id, due, 1)
    last = house.backend.store.events(tasks[0].task_id)[-1]
    assert (last.kind, last.actor) == ("task.planned", "Lea")
    assert last.detail == f"assigned to Ana, due {due:%Y-%m-%d %H:%M} UTC, priority high"
    again = house.plan(*tasks, **plan)
    assert (again.changed, again.same_count) == ((), 3)
    assert house.backend.store.events(tasks[0].task_id)[-1] == last
    house.plan(tasks[0], assigned_to=None, due_at=None)
    seen = house.backend.store.task(tasks[0].task_id)
    assert (seen.assigned_to, seen.due_at, seen.priority) == (None, None, Priority.HIGH)


def test_tasks_that_a_plan_cannot_have_are_refused_and_the_others_are_planned(house):
    german, french = house.park("Tor"), house.park("Porte", language="fr")
    gus = house.hire("Gus", Role.GUEST)
    for role, language in ((Role.LEAD, "de"), (Role.VIEWER, "fr")):
        tag = LanguageTag(language)
        house.backend.members.grant(
            gus.user_id, role, project_id=None, language=tag, by=house.lea.user_id
        )
    secret = house.park("Umi", language="ja")
    done = house.plan(german, french, secret, by=gus, priority=Priority.HIGH)
    assert done.changed == (german.task_id,)
    why = {one.task_id: (one.title, one.why) for one in done.refused}
    assert "only a lead" in why[french.task_id][1]
    assert why[secret.task_id][0] == ""
    assert "there is no task" in why[secret.task_id][1]
    given = house.plan(german, french, assigned_to=gus.user_id)
    assert given.changed == (german.task_id,)
    assert "Gus may not work on it" in given.refused[0].why
    house.backend.people.set_active("Ben", active=False)
    assert "closed" in house.plan(german, assigned_to=house.ben.user_id).refused[0].why


def test_a_plan_for_nothing_for_nobody_known_or_for_too_much_is_refused_as_a_whole(house):
    task = house.park()
    queue, lea = house.backend.queue, house.lea.user_id
    with pytest.raises(InvalidEditError, match="nothing to plan"):
        house.plan(task)
    with pytest.raises(InvalidEditError, match="tick some"):
        house.plan(priority=Priority.HIGH)
    with pytest.raises(UnknownTaskError):
        house.plan(task, assigned_to="nobody")
    from review.queueing.port import Plan

    many = [str(n) for n in range(MAX_PLANNED + 1)]
    with pytest.raises(InvalidEditError, match="at most 500"):
        queue.plan(many, Plan(priority=Priority.HIGH), user_id=lea)
    odd = queue.plan(["\x00"], Plan(priority=Priority.HIGH), user_id=lea)
    assert [one.task_id for one in odd.refused] == ["\x00"]
