"""The town that a browser visits, founded as the owner in a process of its own."""

from tests.town import open_town

from hadir.accounts.commands import give_passwords
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

# Whenever the tests run, it is a working day and in time.
ALWAYS = {
    "name": "Setiap saat",
    "article": "Uji",
    "variants": [
        {
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "in": {"opens": "00.00", "due": "23.50", "closes": "23.55"},
            "out": {"opens": "23.56", "due": "23.58", "closes": "23.59"},
        }
    ],
}


def found_town(password: str) -> None:
    """Found it and give everybody this password."""
    government = Government.objects.get(slug="kota-contoh")
    town = open_town(government, ALWAYS)
    with acting_in(government.pk):
        give_passwords([person.pk for person in town.people.values()], password, actor=SYSTEM)
