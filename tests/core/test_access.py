"""Who sees which pages."""

import pytest

from bot.core.access import places_of, start_of
from bot.core.people import Role


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.AGENT, "/desk"),
        (Role.SUPERVISOR, "/desk"),
        (Role.LEAD, "/desk"),
        (Role.FINANCE, "/records"),
        (Role.WAREHOUSE, "/records"),
        (Role.TRAINEE, "/practice"),
    ],
)
def test_each_role_starts_where_its_work_is(role, start):
    assert start_of(role) == start


def test_only_who_talks_with_customers_has_the_desk():
    talking = {role for role in Role if "/desk" in {place.path for place in places_of(role)}}

    assert talking == {Role.AGENT, Role.SUPERVISOR, Role.LEAD}


def test_only_the_lead_keeps_accounts():
    managing = {role for role in Role if "/lead/people" in {p.path for p in places_of(role)}}

    assert managing == {Role.LEAD}
