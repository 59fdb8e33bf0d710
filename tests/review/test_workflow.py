"""The transition table: what it allows, and what no sequence of actions can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import LeaseLostError, NotAllowedError
from review.tasks import Role, TaskState
from review.workflow import (
    TRANSITIONS,
    Action,
    Circumstances,
    may_replace_draft,
    next_state,
    state_now,
)

S, A = TaskState, Action


def facts(role=Role.LINGUIST, *, holds=True, error_count=0):
    return Circumstances(task_id="t", role=role, holds=holds, error_count=error_count)


@pytest.mark.parametrize(
    ("state", "action", "role", "target"),
    [
        (S.PENDING, A.CLAIM, Role.LINGUIST, S.IN_REVIEW),
        (S.CHANGES_REQUESTED, A.CLAIM, Role.LINGUIST, S.IN_REVIEW),
        (S.IN_REVIEW, A.RENEW, Role.LINGUIST, S.IN_REVIEW),
        (S.IN_REVIEW, A.EDIT, Role.LINGUIST, S.IN_REVIEW),
        (S.IN_REVIEW, A.CONFIRM, Role.LINGUIST, S.IN_REVIEW),
        (S.IN_REVIEW, A.RELEASE, Role.LINGUIST, S.PENDING),
        (S.IN_REVIEW, A.EXPIRE, Role.VIEWER, S.PENDING),
        (S.IN_REVIEW, A.APPROVE, Role.LINGUIST, S.APPROVED),
        (S.IN_REVIEW, A.REQUEST_CHANGES, Role.LINGUIST, S.CHANGES_REQUESTED),
        (S.APPROVED, A.REOPEN, Role.LEAD, S.CHANGES_REQUESTED),
        (S.APPROVED, A.REOPEN, Role.ADMIN, S.CHANGES_REQUESTED),
    ],
)
def test_the_moves_there_are(state, action, role, target):
    assert next_state(state, action, facts(role)) is target


def test_there_are_no_other_moves():
    assert len(TRANSITIONS) == 10
    for state in TaskState:
        for action in Action:
            if (state, action) not in TRANSITIONS:
                with pytest.raises((NotAllowedError, LeaseLostError)):
                    next_state(state, action, facts(Role.ADMIN))


@pytest.mark.parametrize("action", [action for action in Action if action is not A.EXPIRE])
@pytest.mark.parametrize("state", TaskState)
def test_a_viewer_moves_nothing(state, action):
    with pytest.raises(NotAllowedError):
        next_state(state, action, facts(Role.VIEWER))


@pytest.mark.parametrize(
    "action", [A.RENEW, A.EDIT, A.CONFIRM, A.RELEASE, A.APPROVE, A.REQUEST_CHANGES]
)
@pytest.mark.parametrize("state", TaskState)
def test_work_without_the_lease_is_told_so_in_every_state(state, action):
    with pytest.raises(LeaseLostError):
        next_state(state, action, facts(holds=False))


def test_an_open_error_stops_approval_and_nothing_else():
    with pytest.raises(NotAllowedError, match="2 error"):
        next_state(S.IN_REVIEW, A.APPROVE, facts(error_count=2))
    for action in (A.EDIT, A.CONFIRM, A.RELEASE, A.REQUEST_CHANGES):
        next_state(S.IN_REVIEW, action, facts(error_count=2))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.LINGUIST])
def test_only_a_lead_reopens(role):
    with pytest.raises(NotAllowedError, match="lead"):
        next_state(S.APPROVED, A.REOPEN, facts(role))


@pytest.mark.parametrize("state", TaskState)
def test_only_a_task_in_review_goes_back_when_the_lease_runs_out(state):
    assert state_now(state, lease_runs=True) is state
    assert state_now(state, lease_runs=False) is (S.PENDING if state is S.IN_REVIEW else state)


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("human_work", [True, False])
def test_a_draft_is_replaced_only_while_it_waits_untouched(state, human_work):
    allowed = may_replace_draft(state, human_work=human_work)
    assert allowed is (state is S.PENDING and not human_work)


circumstances = st.builds(
    Circumstances,
    task_id=st.just("t"),
    role=st.sampled_from(Role),
    holds=st.booleans(),
    error_count=st.integers(0, 2),
)


@given(st.lists(st.tuples(st.sampled_from(Action), circumstances), max_size=60))
def test_no_sequence_of_actions_breaks_the_rules(actions):
    """Approved is reached by its holder, with a role, without errors; and left by a lead alone."""
    state = S.PENDING
    for action, now in actions:
        try:
            following = next_state(state, action, now)
        except (NotAllowedError, LeaseLostError):
            continue
        if following is S.APPROVED:
            assert (state, action) == (S.IN_REVIEW, A.APPROVE)
            assert now.holds
            assert now.error_count == 0
            assert now.role is not Role.VIEWER
        if state is S.APPROVED:
            assert action is A.REOPEN
            assert now.role in {Role.LEAD, Role.ADMIN}
        if following is S.IN_REVIEW and state is not S.IN_REVIEW:
            assert action is A.CLAIM
        state = following
