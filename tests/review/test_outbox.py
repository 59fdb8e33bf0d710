"""Approvals on their way to the publisher."""

from datetime import timedelta

import pytest
from glossaries import glossary, term
from review_desks import sql_desk
from review_drafts import draft_of

from review.errors import NotAllowedError, UnknownTaskError
from review.outbox import UNDETERMINED, NoticeKind
from review.sql.glossaries import SqlGlossaries
from review.sql.outbox import SqlOutbox

APPROVED = [NoticeKind.TASK_APPROVED]


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def outbox(desk):
    return SqlOutbox(desk.store._engine, desk.clock)


def test_each_approval_is_told_once_it_is_stored_and_until_it_is_delivered(desk, outbox):
    assert outbox.undelivered(APPROVED) == ()
    first = desk.store.park(draft_of("Guten Tag."))[0]
    second = desk.store.park(draft_of("Bom dia.", language="pt-BR"))[0]
    snapshots = [desk.approved(first)]
    desk.clock.pass_(minutes=1)
    snapshots.append(desk.approved(second))
    notices = outbox.undelivered(APPROVED)
    assert [one.task_id for one in notices] == [first.task_id, second.task_id]
    assert [one.snapshot_sha256 for one in notices] == [one.sha256 for one in snapshots]
    assert [one.media_id for one in notices] == [first.media_id] * 2
    assert [one.language for one in notices] == ["de", "pt-BR"]
    assert notices[1].created_at - notices[0].created_at == timedelta(minutes=1)
    assert outbox.undelivered(APPROVED, limit=1) == notices[:1]
    outbox.delivered(notices[0].notice_id)
    outbox.delivered(notices[0].notice_id)
    assert outbox.undelivered(APPROVED) == notices[1:]


def test_a_failed_delivery_is_counted_and_stays(desk, outbox):
    desk.approved(desk.store.park(draft_of("Guten Tag."))[0])
    (notice,) = outbox.undelivered(APPROVED)
    outbox.failed(notice.notice_id)
    outbox.failed(notice.notice_id)
    (again,) = outbox.undelivered(APPROVED)
    assert (again.notice_id, again.attempts) == (notice.notice_id, 2)


def test_a_second_approval_has_a_notice_of_its_own(desk, outbox):
    task = desk.store.park(draft_of("Guten Tag."))[0]
    first = desk.approved(task)
    desk.store.approve(task.task_id, user_id=desk.ana.user_id, epoch=1)  # a retry tells nothing
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Once more.")
    desk.write(task, "Guten Abend.")
    second = desk.approved(task)
    told = [one.snapshot_sha256 for one in outbox.undelivered(APPROVED)]
    assert told == [first.sha256, second.sha256]


def test_a_refused_approval_tells_nothing(desk, outbox):
    task = desk.store.park(draft_of("Guten Tag."))[0]
    with pytest.raises(NotAllowedError):
        desk.store.approve(task.task_id, user_id=desk.vic.user_id, epoch=1)
    assert outbox.undelivered(APPROVED) == ()


def test_a_notice_there_is_not_is_told_apart(outbox):
    for act in (outbox.delivered, outbox.failed):
        with pytest.raises(UnknownTaskError, match="no notice '7'"):
            act(7)


def test_a_notice_is_taken_by_one_and_comes_back_when_he_dies(desk, outbox):
    desk.approved(desk.store.park(draft_of("Guten Tag."))[0])
    (notice,) = outbox.due(NoticeKind.TASK_APPROVED)
    minute = timedelta(minutes=1)
    assert outbox.take(notice.notice_id, for_=minute)
    assert not outbox.take(notice.notice_id, for_=minute)
    assert outbox.due(NoticeKind.TASK_APPROVED) == ()
    assert outbox.undelivered(APPROVED) == (notice,)
    desk.clock.pass_(minutes=1)
    assert outbox.due(NoticeKind.TASK_APPROVED) == (notice,)
    assert outbox.take(notice.notice_id, for_=minute)
    outbox.delivered(notice.notice_id)
    desk.clock.pass_(minutes=2)
    assert outbox.due(NoticeKind.TASK_APPROVED) == ()
    assert not outbox.take(notice.notice_id, for_=minute)


def test_what_failed_or_was_started_is_due_again_after_its_time(desk, outbox):
    desk.approved(desk.store.park(draft_of("Guten Tag."))[0])
    (notice,) = outbox.due(NoticeKind.TASK_APPROVED)
    for act in (outbox.failed, outbox.started):
        act(notice.notice_id, again_in=timedelta(minutes=5))
        desk.clock.pass_(minutes=4)
        assert outbox.due(NoticeKind.TASK_APPROVED) == ()
        desk.clock.pass_(minutes=1)
        (notice,) = outbox.due(NoticeKind.TASK_APPROVED)
    assert (notice.attempts, notice.starts) == (1, 1)


def test_changed_words_of_a_project_are_told_with_the_change_and_not_when_they_stay(desk, outbox):
    glossaries = SqlGlossaries(desk.store._engine, desk.clock)
    words = glossary(term("harbour", de="Hafen"))
    for _ in range(2):
        glossaries.store("", words, by=desk.lea.user_id)
    (notice,) = outbox.due(NoticeKind.GLOSSARY_CHANGED)
    told = (notice.project_id, notice.task_id, notice.media_id, notice.language)
    assert told == ("", "", "", UNDETERMINED)


def test_what_waits_is_found_without_reading_what_nobody_ticks_off(desk):
    from sqlalchemy import text

    if desk.store._engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL decides by the size of the table")
    asked = "EXPLAIN QUERY PLAN SELECT * FROM outbox WHERE kind = 'task.approved' AND"
    asked += " delivered_at IS NULL AND (next_try_at IS NULL OR next_try_at <= 0)"
    asked += " ORDER BY message_id LIMIT 100"
    with desk.store._engine.connect() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(asked)))
    assert "USING INDEX ix_outbox_waiting" in plan
    assert "TEMP B-TREE" not in plan
