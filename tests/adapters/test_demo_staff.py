"""The demo shop has one person for each role."""

from bot import wiring
from bot.core.accounts import STAFF, check_password


def test_the_demo_shop_has_one_person_a_role_whose_password_would_be_taken():
    staff = wiring.demo_staff()

    assert sorted(one.role for one in staff.people) == sorted(STAFF)
    for one in staff.people:
        check_password(staff.password, one.name)
