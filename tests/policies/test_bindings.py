from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from tests.town import Town

from hadir.daybook.targets import Target
from hadir.kernel.clock import today_at
from hadir.kernel.refusals import InvalidData
from hadir.kernel.zones import Zone
from hadir.org.rights import SYSTEM, Actor, NotAllowed, actor_of
from hadir.policies.commands import Term, bind_policy, end_binding, join_scope, leave_scope, record_policy
from hadir.policies.models import Binding, PolicyVersion, Scope
from hadir.policies.queries import policy_of
from hadir.policies.refusals import EnforcedTooEarly, TooEarly
from hadir.rules.catalogue import shelf
from hadir.tenancy.current import acting_in


def today() -> date:
    return today_at(Zone.WIB)


def after(days: int) -> date:
    return today() + timedelta(days=days)


def actor(town: Town, role: str) -> Actor:
    return actor_of(town.people[role].pk, account_id=town.accounts[role].pk, on=today())


def version() -> PolicyVersion:
    return record_policy("permentan", shelf("policies")["permentan_68_2012"], legal_basis="Permentan", actor=SYSTEM)


def test_the_same_document_is_the_same_version(town: Town) -> None:
    with acting_in(town.government.pk):
        assert version() == version()


def test_a_version_cannot_be_changed_or_removed_by_anybody(town: Town) -> None:
    for statement in ("UPDATE policies_policyversion SET name = ''", "DELETE FROM policies_policyversion"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_document_with_a_mistake_is_refused_with_its_place(town: Town) -> None:
    broken = {"name": "X", "clauses": {"absent": {"percent": "-4"}}}
    with acting_in(town.government.pk), pytest.raises(InvalidData) as refusal:
        record_policy("x", broken, legal_basis="", actor=SYSTEM)
    assert "absent" in refusal.value.data["place"]


def test_a_policy_begins_tomorrow_at_the_earliest(town: Town) -> None:
    with acting_in(town.government.pk):
        with pytest.raises(TooEarly):
            bind_policy(version(), target=Target(), term=Term(today(), today(), cited="Edaran"), actor=SYSTEM)
        bind_policy(version(), target=Target(), term=Term(after(1), after(1)), actor=actor(town, "bkd"))
        assert Binding.objects.on(today()).get().version.code == "rules"
        assert Binding.objects.on(after(1)).get().version.code == "permentan"


def test_the_first_policy_of_a_target_may_begin_earlier_by_a_cited_document(town: Town) -> None:
    target = Target(unit=town.units["health"])
    with acting_in(town.government.pk):
        with pytest.raises(TooEarly):
            bind_policy(version(), target=target, term=Term(after(-9), today()), actor=SYSTEM)
        bind_policy(version(), target=target, term=Term(after(-9), today(), cited="Edaran 1"), actor=SYSTEM)


def test_nothing_is_enforced_before_it_holds(town: Town) -> None:
    with acting_in(town.government.pk), pytest.raises(EnforcedTooEarly):
        bind_policy(version(), target=Target(), term=Term(after(5), after(4)), actor=SYSTEM)


@pytest.mark.parametrize("role", ["pegawai", "operator", "unit_admin", "head", "auditor"])
def test_only_the_personnel_agency_binds_policies(town: Town, role: str) -> None:
    with acting_in(town.government.pk), pytest.raises(NotAllowed):
        bind_policy(
            version(), target=Target(unit=town.units["health"]), term=Term(after(1), after(1)), actor=actor(town, role)
        )


def test_the_nearest_binding_holds_and_the_farther_ones_are_named(town: Town) -> None:
    budi, lina = town.people["pegawai"].pk, town.people["neighbour"].pk
    with acting_in(town.government.pk):
        term = Term(after(1), after(20))
        bind_policy(version(), target=Target(unit=town.units["health"]), term=term, actor=SYSTEM)
        near, far = policy_of(budi, after(2)), policy_of(lina, after(2))
        assert near is not None
        assert far is not None
        assert (near.binding.version.code, near.is_enforced) == ("permentan", False)
        assert [binding.version.code for binding in near.farther] == ["rules"]
        assert (far.binding.version.code, far.is_enforced, far.farther) == ("rules", True, ())
        assert policy_of(budi, after(21)).is_enforced  # type: ignore[union-attr]
        end_binding(near.binding, on=after(3), actor=SYSTEM)
        assert policy_of(budi, after(3)).binding.version.code == "rules"  # type: ignore[union-attr]


def test_a_binding_for_a_staff_class_beats_the_one_for_all(town: Town) -> None:
    with acting_in(town.government.pk):
        bind_policy(version(), target=Target(staff_class="pns"), term=Term(after(1), after(1)), actor=SYSTEM)
        found = policy_of(town.people["pegawai"].pk, after(1))
        assert found is not None
        assert (found.binding.staff_class, found.farther[0].staff_class) == ("pns", "")


def test_a_unit_joins_once_and_leaves_tomorrow_at_the_earliest(town: Town) -> None:
    target = Target(unit=town.units["health"])
    with acting_in(town.government.pk):
        joined = join_scope(target, on=after(1), actor=SYSTEM)
        assert join_scope(target, on=after(2), actor=SYSTEM) == joined
        with pytest.raises(TooEarly):
            leave_scope(joined, on=today(), actor=SYSTEM)
        leave_scope(joined, on=after(5), actor=SYSTEM)
        assert not Scope.objects.on(after(5)).filter(target=target.name).exists()


def test_everybody_sees_which_policy_holds_for_them_and_why(client: Client, town: Town) -> None:
    client.force_login(town.accounts["pegawai"])
    page = client.get("/policy/", follow=True).content.decode()
    assert "Disiplin presensi Kota Contoh" in page
    assert "Perwali" in page
    stranger = town.people["neighbour"].pk
    assert client.get(f"/policy/{stranger}/").status_code == 404


def test_before_anything_is_bound_the_page_says_so(client: Client, town: Town) -> None:
    client.force_login(town.accounts["pegawai"])
    long_ago = after(-400).isoformat()
    answer = client.get(f"/policy/{town.people['pegawai'].pk}/?on={long_ago}")
    assert (answer.status_code, answer.context["held"]) == (200, None)


def test_the_page_tells_every_clause_and_the_shift_with_the_article_behind_it(
    client: Client, town: Town, django_assert_max_num_queries
) -> None:
    client.force_login(town.accounts["pegawai"])
    client.get("/policy/", follow=True)
    with django_assert_max_num_queries(22):
        answer = client.get(f"/policy/{town.people['pegawai'].pk}/")
    clauses = {card.title: card for card in answer.context["cards"]}
    late = clauses["Terlambat"]
    assert [(band.code, band.percent) for band in late.bands] == [
        (each["code"], f"{each['percent'].replace('.', ',')}\N{NO-BREAK SPACE}%")
        for each in shelf("policies")["kota_contoh"]["clauses"]["late"]["bands"]
    ]
    assert (late.bands[0].begins, late.bands[0].ends, late.bands[-1].ends) == (
        "1\N{NO-BREAK SPACE}m",
        "31\N{NO-BREAK SPACE}m",
        "",
    )
    assert "diganti" in clauses["Toleransi"].lines[0]
    assert clauses["Tanpa keterangan"].article.endswith("PP 94/2021 Pasal 4 huruf f")
    assert all(card.article in answer.text for card in clauses.values())
    (shift,) = answer.context["shifts"]
    assert [times.weekday for times in shift.week][:2] == ["Senin", "Selasa"]
    assert shift.article in answer.text
    assert " , " not in answer.text
