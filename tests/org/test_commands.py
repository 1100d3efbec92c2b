from datetime import timedelta

import pytest
from tests.org.people import NIP_BUDI, Office, row, today

from hadir.audit.queries import acts_upon
from hadir.kernel.zones import Zone
from hadir.org import commands, queries
from hadir.org.commands.placements import Posting
from hadir.org.commands.units import Spot
from hadir.org.models import Appointment, Identifier, Person, Placement, Role, StaffClass
from hadir.org.refusals import (
    CodeTaken,
    IdentifierTaken,
    LoopOfSuperiors,
    NameTaken,
    NotFound,
    ReasonNeeded,
    StillInUse,
    WrongPlace,
)
from hadir.org.rights import SYSTEM, NotAllowed, OwnCase, Right

DAY = timedelta(days=1)
MELATI = Spot("Puskesmas Melati", -61_753_924, 1_068_271_528, 80, Zone.WIB)


def test_a_move_ends_the_former_placement_and_keeps_what_was_believed(office: Office) -> None:
    before = queries.placement_on(office.budi.pk, today())
    assert before is not None
    commands.place_person(office.budi, Posting(office.fire.pk, StaffClass.PNS), on=today(), actor=SYSTEM)
    now, earlier = queries.placement_on(office.budi.pk, today()), queries.placement_on(office.budi.pk, today() - DAY)
    assert now is not None
    assert earlier is not None
    assert (now.unit, earlier.unit) == (office.fire, office.clinic)
    assert Placement.ever_recorded.get(pk=before.pk).superseded_at is not None


def test_the_past_is_not_rewritten_without_a_reason(office: Office) -> None:
    moved = Posting(office.fire.pk, StaffClass.PNS)
    with pytest.raises(ReasonNeeded):
        commands.place_person(office.budi, moved, on=today() - 30 * DAY, actor=SYSTEM)
    commands.place_person(office.budi, moved, on=today() - 30 * DAY, actor=SYSTEM, reason="Surat terlambat")
    assert acts_upon(office.budi)[0].detail["reason"] == "Surat terlambat"


def test_nobody_becomes_their_own_superior_over_others(office: Office) -> None:
    with pytest.raises(LoopOfSuperiors):
        commands.place_person(
            office.sari, Posting(office.health.pk, StaffClass.PNS, office.budi.pk), on=today(), actor=SYSTEM
        )


def test_an_admin_of_a_unit_cannot_fetch_somebody_from_another_unit(office: Office) -> None:
    admin = office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    with pytest.raises(NotAllowed):
        commands.place_person(office.joko, Posting(office.health.pk, StaffClass.PNS), on=today(), actor=admin)


def test_an_admin_does_not_edit_themselves(office: Office) -> None:
    admin = office.appoint(office.sari, Role.UNIT_ADMIN, office.root)
    with pytest.raises(OwnCase):
        commands.place_person(office.sari, Posting(office.fire.pk, StaffClass.PNS), on=today(), actor=admin)
    with pytest.raises(OwnCase):
        commands.set_identifier(office.sari, Identifier.Kind.EMAIL, "x@contoh.go.id", on=today(), actor=admin)


def test_a_number_names_one_person_at_a_time(office: Office) -> None:
    with pytest.raises(IdentifierTaken):
        commands.set_identifier(office.joko, Identifier.Kind.NIP, NIP_BUDI, on=today(), actor=SYSTEM)
    commands.set_identifier(office.budi, Identifier.Kind.NIP, "", on=today(), actor=SYSTEM)
    commands.set_identifier(office.joko, Identifier.Kind.NIP, NIP_BUDI, on=today(), actor=SYSTEM)
    assert queries.person_named(Identifier.Kind.NIP, NIP_BUDI, today()) == office.joko
    assert queries.person_named(Identifier.Kind.NIP, NIP_BUDI, today() - DAY) == office.budi


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BKD])
def test_only_the_personnel_agency_appoints(office: Office, role: Role) -> None:
    actor = office.appoint(office.rina, role, office.root)
    with pytest.raises(NotAllowed):
        commands.appoint_role(office.budi, Role.OPERATOR, unit=office.clinic, on=today(), actor=actor)


def test_nobody_appoints_themselves_nor_outside_their_part(office: Office) -> None:
    rina = office.appoint(office.rina, Role.BKD, office.health)
    with pytest.raises(OwnCase):
        commands.appoint_role(office.rina, Role.HEAD, unit=office.health, on=today(), actor=rina)
    with pytest.raises(NotAllowed):
        commands.appoint_role(office.joko, Role.HEAD, unit=office.fire, on=today(), actor=rina)


def test_an_appointment_ends(office: Office) -> None:
    rina = office.appoint(office.rina, Role.BKD, office.root)
    held = commands.appoint_role(office.budi, Role.HEAD, unit=office.clinic, on=today() - DAY, actor=rina)
    commands.end_appointment(held, on=today(), actor=rina)
    assert not Appointment.objects.on(today()).filter(person=office.budi).exists()
    assert Appointment.objects.on(today() - DAY).filter(person=office.budi).exists()


@pytest.mark.parametrize("role", list(Role))
def test_people_are_added_only_by_admins_and_only_in_their_subtree(office: Office, role: Role) -> None:
    actor = office.appoint(office.rina, role, office.health)
    may = role in {Role.UNIT_ADMIN, Role.BKD}
    for unit, allowed in ((office.clinic, may), (office.fire, False)):
        if allowed:
            assert commands.add_person(row("Dewi Lestari", unit), on=today(), actor=actor).pk
        else:
            with pytest.raises(NotAllowed):
                commands.add_person(row("Dewi Lestari", unit), on=today(), actor=actor)


def test_sites_of_the_nearest_unit_upwards_count(office: Office) -> None:
    seat = commands.add_site(Spot("Balai Kota", -61_750_000, 1_068_270_000), unit=office.root, actor=SYSTEM)
    assert queries.sites_of_person(office.budi.pk, today()) == [seat]
    clinic = commands.add_site(MELATI, unit=office.clinic, actor=SYSTEM)
    assert queries.sites_of_person(office.budi.pk, today()) == [clinic]
    commands.close_site(clinic, on=today(), actor=SYSTEM)
    assert queries.sites_of_person(office.budi.pk, today()) == [seat]


@pytest.mark.parametrize(
    "spot",
    [Spot("Paris", 488_566_000, 23_522_000), Spot("Kecil", -61_753_924, 1_068_271_528, 5)],
    ids=["far away", "too small"],
)
def test_a_site_lies_in_indonesia_and_has_a_sensible_radius(office: Office, spot: Spot) -> None:
    with pytest.raises(WrongPlace):
        commands.add_site(spot, unit=office.root, actor=SYSTEM)


def test_codes_and_names_are_taken_once(office: Office) -> None:
    with pytest.raises(CodeTaken):
        commands.add_unit(office.health.code, "Lain", parent=office.root, actor=SYSTEM)
    commands.add_group("Tim A", unit=office.fire, actor=SYSTEM)
    with pytest.raises(NameTaken):
        commands.add_group("Tim A", unit=office.fire, actor=SYSTEM)


def test_a_unit_with_people_cannot_be_closed(office: Office) -> None:
    with pytest.raises(StillInUse):
        commands.close_unit(office.clinic, on=today(), actor=SYSTEM)


def test_a_group_is_joined_and_left_on_dates(office: Office) -> None:
    squad = commands.add_group("Regu 1", unit=office.fire, actor=SYSTEM)
    commands.join_group(office.joko, squad, on=today() - DAY, actor=SYSTEM)
    commands.join_group(office.joko, squad, on=today(), actor=SYSTEM)
    assert [member.person for member in queries.members_on(squad, today())] == [office.joko]
    commands.leave_group(office.joko, squad, on=today(), actor=SYSTEM)
    assert not queries.members_on(squad, today()).exists()
    assert queries.members_on(squad, today() - DAY).exists()


def test_what_belongs_to_others_looks_like_nothing_at_all(office: Office) -> None:
    sari = office.appoint(office.sari, Role.UNIT_ADMIN, office.health)

    def open_card(person_id: int, right: Right) -> Person:
        return queries.accessible_person(person_id, actor=sari, right=right, on=today())

    assert open_card(office.budi.pk, Right.EDIT_PEOPLE) == office.budi
    for hidden in (office.joko.pk, 987_654_321):
        with pytest.raises(NotFound):
            open_card(hidden, Right.SEE_DAYS)
    with pytest.raises(NotAllowed):
        open_card(office.budi.pk, Right.APPOINT)


def test_a_superior_without_any_role_sees_the_days_of_their_own_people_only(office: Office) -> None:
    sari = office.actor(office.sari)
    assert queries.accessible_person(office.budi.pk, actor=sari, right=Right.SEE_DAYS, on=today()) == office.budi
    with pytest.raises(NotAllowed):
        queries.accessible_person(office.budi.pk, actor=sari, right=Right.EDIT_PEOPLE, on=today())
    with pytest.raises(NotFound):
        queries.accessible_person(office.rina.pk, actor=sari, right=Right.SEE_DAYS, on=today())


def test_the_tree_lists_every_unit_after_its_parent(office: Office) -> None:
    actor = office.appoint(office.rina, Role.BKD, office.root)
    nodes = queries.tree_of(queries.visible_units(actor, Right.EDIT_UNITS))
    assert [(node.unit.code, node.depth) for node in nodes] == [("R", 0), ("F", 1), ("H", 1), ("HC", 2)]
