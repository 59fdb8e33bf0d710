"""What a person may do on one task."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.access.roles import MEMBER_ROLES, Membership, Reach, highest, reaches, roles_from
from review.tasks import Role, User
from subtitles.language import LanguageTag


def reach_of(role: Role, *members: tuple[str | None, str | None, Role]) -> Reach:
    return Reach(
        user=User(user_id="u", name="U", role=role),
        memberships=tuple(
            Membership(
                membership_id=number, user_id="u", project_id=project, language=language, role=given
            )
            for number, (project, language, given) in enumerate(members)
        ),
    )


@pytest.mark.parametrize(
    ("member", "project", "language", "covered"),
    [
        ((None, None), "p", "de", True),
        (("p", None), "p", "de", True),
        (("p", None), "", "de", False),
        (("", None), "", "de", True),
        (("", None), "p", "de", False),
        ((None, "de"), "p", "de", True),
        ((None, "de"), "p", "de-AT", True),
        ((None, "de-AT"), "p", "de", False),
        ((None, "pt"), "p", "pt-BR", True),
        ((None, "pt-PT"), "p", "pt-BR", False),
        ((None, "zh"), "p", "zh-Hant-TW", True),
        # Not a prefix of letters: fil is no kind of fi.
        ((None, "fi"), "p", "fil", False),
        (("p", "de"), "p", "fr", False),
        (("p", "de"), "q", "de", False),
    ],
)
def test_a_membership_covers_its_project_and_its_language_with_all_regions(
    member, project, language, covered
):
    reach = reach_of(Role.GUEST, (*member, Role.LINGUIST))
    assert (reach.role_in(project, LanguageTag(language)) is Role.LINGUIST) == covered


def test_a_viewer_with_a_membership_for_german_works_on_german_only():
    reach = reach_of(Role.VIEWER, (None, "de", Role.LINGUIST))
    assert reach.role_in("", LanguageTag("de")) is Role.LINGUIST
    assert reach.role_in("", LanguageTag("fr")) is Role.VIEWER


def test_a_guest_is_a_guest_where_nothing_is_opened():
    reach = reach_of(Role.GUEST, ("p", "de", Role.LINGUIST))
    assert reach.role_in("q", LanguageTag("de")) is Role.GUEST
    assert reach.highest_role is Role.LINGUIST


roles = st.sampled_from(Role)
places = st.tuples(
    st.sampled_from([None, "", "p"]), st.sampled_from([None, "de", "de-AT", "fr"]),
    st.sampled_from(MEMBER_ROLES),
)  # fmt: skip


@given(roles, st.lists(places, max_size=4), st.sampled_from(["", "p"]),
       st.sampled_from(["de", "de-AT", "fr"]))  # fmt: skip
def test_a_membership_never_takes_anything_away(role, members, project, language):
    reach = reach_of(role, *members)
    there = reach.role_in(project, LanguageTag(language))
    assert reaches(there, role)
    assert reaches(reach.highest_role, there)
    fewer = reach_of(role, *members[1:]).role_in(project, LanguageTag(language))
    assert reaches(there, fewer)


def test_roles_are_ordered_by_what_they_may_do():
    assert highest(Role.VIEWER, Role.LEAD, Role.LINGUIST) is Role.LEAD
    assert roles_from(Role.LEAD) == {Role.LEAD, Role.ADMIN}
    assert roles_from(Role.GUEST) == set(Role)
