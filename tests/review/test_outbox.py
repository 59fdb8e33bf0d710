"""Approvals on their way to the publisher."""

from datetime import timedelta

import pytest
from review_desks import sql_desk
from review_drafts import draft_of

from review.errors import NotAllowedError, UnknownTaskError
from review.sql_outbox import SqlOutbox


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def outbox(desk):
    return SqlOutbox(desk.store._engine, desk.clock)


def test_each_approval_is_told_once_it_is_stored_and_until_it_is_delivered(desk, outbox):
    assert outbox.undelivered() == ()
    first = desk.store.park(draft_of("Guten Tag."))[0]
    second = desk.store.park(draft_of("Bom dia.", language="pt-BR"))[0]
    snapshots = [desk.approved(first)]
    desk.clock.pass_(minutes=1)
    snapshots.append(desk.approved(second))
    notices = outbox.undelivered()
    assert [one.task_id for one in notices] == [first.task_id, second.task_id]
    assert [one.snapshot_sha256 for one in notices] == [one.sha256 for one in snapshots]
    assert [one.media_id for one in notices] == [first.media_id] * 2
    assert [one.language for one in notices] == ["de", "pt-BR"]
    assert notices[1].approved_at - notices[0].approved_at == timedelta(minutes=1)
    assert outbox.undelivered(limit=1) == notices[:1]
    outbox.delivered(notices[0].notice_id)
    outbox.delivered(notices[0].notice_id)
    assert outbox.undelivered() == notices[1:]


def test_a_failed_delivery_is_counted_and_stays(desk, outbox):
    desk.approved(desk.store.park(draft_of("Guten Tag."))[0])
    (notice,) = outbox.undelivered()
    outbox.failed(notice.notice_id)
    outbox.failed(notice.notice_id)
    (again,) = outbox.undelivered()
    assert (again.notice_id, again.attempts) == (notice.notice_id, 2)


def test_a_second_approval_has_a_notice_of_its_own(desk, outbox):
    task = desk.store.park(draft_of("Guten Tag."))[0]
    first = desk.approved(task)
    desk.store.approve(task.task_id, user_id=desk.ana.user_id, epoch=1)  # a retry tells nothing
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Once more.")
    desk.write(task, "Guten Abend.")
    second = desk.approved(task)
    told = [one.snapshot_sha256 for one in outbox.undelivered()]
    assert told == [first.sha256, second.sha256]


def test_a_refused_approval_tells_nothing(desk, outbox):
    task = desk.store.park(draft_of("Guten Tag."))[0]
    with pytest.raises(NotAllowedError):
        desk.store.approve(task.task_id, user_id=desk.vic.user_id, epoch=1)
    assert outbox.undelivered() == ()


def test_a_notice_there_is_not_is_told_apart(outbox):
    for act in (outbox.delivered, outbox.failed):
        with pytest.raises(UnknownTaskError, match="no notice '7'"):
            act(7)
