"""Every error has a status, a name and one line; all of them survive pickling."""

import pickle

import pytest

from review import errors as review_errors
from review.web import problems
from review.web.problems import ANSWERS, code_of, status_of
from subtitles.errors import BusyError, PolycueError, ReviewError, StorageError

EXAMPLES = [
    problems.UnruledRouteError("name", "/path"),
    problems.NotLoggedInError("/path"),
    problems.ForbiddenError("lead"),
    problems.TokenRefusedError("tasks:write"),
    problems.TokenRefusedError(""),
    problems.TwoCredentialsError(),
    problems.WrongCredentialsError(),
    problems.TooManyLoginsError(12),
    problems.NoSetupError(),
    problems.VersionRequiredError(),
    problems.NoMediaError("gone"),
    problems.PortTakenError("127.0.0.1", 9321, "Address already in use"),
]
STATUSES = [
    (review_errors.UnknownTaskError("task", "x"), 404, "unknown"),
    (review_errors.TaskHeldError("t", "Ana", "12:00"), 409, "held"),
    (review_errors.LeaseLostError("t"), 409, "lease_lost"),
    (review_errors.StaleCueError("c", 1, 2, "x"), 412, "stale"),
    (review_errors.NotAllowedError("no"), 409, "not_allowed"),
    (review_errors.InvalidEditError("no"), 422, "invalid"),
    (review_errors.ReviewDatabaseError("full"), 503, "unavailable"),
    (StorageError(), 503, "unavailable"),
    (BusyError(), 500, "failed"),
    (PolycueError(), 500, "failed"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_with_everything_it_says(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
    assert "\n" not in str(error)
    assert str(error)


@pytest.mark.parametrize(
    ("error", "status", "code"), STATUSES, ids=lambda part: type(part).__name__
)
def test_each_kind_of_error_has_its_status(error, status: int, code: str):
    assert (status_of(error), code_of(error)) == (status, code)


def test_every_refusal_of_the_review_queue_is_in_the_table():
    kinds = [
        kind
        for module in (review_errors, problems)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, ReviewError)
    ]
    startup = {problems.WebError, problems.UnruledRouteError, problems.PortTakenError, ReviewError}
    assert {kind for kind in kinds if kind not in ANSWERS} == startup


def test_every_error_of_this_room_is_among_the_examples():
    mine = {
        kind
        for kind in vars(problems).values()
        if isinstance(kind, type) and issubclass(kind, problems.WebError)
    }
    assert mine - {problems.WebError} == {type(error) for error in EXAMPLES}
