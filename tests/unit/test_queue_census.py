"""Columns and sums find what a look at one task after the other finds."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from review.access.roles import Membership, Reach
from review.queueing.census import Census
from review.queueing.filters import Due, Filters, Risk, Stage, risk_of
from review.queueing.looking import Held, Look
from review.queueing.register import Entry, Register
from review.sql.queue_keys import place_of
from review.tasks import CLOSED, Priority, Role, TaskState, User
from review.workflow import state_now
from subtitles.language import LanguageTag

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
PEOPLE = (None, "ana", "ben")
LANGUAGES = ("de", "pt", "pt-BR")


@st.composite
def entries(draw) -> list[Entry]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        task_id, state = f"t{number}", draw(st.sampled_from(TaskState))
        priority = draw(st.sampled_from(Priority))
        hours = draw(st.none() | st.integers(-30, 30))
        due_at = None if hours is None else NOW + timedelta(hours=hours)
        place = place_of(state, priority, due_at, created_at=NOW, task_id=task_id)
        made.append(
            Entry(
                task_id=task_id,
                state=state,
                language=draw(st.sampled_from(LANGUAGES)),
                project_id=draw(st.sampled_from(["", "p"])),
                priority=priority,
                risk=draw(st.floats(0, 1)),
                due_at=due_at,
                assigned_to=draw(st.sampled_from(PEOPLE)),
                reserved_for=None,
                reserved_until=None,
                submitted_by=draw(st.sampled_from(PEOPLE)),
                place=place,
                title_key=draw(st.sampled_from(["the gate", "sea"])),
            )
        )
    return made


FILTERS = st.builds(
    Filters,
    state=st.sampled_from([*Stage, *TaskState]),
    language=st.none() | st.sampled_from([LanguageTag(tag) for tag in LANGUAGES]),
    project_id=st.none() | st.sampled_from(["", "p", "none"]),
    priority=st.none() | st.sampled_from(Priority),
    due=st.none() | st.sampled_from(Due),
    risk=st.none() | st.sampled_from(Risk),
    title=st.sampled_from(["", "GATE", "e"]),
)
REACHES = st.builds(
    Reach,
    user=st.builds(
        User, user_id=st.just("ana"), name=st.just("Ana"), role=st.sampled_from(list(Role))
    ),
    memberships=st.lists(
        st.builds(
            Membership,
            membership_id=st.just(1),
            user_id=st.just("ana"),
            project_id=st.sampled_from([None, "", "p"]),
            language=st.sampled_from([None, LanguageTag("pt"), LanguageTag("pt-BR")]),
            role=st.sampled_from([Role.VIEWER, Role.LINGUIST, Role.LEAD]),
        ),
        max_size=2,
    ).map(tuple),
)


def fits(entry: Entry, state: TaskState, filters: Filters) -> bool:
    due = {Due.OVERDUE: NOW, Due.SOON: NOW + timedelta(days=1), Due.WEEK: NOW + timedelta(days=7)}
    return all(
        (
            filters.state is Stage.ALL
            or (state not in CLOSED if filters.state is Stage.OPEN else state is filters.state),
            filters.language in {None, entry.language},
            filters.project_id in {None, entry.project_id},
            filters.priority in {None, entry.priority},
            filters.risk in {None, risk_of(entry.risk)},
            filters.due is None
            or (
                (entry.due_at is None) is (filters.due is Due.NEVER)
                and (entry.due_at is None or entry.due_at < due[filters.due])
            ),
            filters.title.lower() in entry.title_key,
        )
    )


@settings(max_examples=150)
@given(made=entries(), filters=FILTERS, reach=REACHES, held=st.sets(st.integers(0, 11)))
def test_what_matches_is_what_fits_one_by_one_and_counts_are_sums(made, filters, reach, held):
    register = Register()
    register.put(made[::-1])
    register.put(made)
    leases = [Held(f"t{number}", "ben", NOW) for number in held if number < len(made)]
    census = Census(Look(register, reach, leases, NOW), filters)
    states = {
        one.task_id: state_now(one.state, lease_runs=int(one.task_id[1:]) in held) for one in made
    }
    seen = [
        one for one in made if reach.role_in(one.project_id, LanguageTag(one.language)) != "guest"
    ]
    wanted = {one.task_id for one in seen if fits(one, states[one.task_id], filters)}
    matching = census.matching()
    assert {register.task_ids[row] for row in range(len(made)) if matching[row]} == wanted
    places = [register.places[row] for row in register.in_order()]
    assert places == sorted(places)
    for language, count in census.counts().languages.items():
        other = Filters(
            **{name: getattr(filters, name) for name in Filters.__slots__} | {"language": language}
        )
        assert count == sum(fits(one, states[one.task_id], other) for one in seen)
    stands = census.standstill(lambda ids: {user_id: user_id for user_id in ids})
    free = matching & census._look.is_free
    if not free.any():
        reasons = ["held", "mine", "kept", "draft", "own", "closed", "look"]
        assert sum(getattr(stands, f"{name}_count") for name in reasons) == len(wanted)
