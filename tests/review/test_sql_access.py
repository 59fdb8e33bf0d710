"""Projects, memberships and tokens, on both kinds of database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from review_desks import PASSWORD, engine_of
from review_drafts import SteppingClock, draft_of
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from review.access.log import AccessEventKind
from review.access.tokens import MAX_TOKEN_LIFETIME, Scope, new_secret
from review.backend import Backend
from review.errors import InvalidEditError, NotAllowedError, UnknownTaskError
from review.events import EventKind
from review.passwords import argon2id
from review.sql.backend import sql_backend
from review.sql.database import reading, writing
from review.sql.reaching import within
from review.sql.schema import TaskRow
from review.tasks import Role, TaskState, User
from subtitles.language import LanguageTag

DE, FR = LanguageTag("de"), LanguageTag("fr")
DAY = timedelta(days=1)


@dataclass
class House:
    backend: Backend
    clock: SteppingClock
    ada: User  # administrator
    gus: User  # guest
    vic: User  # viewer

    def parked(self, language: str = "de", media: str = "film", **fields):
        draft = replace(draft_of("Eins.", language=language, media=media), **fields)
        return self.backend.store.park(draft)[0]

    def grant(self, user: User, role: Role = Role.LINGUIST, project=None, language=None):
        return self.backend.members.grant(
            user.user_id, role, project_id=project, language=language, by=self.ada.user_id
        )

    def project(self, name: str, **how: bool):
        how = {"two_stages": False, "source_first": False} | how
        return self.backend.projects.add(name, **how, by=self.ada.user_id)


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    clock, engine = SteppingClock(), engine_of(database_url)
    backend = sql_backend(engine, clock, argon2id(memory_kib=8, iterations=1, parallelism=1))
    add = backend.people.add_user
    people = (add(*one) for one in (("Ada", PASSWORD, Role.ADMIN), ("Gus", PASSWORD, Role.GUEST),
                                    ("Vic", PASSWORD, Role.VIEWER)))  # fmt: skip
    yield House(backend, clock, *people)
    engine.dispose()


def test_a_draft_makes_its_project_and_the_next_one_finds_it(house: House):
    first = house.parked(project="The Gate")
    second = house.parked("fr", project="  the   GATE ")
    assert first.project_id == second.project_id != ""
    nameless, gate = house.backend.projects.projects()
    assert (nameless.project_id, nameless.task_count) == ("", 0)
    assert (gate.name, gate.task_count) == ("The Gate", 2)
    assert not gate.two_stages
    assert not gate.source_first


def test_a_draft_that_names_no_project_leaves_its_task_where_it_is(house: House):
    task = house.parked(project="The Gate")
    assert house.parked().project_id == task.project_id


def test_the_same_draft_with_a_project_moves_its_task_there_once(house: House):
    task = house.parked()
    for _ in range(2):
        assert house.parked(project="The Gate").task_id == task.task_id
    told = [(one.kind, one.detail) for one in house.backend.store.events(task.task_id)]
    assert told == [
        (EventKind.DRAFT_PARKED, task.draft_id),
        (EventKind.TASK_MOVED, "The Gate"),
    ]


@pytest.mark.parametrize("name", ["a\nb", "x" * 81, "\u202e"])
def test_a_draft_with_a_project_that_cannot_be_one_is_refused_whole(house: House, name):
    with pytest.raises(InvalidEditError):
        house.parked(project=name)
    assert house.backend.store.tasks() == ()


def test_projects_of_one_name_are_one(house: House):
    house.project("Séries")
    with pytest.raises(InvalidEditError, match="already"):
        house.project("SÉRIES")


def test_a_project_that_no_longer_waits_for_transcripts_lets_its_drafts_go(house: House):
    project = house.project("Slow", source_first=True)
    task = house.parked(project="Slow")
    assert task.state is TaskState.DRAFT
    projects, by = house.backend.projects, house.ada.user_id
    projects.change(project.project_id, two_stages=True, source_first=False, by=by)
    after = house.backend.store.task(task.task_id)
    assert (after.state, after.two_stages) == (TaskState.PENDING, True)


def test_a_task_moved_where_nobody_waits_goes_into_the_queue(house: House):
    house.project("Slow", source_first=True)
    task = house.parked(project="Slow")
    house.backend.projects.move(task.task_id, "", by=house.ada.user_id)
    assert house.backend.store.task(task.task_id).state is TaskState.PENDING


def test_only_a_lead_moves_a_task(house: House):
    task = house.parked()
    project = house.project("The Gate")
    with pytest.raises(NotAllowedError):
        house.backend.projects.move(task.task_id, project.project_id, by=house.vic.user_id)


def test_the_role_on_a_task_is_the_highest_that_covers_it(house: House):
    german, french = house.parked("de"), house.parked("fr")
    house.grant(house.vic, language=DE)
    role_on = house.backend.members.role_on
    assert role_on(house.vic, german.task_id) is Role.LINGUIST
    assert role_on(house.vic, french.task_id) is Role.VIEWER
    assert role_on(house.ada, french.task_id) is Role.ADMIN


def test_a_guest_learns_of_nothing_that_was_not_opened(house: House):
    german, french = house.parked("de"), house.parked("fr")
    house.grant(house.gus, language=DE)
    role_on = house.backend.members.role_on
    assert role_on(house.gus, german.task_id) is Role.LINGUIST
    with pytest.raises(UnknownTaskError) as hidden:
        role_on(house.gus, french.task_id)
    with pytest.raises(UnknownTaskError) as missing:
        role_on(house.gus, "0" * 16)
    assert str(hidden.value).replace(french.task_id, "…") == str(missing.value).replace(
        "0" * 16, "…"
    )


def test_the_store_asks_for_the_role_on_the_task_and_not_for_the_one_everywhere(house: House):
    german, french = house.parked("de"), house.parked("fr")
    house.grant(house.vic, language=DE)
    house.grant(house.gus, Role.VIEWER, language=DE)
    store = house.backend.store
    with pytest.raises(NotAllowedError, match="viewers may look only"):
        store.claim(french.task_id, house.vic.user_id)
    with pytest.raises(NotAllowedError, match="viewers may look only"):
        store.claim(german.task_id, house.gus.user_id)
    with pytest.raises(UnknownTaskError):
        store.claim(french.task_id, house.gus.user_id)
    assert store.claim(german.task_id, house.vic.user_id).epoch == 1


@pytest.mark.parametrize("needed", list(Role))
def test_what_the_database_lists_is_what_the_roles_say(house: House, needed):
    project = house.project("The Gate")
    for language in ("de", "de-AT", "fr", "fil", "fi"):
        house.parked(language)
        house.parked(language, media="gate", project="The Gate")
    for place in ((None, DE, Role.LINGUIST), (project.project_id, None, Role.VIEWER),
                  ("", FR, Role.LEAD), (None, LanguageTag("fi"), Role.VIEWER)):  # fmt: skip
        for user in (house.gus, house.vic):
            house.grant(user, place[2], place[0], place[1])
    order = list(Role)
    for user in (house.gus, house.vic, house.ada):
        reach = house.backend.members.reach(user)
        with reading(house.backend.store._engine) as session:
            listed = set(session.scalars(select(TaskRow.task_id).where(within(reach, needed))))
        assert listed == {
            task.task_id
            for task in house.backend.store.tasks()
            if order.index(reach.role_for(task)) >= order.index(needed)
        }


def test_one_place_has_one_membership_and_it_can_be_taken_back(house: House):
    first = house.grant(house.gus, Role.VIEWER, language=DE)
    assert house.grant(house.gus, Role.VIEWER, language=DE) == first
    raised = house.grant(house.gus, Role.LEAD, language=DE)
    assert raised == replace(first, role=Role.LEAD)
    house.grant(house.gus, Role.VIEWER)
    members = house.backend.members
    assert len(members.memberships()) == 2
    members.withdraw(first.membership_id, by=house.ada.user_id)
    assert [one.language for one in members.memberships()] == [None]
    with pytest.raises(UnknownTaskError):
        members.withdraw(first.membership_id, by=house.ada.user_id)


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADMIN])
def test_a_membership_makes_nobody_an_administrator(house: House, role):
    with pytest.raises(InvalidEditError, match="on the account itself"):
        house.grant(house.gus, role)


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_a_membership_of_a_number_that_none_has_is_unknown(house: House, number):
    with pytest.raises(UnknownTaskError):
        house.backend.members.withdraw(number, by=house.ada.user_id)


def test_a_token_acts_for_its_owner_until_it_is_revoked(house: House):
    tokens = house.backend.tokens
    token, secret = tokens.issue(house.vic.user_id, "script", [Scope.TASKS_READ], lifetime=DAY)
    bearer = tokens.bearer(secret)
    assert (bearer.user.user_id, bearer.scopes) == (house.vic.user_id, {Scope.TASKS_READ})
    tokens.revoke(token.token_id, owner_id=house.vic.user_id)
    tokens.revoke(token.token_id, owner_id=house.vic.user_id)
    assert tokens.bearer(secret) is None
    (kept,) = tokens.tokens(house.vic.user_id)
    assert kept.revoked_at == house.clock()


def test_a_token_ends_with_its_time_and_with_its_owners_account(house: House):
    tokens, people = house.backend.tokens, house.backend.people
    _, secret = tokens.issue(house.vic.user_id, "script", [Scope.TASKS_READ], lifetime=DAY)
    people.set_active("Vic", active=False)
    assert tokens.bearer(secret) is None
    people.set_active("Vic", active=True)
    assert tokens.bearer(secret)
    house.clock.pass_(days=1)
    assert tokens.bearer(secret) is None


def test_the_role_behind_a_token_is_the_owners_of_today(house: House):
    tokens = house.backend.tokens
    _, secret = tokens.issue(house.vic.user_id, "script", [Scope.ADMIN], lifetime=DAY)
    assert tokens.bearer(secret).user.role is Role.VIEWER
    house.backend.people.set_role("Vic", Role.ADMIN)
    assert tokens.bearer(secret).user.role is Role.ADMIN


def test_nobody_revokes_anothers_token(house: House):
    tokens = house.backend.tokens
    token, secret = tokens.issue(house.vic.user_id, "script", [Scope.TASKS_READ], lifetime=DAY)
    with pytest.raises(UnknownTaskError):
        tokens.revoke(token.token_id, owner_id=house.gus.user_id)
    assert tokens.bearer(secret)


def test_the_database_holds_no_secret(house: House):
    _, secret = house.backend.tokens.issue(
        house.vic.user_id, "script", [Scope.TASKS_READ], lifetime=DAY
    )
    with reading(house.backend.store._engine) as session:
        rows = session.execute(text("SELECT * FROM api_tokens")).all()
    _, known_by, hidden = secret.split("_", 2)  # what is hidden may hold further underscores
    assert hidden not in repr(rows)
    assert known_by in repr(rows), "the part by which people tell tokens apart"


@pytest.mark.parametrize(
    ("name", "scopes", "lifetime"),
    [
        ("", [Scope.TASKS_READ], DAY),
        ("script", [], DAY),
        ("script", [Scope.TASKS_READ], timedelta()),
        ("script", [Scope.TASKS_READ], MAX_TOKEN_LIFETIME + timedelta(seconds=1)),
    ],
)
def test_a_token_needs_a_name_a_purpose_and_an_end(house: House, name, scopes, lifetime):
    with pytest.raises(InvalidEditError):
        house.backend.tokens.issue(house.vic.user_id, name, scopes, lifetime=lifetime)


@pytest.mark.parametrize("text", ["", "pcue_", "pcue_00000000_" + "é" * 43, "\0", "x" * 10_000])
def test_what_is_no_secret_opens_nothing(house: House, text):
    assert house.backend.tokens.bearer(text) is None


def test_secrets_are_told_apart_and_cannot_be_guessed():
    secrets = {new_secret()[0] for _ in range(100)}
    assert len(secrets) == 100
    assert {len(secret) for secret in secrets} == {5 + 8 + 1 + 43}


def test_every_change_of_people_and_projects_is_in_a_log_that_only_grows(house: House):
    backend, by = house.backend, house.ada.user_id
    project = house.project("The Gate")
    backend.projects.change(project.project_id, two_stages=True, source_first=True, by=by)
    member = house.grant(house.gus, Role.LEAD, project.project_id, DE)
    backend.members.withdraw(member.membership_id, by=by)
    backend.people.set_role("Gus", Role.VIEWER, by=by)
    backend.people.set_password("Gus", "another password", by=by)
    token, _ = backend.tokens.issue(house.vic.user_id, "script", [Scope.TASKS_READ], lifetime=DAY)
    backend.tokens.revoke(token.token_id, owner_id=house.vic.user_id)
    backend.people.set_active("Gus", active=False, by=by)
    told = [(e.actor, e.kind, e.subject, e.detail) for e in backend.access_log.access_events()]
    assert told[:-3][::-1] == [
        ("Ada", AccessEventKind.PROJECT_ADDED, "The Gate", "one person, all languages at once"),
        ("Ada", AccessEventKind.PROJECT_CHANGED, "The Gate", "two people, transcript first"),
        ("Ada", AccessEventKind.MEMBER_GRANTED, "Gus", "lead in project 'The Gate', German"),
        ("Ada", AccessEventKind.MEMBER_WITHDRAWN, "Gus", "lead in project 'The Gate', German"),
        ("Ada", AccessEventKind.ROLE_SET, "Gus", "viewer"),
        ("Ada", AccessEventKind.PASSWORD_SET, "Gus", ""),
        ("Vic", AccessEventKind.TOKEN_ISSUED, "script", "tasks:read"),
        ("Vic", AccessEventKind.TOKEN_REVOKED, "script", ""),
        ("Ada", AccessEventKind.USER_CLOSED, "Gus", ""),
    ]
    assert [one[:3] for one in told[-3:]] == [
        ("command line", AccessEventKind.USER_ADDED, name) for name in ("Vic", "Gus", "Ada")
    ]
    for change in ("UPDATE access_events SET actor = 'x'", "DELETE FROM access_events"):
        with (
            pytest.raises(DBAPIError, match="can only be added to"),
            writing(backend.store._engine) as session,
        ):
            session.execute(text(change))
