"""What every keeper of comments must do."""

from collections.abc import Iterator

import pytest
from review_desks import ReviewDesk, sql_desk
from review_drafts import draft_of

from review.comments import MAX_COMMENTS, Comments
from review.errors import InvalidEditError, NotAllowedError, UnknownTaskError
from review.sql.comments import SqlComments
from review.tasks import TaskState


@pytest.fixture
def desk(database_url: str) -> Iterator[ReviewDesk]:
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def comments(desk) -> Comments:
    return SqlComments(desk.store._engine, desk.clock)


@pytest.fixture
def task(desk):
    return desk.store.park(draft_of("Guten Tag.", "Wie geht es?"))[0]


def say(comments, task, who, body, *, cue_id=None, is_blocking=False):
    return comments.comment(
        task.task_id, user_id=who.user_id, cue_id=cue_id, body=body, is_blocking=is_blocking
    )


def test_comments_stand_in_the_order_in_which_they_were_made(desk, comments, task):
    cue = desk.store.cues(task.task_id)[1]
    first = say(comments, task, desk.ana, " A song?\r\nOr not. ", cue_id=cue.cue_id)
    desk.clock.pass_(minutes=1)
    second = say(comments, task, desk.lea, "Mind the names.", is_blocking=True)
    assert comments.comments(task.task_id) == (first, second)
    assert (first.body, first.cue_id, first.author) == ("A song?\nOr not.", cue.cue_id, "Ana")
    assert (second.cue_id, second.is_blocking, second.is_open) == (None, True, True)
    assert second.created_at == desk.clock.now
    assert desk.store.task(task.task_id).comment_count == 2
    events = desk.store.events(task.task_id)[1:]
    assert [(one.kind, one.cue_id, one.actor, one.detail) for one in events] == [
        ("comment.added", cue.cue_id, "Ana", "A song?\nOr not."),
        ("comment.added", None, "Lea", "Mind the names."),
    ]


def test_a_comment_is_resolved_and_taken_up_again_by_anybody_who_edits(desk, comments, task):
    made = say(comments, task, desk.ana, "A song?")
    for _ in range(2):  # twice is once
        done = comments.resolve(
            task.task_id, made.comment_id, user_id=desk.ben.user_id, resolved=True
        )
        assert (done.resolved_by, done.resolved_at) == ("Ben", desk.clock.now)
        assert desk.store.task(task.task_id).comment_count == 0
    for _ in range(2):
        again = comments.resolve(
            task.task_id, made.comment_id, user_id=desk.ana.user_id, resolved=False
        )
        assert again == made
    assert desk.store.task(task.task_id).comment_count == 1
    assert desk.kinds(task)[1:] == ["comment.added", "comment.resolved", "comment.unresolved"]


def test_the_same_words_at_once_are_one_comment_and_later_they_are_two(desk, comments, task):
    made = say(comments, task, desk.ana, "A song?")
    desk.clock.pass_(seconds=29)
    assert say(comments, task, desk.ana, "A song?") == made
    assert say(comments, task, desk.ben, "A song?") != made
    assert say(comments, task, desk.ana, "A song?", is_blocking=True) != made
    desk.clock.pass_(seconds=1)
    assert say(comments, task, desk.ana, "A song?").comment_id != made.comment_id
    assert len(comments.comments(task.task_id)) == 4


def test_an_open_blocking_comment_stands_in_the_way_of_approval(desk, comments, task):
    made = say(comments, task, desk.lea, "Is that her name?", is_blocking=True)
    say(comments, task, desk.lea, "Nice work.")
    with pytest.raises(NotAllowedError, match="1 blocking comment"):
        desk.approved(task)
    assert desk.store.task(task.task_id).state is TaskState.IN_REVIEW
    comments.resolve(task.task_id, made.comment_id, user_id=desk.ana.user_id, resolved=True)
    assert desk.approved(task)


def test_a_viewer_reads_and_says_nothing(desk, comments, task):
    made = say(comments, task, desk.ana, "A song?")
    with pytest.raises(NotAllowedError, match="viewers"):
        say(comments, task, desk.vic, "I think so.")
    with pytest.raises(NotAllowedError, match="viewers"):
        comments.resolve(task.task_id, made.comment_id, user_id=desk.vic.user_id, resolved=True)
    assert comments.comments(task.task_id) == (made,)


@pytest.mark.parametrize("body", ["", " \n ", "\u200b", "a\x00b", "a\u202eb", "x" * 2001])
def test_what_cannot_be_a_comment_is_refused(desk, comments, task, body):
    with pytest.raises(InvalidEditError):
        say(comments, task, desk.ana, body)
    assert comments.comments(task.task_id) == ()
    assert desk.kinds(task) == ["draft.parked"]


def test_hostile_words_are_kept_as_words(desk, comments, task):
    body = "<script>alert(1)</script> =cmd|' /C calc'!A0"
    assert say(comments, task, desk.ana, body).body == body


def test_a_task_cannot_be_flooded(desk, comments, task, monkeypatch):
    monkeypatch.setattr("review.sql.comments.MAX_COMMENTS", 2)
    say(comments, task, desk.ana, "One.")
    say(comments, task, desk.ana, "Two.")
    with pytest.raises(InvalidEditError, match="2 comments"):
        say(comments, task, desk.ana, "Three.")
    assert MAX_COMMENTS > 2


def test_what_there_is_not_is_told_apart(desk, comments, task):
    other = desk.store.park(draft_of("Ja.", media="other"))[0]
    made = say(comments, other, desk.ana, "A song?")
    who = {"user_id": desk.ana.user_id}
    for odd in ("nope", "", "\x00"):
        with pytest.raises(UnknownTaskError, match="no task"):
            comments.comments(odd)
        with pytest.raises(UnknownTaskError, match="no task"):
            comments.resolve(odd, made.comment_id, resolved=True, **who)
        with pytest.raises(UnknownTaskError, match="no cue"):
            say(comments, task, desk.ana, "Hm.", cue_id=odd)
    for comment_id in (made.comment_id, 0, -1, 2**63, 2**80):
        with pytest.raises(UnknownTaskError, match="no comment"):
            comments.resolve(task.task_id, comment_id, resolved=True, **who)
