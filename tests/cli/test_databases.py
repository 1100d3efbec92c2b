import pytest
from django.db import ProgrammingError, connection

from hadir.tenancy.models import Government


@pytest.mark.django_db
def test_tests_connect_as_the_web_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("hadir_web", False, False)


@pytest.mark.django_db
def test_the_web_role_cannot_found_a_government() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        Government.objects.create(slug="gelap", name="Gelap", kind="city")


def test_both_governments_are_there(kota: Government, kementerian: Government) -> None:
    assert (kota.zone, kementerian.zone) == ("WIB", "WIT")
