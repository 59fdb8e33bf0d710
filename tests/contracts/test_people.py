"""What every keeper of people and sessions must do."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import pytest
from review_drafts import SteppingClock

from review.access.identity import Identity, Invitation
from review.errors import InvalidEditError, NotAllowedError, UnknownTaskError
from review.people import People
from review.tasks import Role

PASSWORD = "correct horse battery"
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def people(request: pytest.FixtureRequest, clock: SteppingClock) -> Iterator[People]:
    from review.passwords import argon2id
    from review.sql.database import open_database
    from review.sql.people import SqlPeople

    engine = open_database(request.getfixturevalue(f"{request.param}_url"))
    yield SqlPeople(engine, clock, argon2id(memory_kib=8, iterations=1, parallelism=1))
    engine.dispose()


def test_a_person_logs_in_with_the_right_password_only(people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    assert people.authenticate("Ana", PASSWORD) == ana
    assert people.authenticate("Ana", PASSWORD + "!") is None
    assert people.authenticate("Ben", PASSWORD) is None


@pytest.mark.parametrize("typed", ["ana", " ANA ", "Ａｎａ"])
def test_names_are_compared_without_case_width_or_outer_spaces(people, typed):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    assert people.authenticate(typed, PASSWORD) == ana
    with pytest.raises(InvalidEditError, match="taken"):
        people.add_user(typed, PASSWORD, Role.LEAD)
    assert people.users() == (ana,)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_is_the_same_however_its_accents_are_typed(people, form):
    zoe = people.add_user("Zoë", "żółć gęślą jaźń", Role.LEAD)
    assert people.authenticate("Zoë", unicodedata.normalize(form, "żółć gęślą jaźń")) == zoe


@pytest.mark.parametrize("password", ["", "too short", "x" * 1001])
def test_passwords_of_an_unacceptable_length_are_refused(people, password):
    with pytest.raises(InvalidEditError, match="characters"):
        people.add_user("Ana", password, Role.LINGUIST)
    people.add_user("Ana", PASSWORD, Role.LINGUIST)
    with pytest.raises(InvalidEditError, match="characters"):
        people.set_password("Ana", password)
    assert people.authenticate("Ana", PASSWORD)
    assert people.authenticate("Ana", password) is None


def test_only_the_whole_of_a_long_password_opens_the_account(people):
    people.add_user("Ana", "x" * 1000, Role.LINGUIST)
    assert people.authenticate("Ana", "x" * 1000)
    assert people.authenticate("Ana", "x" * 1001) is None


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "a\nb", "a\x00", "x" * 81, "\u202eana"])
def test_names_that_cannot_be_shown_safely_are_refused(people, name):
    with pytest.raises(InvalidEditError):
        people.add_user(name, PASSWORD, Role.LINGUIST)
    assert people.authenticate(name, PASSWORD) is None


def test_people_are_listed_by_name(people):
    for name in ("zoe", "Ben", "ana"):
        people.add_user(name, PASSWORD, Role.VIEWER)
    assert [user.name for user in people.users()] == ["ana", "Ben", "zoe"]


def test_a_session_names_its_person_until_it_is_closed(people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    token = people.open_session(ana.user_id, lifetime=HOUR)
    other = people.open_session(ana.user_id, lifetime=HOUR)
    assert token != other
    assert len(token) >= 43  # 256 bits in base 64
    assert people.session_user(token) == ana
    people.close_session(token)
    people.close_session(token)
    assert people.session_user(token) is None
    assert people.session_user(other) == ana


def test_a_session_ends_when_it_is_not_used(people, clock):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    token = people.open_session(ana.user_id, lifetime=HOUR)
    clock.pass_(minutes=59)
    assert people.session_user(token) == ana
    clock.pass_(minutes=59)  # 1 h 58 min after login: it was used in between
    assert people.session_user(token) == ana
    clock.pass_(minutes=60)
    assert people.session_user(token) is None


def test_no_session_lasts_longer_than_thirty_days(people, clock):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    token = people.open_session(ana.user_id, lifetime=timedelta(days=20))
    forever = people.open_session(ana.user_id, lifetime=timedelta(days=4000))
    clock.pass_(days=19)
    assert people.session_user(token) == ana
    clock.pass_(days=10, hours=23)
    assert people.session_user(token) == ana
    assert people.session_user(forever) == ana
    clock.pass_(hours=1)
    assert people.session_user(token) is None
    assert people.session_user(forever) is None


def test_a_new_password_ends_every_session_of_that_person(people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    ben = people.add_user("Ben", PASSWORD, Role.LINGUIST)
    hers, his = (people.open_session(one.user_id, lifetime=HOUR) for one in (ana, ben))
    people.set_password("ana", "another good one")
    assert people.session_user(hers) is None
    assert people.session_user(his) == ben
    assert people.authenticate("Ana", PASSWORD) is None
    assert people.authenticate("Ana", "another good one") == ana


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    token = people.open_session(ana.user_id, lifetime=HOUR)
    assert people.set_active("Ana", active=False).is_active is False
    assert people.session_user(token) is None
    assert people.session_user(people.open_session(ana.user_id, lifetime=HOUR)) is None
    assert people.authenticate("Ana", PASSWORD) is None
    assert [user.is_active for user in people.users()] == [False]
    assert people.set_active("Ana", active=True) == ana
    assert people.authenticate("Ana", PASSWORD) == ana
    assert people.session_user(token) is None  # an ended session never comes back


@pytest.mark.parametrize("token", ["", "no such token", "\x00", "\ud800", "é" * 500])
def test_a_made_up_token_is_nobody(people, token):
    people.add_user("Ana", PASSWORD, Role.LINGUIST)
    assert people.session_user(token) is None
    people.close_session(token)


def test_unknown_people_are_named_in_the_refusal(people):
    with pytest.raises(UnknownTaskError, match="Nobody"):
        people.set_password("Nobody", PASSWORD)
    with pytest.raises(UnknownTaskError, match="Nobody"):
        people.set_active("Nobody", active=False)
    with pytest.raises(UnknownTaskError, match="no-such-id"):
        people.open_session("no-such-id", lifetime=HOUR)


def test_an_invited_person_has_no_password_to_guess_and_is_known_by_their_verified_address(people):
    ana = people.invite(Invitation(name="Ana", role=Role.LINGUIST, email="ana@example.org"))
    for guess in ("", PASSWORD):
        assert people.authenticate("Ana", guess) is None
    known = Identity(subject="s-1", email="ana@example.org", name="Somebody")
    assert people.recognise(known, newcomers=None) == ana
    (account,) = people.accounts()
    assert (account.subject, account.has_password) == ("s-1", False)


def test_who_came_once_is_known_by_their_subject_whatever_their_address_is_now(people):
    ana = people.invite(Invitation(name="Ana", role=Role.LINGUIST, email="ana@example.org"))
    people.recognise(Identity(subject="s-1", email="ana@example.org"), newcomers=None)
    assert people.recognise(Identity(subject="s-1", email="new@example.org"), newcomers=None) == ana
    thief = Identity(subject="s-2", email="ana@example.org")
    assert people.recognise(thief, newcomers=None) is None, "the address was somebody's already"


def test_a_stranger_is_nobody_or_a_newcomer_as_the_house_wants_it(people):
    people.add_user("Ben", PASSWORD, Role.ADMIN)
    stranger = Identity(subject="s-9", name="Ben")
    assert people.recognise(stranger, newcomers=None) is None
    new = people.recognise(stranger, newcomers=Role.GUEST)
    assert (new.name, new.role) == ("Ben (2)", Role.GUEST), "never the account of that name"
    assert people.recognise(stranger, newcomers=Role.GUEST) == new


@pytest.mark.parametrize("name", ["", " \u200b", "two\nrows", "x" * 5000, "\u202eevil"])
def test_a_newcomer_whose_name_cannot_be_shown_gets_another(people, name):
    new = people.recognise(Identity(subject="s", name=name), newcomers=Role.VIEWER)
    assert new.name == "Person 043a7187"


def test_a_closed_account_is_not_opened_by_the_provider(people):
    people.invite(Invitation(name="Ana", role=Role.LINGUIST, subject="s-1"))
    people.set_active("Ana", active=False)
    assert people.recognise(Identity(subject="s-1"), newcomers=Role.VIEWER) is None


def test_an_address_or_a_subject_belongs_to_one_person(people):
    people.invite(Invitation(name="Ana", role=Role.LINGUIST, email="ana@example.org"))
    with pytest.raises(InvalidEditError, match="somebody else"):
        people.invite(Invitation(name="Ben", role=Role.LINGUIST, email="ana@example.org"))
    with pytest.raises(InvalidEditError, match="taken"):
        people.invite(Invitation(name="ANA", role=Role.LINGUIST, email="ben@example.org"))


@pytest.mark.parametrize(
    "way",
    [{}, {"email": "Ana@Example.org"}, {"email": "ana"}, {"subject": ""}, {"subject": "é"}],
)
def test_an_invitation_says_how_the_person_will_be_known(way):
    with pytest.raises(InvalidEditError):
        Invitation(name="Ana", role=Role.LINGUIST, **way)


def test_a_new_role_counts_from_the_next_request_on(people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    token = people.open_session(ana.user_id, lifetime=HOUR)
    people.set_role("ana", Role.LEAD)
    assert people.session_user(token).role is Role.LEAD


@pytest.mark.parametrize("end", ["set_role", "set_active"])
def test_the_last_open_administrator_stays_one(people, end):
    people.add_user("Ada", PASSWORD, Role.ADMIN)
    people.add_user("Abe", PASSWORD, Role.ADMIN)
    people.set_active("Abe", active=False)
    how = {"set_role": (Role.LEAD,), "set_active": ()}[end]
    with pytest.raises(NotAllowedError, match="only administrator"):
        getattr(people, end)("Ada", *how, **({"active": False} if end == "set_active" else {}))
    people.set_active("Abe", active=True)
    people.set_role("Ada", Role.VIEWER)
    assert [user.role for user in people.users()] == [Role.ADMIN, Role.VIEWER]
