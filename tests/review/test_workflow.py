"""The transition table: what it allows, and what no sequence of actions can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import LeaseLostError, NotAllowedError
from review.guards import Circumstances
from review.tasks import Role, TaskState
from review.workflow import HELD, TRANSITIONS, Action, next_state, state_now

S, A = TaskState, Action
OPEN = [S.PENDING, S.IN_REVIEW, S.QC_PENDING, S.IN_QC, S.CHANGES_REQUESTED]
WORK = [A.RENEW, A.EDIT, A.CONFIRM, A.RELEASE, A.SUBMIT, A.APPROVE, A.REQUEST_CHANGES]


def facts(role: Role | None = Role.LINGUIST, **more) -> Circumstances:
    return Circumstances(task_id="t", role=role, **{"holds": True, **more})


MOVES = [
    (S.PENDING, A.CLAIM, S.IN_REVIEW),
    (S.CHANGES_REQUESTED, A.CLAIM, S.IN_REVIEW),
    (S.QC_PENDING, A.CLAIM, S.IN_QC),
    (S.IN_REVIEW, A.RELEASE, S.PENDING),
    (S.IN_QC, A.RELEASE, S.QC_PENDING),
    (S.IN_REVIEW, A.EXPIRE, S.PENDING),
    (S.IN_QC, A.EXPIRE, S.QC_PENDING),
    (S.IN_REVIEW, A.APPROVE, S.APPROVED),
    (S.IN_QC, A.APPROVE, S.APPROVED),
    (S.IN_REVIEW, A.REQUEST_CHANGES, S.CHANGES_REQUESTED),
    (S.IN_QC, A.REQUEST_CHANGES, S.CHANGES_REQUESTED),
    *((held, action, held) for held in HELD for action in (A.RENEW, A.EDIT, A.CONFIRM)),
    *((state, A.WAIVE, state) for state in OPEN),
    *((state, A.COMMENT, state) for state in S),
]
LEADS = [
    (S.DRAFT, A.OPEN, S.PENDING),
    (S.APPROVED, A.REOPEN, S.CHANGES_REQUESTED),
    (S.PUBLISHED, A.REOPEN, S.CHANGES_REQUESTED),
    (S.CANCELLED, A.RESTORE, S.DRAFT),
    *((state, A.CANCEL, S.CANCELLED) for state in S),
    *((state, A.OVERRIDE, state) for state in OPEN),
    *((state, A.PLAN, state) for state in S),
]
PIPELINES = [
    (S.DRAFT, A.OPEN, S.PENDING),
    (S.APPROVED, A.REOPEN, S.CHANGES_REQUESTED),
    (S.PUBLISHED, A.REOPEN, S.CHANGES_REQUESTED),
    (S.APPROVED, A.PUBLISH, S.PUBLISHED),
    *((state, A.PUBLISH, state) for state in S if state not in {S.APPROVED, S.CANCELLED}),
    *((state, A.SUPERSEDE, state) for state in (S.DRAFT, S.PENDING, S.CHANGES_REQUESTED)),
    *((state, A.SUPERSEDE, S.PENDING) for state in (S.QC_PENDING, S.APPROVED, S.PUBLISHED)),
]
TWO_STAGES = [(S.IN_REVIEW, A.SUBMIT, S.QC_PENDING)]


@pytest.mark.parametrize(
    ("moves", "who"),
    [
        (MOVES, facts()),
        (LEADS, facts(Role.LEAD, holds=False, awaits_transcript=True)),
        (LEADS, facts(Role.ADMIN, holds=False)),
        (PIPELINES, facts(None, holds=False)),
        (TWO_STAGES, facts(two_stages=True)),
    ],
    ids=["linguists", "leads", "administrators", "the pipeline", "two stages"],
)
def test_the_moves_there_are(moves, who):
    assert {(state, action, next_state(state, action, who)) for state, action, _ in moves} == set(
        moves
    )


def test_there_are_no_other_moves():
    known = {(state, action) for state, action, _ in MOVES + LEADS + PIPELINES + TWO_STAGES}
    assert set(TRANSITIONS) == known
    for state in TaskState:
        for action in set(Action) - {action for at, action in known if at is state}:
            for role in (Role.ADMIN, None):
                with pytest.raises((NotAllowedError, LeaseLostError)):
                    next_state(state, action, facts(role))


@pytest.mark.parametrize("action", [action for action in Action if action is not A.EXPIRE])
@pytest.mark.parametrize("state", TaskState)
def test_a_viewer_moves_nothing(state, action):
    with pytest.raises(NotAllowedError):
        next_state(state, action, facts(Role.VIEWER))


def test_what_leads_do_linguists_do_not():
    for state, action, _ in LEADS:
        with pytest.raises(NotAllowedError, match="lead"):
            next_state(state, action, facts(Role.LINGUIST))


def test_what_the_pipeline_alone_does_no_person_does():
    for state, action, _ in PIPELINES:
        if (state, action) not in {(at, what) for at, what, _ in LEADS}:
            for role in Role:
                with pytest.raises(NotAllowedError):
                    next_state(state, action, facts(role))


@pytest.mark.parametrize("action", WORK)
@pytest.mark.parametrize("state", TaskState)
def test_work_without_the_lease_is_told_so_in_every_state(state, action):
    with pytest.raises(LeaseLostError):
        next_state(state, action, facts(holds=False, two_stages=True))


def test_a_warning_is_waived_by_the_holder_or_a_lead_and_an_error_by_a_lead():
    with pytest.raises(LeaseLostError):
        next_state(S.IN_REVIEW, A.WAIVE, facts(holds=False))
    assert next_state(S.IN_REVIEW, A.WAIVE, facts(Role.LEAD, holds=False)) is S.IN_REVIEW
    with pytest.raises(NotAllowedError, match="lead"):
        next_state(S.IN_REVIEW, A.OVERRIDE, facts())


@pytest.mark.parametrize(
    ("state", "action", "now", "why"),
    [
        (S.IN_REVIEW, A.APPROVE, {"error_count": 2}, "2 error"),
        (S.IN_REVIEW, A.APPROVE, {"blocking_count": 1}, "1 blocking comment"),
        (S.IN_REVIEW, A.APPROVE, {"two_stages": True}, "submit it"),
        (S.IN_REVIEW, A.SUBMIT, {}, "approve it yourself"),
        (S.IN_REVIEW, A.SUBMIT, {"two_stages": True, "unconfirmed_count": 3}, "3 cue"),
        (S.IN_REVIEW, A.SUBMIT, {"two_stages": True, "error_count": 1}, "1 error"),
        (S.IN_QC, A.APPROVE, {"error_count": 1}, "1 error"),
        (S.IN_QC, A.APPROVE, {"unconfirmed_count": 1}, "1 cue"),
        (S.IN_QC, A.APPROVE, {"blocking_count": 2}, "2 blocking"),
        (S.IN_QC, A.APPROVE, {"is_submitter": True}, "somebody else"),
        (S.QC_PENDING, A.CLAIM, {"is_submitter": True}, "somebody else"),
        (S.PENDING, A.CLAIM, {"kept_for": "Ben"}, "kept for Ben"),
        (S.DRAFT, A.CLAIM, {}, "waiting for its transcript"),
        (S.DRAFT, A.OPEN, {"role": None, "awaits_transcript": True}, "approved first"),
    ],
)
def test_what_stands_in_the_way_is_named(state, action, now, why):
    with pytest.raises(NotAllowedError, match=why):
        next_state(state, action, facts(**now))


def test_a_lead_takes_what_is_kept_for_somebody():
    assert next_state(S.PENDING, A.CLAIM, facts(Role.LEAD, kept_for="Ben")) is S.IN_REVIEW


@pytest.mark.parametrize("state", TaskState)
def test_only_what_is_held_goes_back_when_the_lease_runs_out(state):
    back = {S.IN_REVIEW: S.PENDING, S.IN_QC: S.QC_PENDING}
    assert state_now(state, lease_runs=True) is state
    assert state_now(state, lease_runs=False) is back.get(state, state)


circumstances = st.builds(
    Circumstances,
    task_id=st.just("t"),
    role=st.none() | st.sampled_from(Role),
    holds=st.booleans(),
    error_count=st.integers(0, 1),
    unconfirmed_count=st.integers(0, 1),
    blocking_count=st.integers(0, 1),
    two_stages=st.booleans(),
    is_submitter=st.booleans(),
    kept_for=st.sampled_from(["", "Ben"]),
    awaits_transcript=st.booleans(),
)


@given(st.lists(st.tuples(st.sampled_from(Action), circumstances), max_size=80))
def test_no_sequence_of_actions_breaks_the_rules(actions):
    """Approved is reached by its holder, with nothing open; and left by those who may."""
    state = S.PENDING
    for action, now in actions:
        try:
            following = next_state(state, action, now)
        except (NotAllowedError, LeaseLostError):
            continue
        if following is S.APPROVED and state is not S.APPROVED:
            assert action is A.APPROVE
            assert now.holds
            assert now.error_count == now.blocking_count == 0
            assert now.role not in {Role.VIEWER, None}
            if state is S.IN_QC:
                assert not now.is_submitter
            else:
                assert not now.two_stages
        if state in {S.APPROVED, S.PUBLISHED} and following not in {S.APPROVED, S.PUBLISHED}:
            assert action in {A.REOPEN, A.CANCEL, A.SUPERSEDE}
            assert now.role in {Role.LEAD, Role.ADMIN, None}
        if following is S.PUBLISHED:
            assert state is S.PUBLISHED or now.role is None
        if following in HELD and state not in HELD:
            assert action is A.CLAIM
        state = following
