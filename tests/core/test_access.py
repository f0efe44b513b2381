"""Who sees which pages."""

import pytest

from bot.core.access import ACCOUNT, places_of, start_of
from bot.core.people import Role


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.AGENT, "/desk"),
        (Role.SUPERVISOR, "/desk"),
        (Role.LEAD, "/desk"),
        (Role.FINANCE, "/records"),
        (Role.WAREHOUSE, "/records"),
        (Role.TRAINEE, ACCOUNT),
    ],
)
def test_each_role_starts_where_its_work_is(role, start):
    assert start_of(role) == start


def test_a_trainee_sees_no_page_with_customers():
    assert places_of(Role.TRAINEE) == ()


def test_only_the_lead_manages_and_only_who_oversees_approves():
    managing = {role for role in Role if "/lead" in {p.path for p in places_of(role)}}
    approving = {role for role in Role if "/records/approvals" in {p.path for p in places_of(role)}}

    assert managing == {Role.LEAD}
    assert approving == {Role.SUPERVISOR, Role.LEAD}
