from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from tests.roles import acting_as

from hadir.accounts.models import Account
from hadir.audit.commands import note_act, note_acts
from hadir.audit.models import Entry
from hadir.audit.queries import acts_upon
from hadir.kernel.clock import now
from hadir.org.models import Person, Unit
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import NoGovernment, acting_in
from hadir.tenancy.models import DatedModel, Government, TenantForeignKey

APPEND_ONLY = ["audit_entry", "clocking_event", "clocking_evidence", "clocking_photo", "clocking_parked"]


def budi_of(government: Government) -> Person:
    with acting_in(government.pk):
        return Person.objects.create(name="Budi Prasetyo")


def test_a_query_without_a_government_is_refused(kota: Government) -> None:
    with pytest.raises(NoGovernment):
        Person.objects.count()


def test_a_government_sees_its_own_people_only(kota: Government, kementerian: Government) -> None:
    budi_of(kota)
    with acting_in(kementerian.pk):
        assert not Person.objects.filter(name="Budi Prasetyo").exists()


def test_plain_sql_that_forgets_the_government_still_sees_nothing_of_another(
    kota: Government, kementerian: Government
) -> None:
    budi = budi_of(kota)
    with acting_in(kementerian.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM org_person WHERE id = %s", [budi.pk])
        assert cursor.fetchone() == (0,)


def test_plain_sql_without_any_government_sees_nothing(kota: Government) -> None:
    budi_of(kota)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hadir.government', '', true)")
        cursor.execute("SELECT count(*) FROM org_person")
        assert cursor.fetchone() == (0,)


def test_a_row_cannot_be_written_for_another_government(kota: Government, kementerian: Government) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting_in(kota.pk):
        Person(government_id=kementerian.pk, name="Sari Wulandari").save()


def test_a_row_cannot_refer_to_a_row_of_another_government(kota: Government, kementerian: Government) -> None:
    with acting_in(kota.pk):
        office = Unit.objects.create(code="X1", name="Dinas Uji", path="/0/")
    with pytest.raises(IntegrityError), acting_in(kementerian.pk):  # noqa: PT012 - the constraint speaks at its check
        Unit.objects.create(code="X2", name="Bidang Uji", path="/0/0/", parent_id=office.pk)
        connection.check_constraints()


def test_leaving_an_inner_government_restores_the_outer_one(kota: Government, kementerian: Government) -> None:
    budi = budi_of(kota)
    with acting_in(kota.pk):
        with acting_in(kementerian.pk):
            pass
        assert Person.objects.get(pk=budi.pk) == budi


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET government_id = government_id", "TRUNCATE {}"])
def test_the_web_role_cannot_change_or_remove_what_is_append_only(kota: Government, table: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("statement", ["SELECT * FROM {}", "INSERT INTO {} SELECT * FROM clocking_event LIMIT 0"])
def test_no_partition_is_open_beside_its_policy(kota: Government, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_char(max(month), 'YYYY_MM') FROM clocking_open_months() month")
        partition = f"clocking_event_{cursor.fetchone()[0]}"
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(partition))


def test_the_web_role_cannot_make_tables_or_open_months(kota: Government) -> None:
    for statement in ("CREATE TABLE loot (id int)", "SELECT clocking_open_month('2026-01-01')"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement)


def test_the_journal_names_who_did_what(kota: Government) -> None:
    budi = budi_of(kota)
    with acting_in(kota.pk):
        note_act("person.added", budi, actor=SYSTEM, name=budi.name)
        entry = Entry.objects.get(subject="org.person", subject_id=str(budi.pk))
    assert (entry.act, entry.detail) == ("person.added", {"name": "Budi Prasetyo"})


@pytest.mark.parametrize("days", [-1, 1])
def test_an_act_is_dated_by_the_database_and_by_nobody_else(kota: Government, days: int) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting_in(kota.pk):
        Entry.objects.create(act="person.added", subject="org.person", at=now() + timedelta(days=days))


def test_the_journal_tells_when_without_being_told(kota: Government) -> None:
    before = now()
    budi = budi_of(kota)
    with acting_in(kota.pk):
        note_acts("person.added", [(budi, {}), (budi, {})], actor=SYSTEM)
        instants = [entry.at for entry in acts_upon(budi)]
    assert len(instants) == 2
    assert all(before <= at <= now() for at in instants)


PRIVILEGES = "SELECT has_table_privilege(%s, %s, 'DELETE')"


def dated_models() -> list[type]:
    return [model for model in apps.get_models() if issubclass(model, DatedModel)]


@pytest.mark.parametrize("role", ["hadir_web", "hadir_worker"])
@pytest.mark.parametrize("model", dated_models(), ids=lambda model: model._meta.label_lower)
def test_what_was_believed_once_is_never_deleted(db: None, model: type, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGES, [role, model._meta.db_table])
        assert cursor.fetchone() == (False,), "migrations lack keep_rows"


@pytest.mark.parametrize("role", ["web", "worker"])
@pytest.mark.parametrize("table", ["django_migrations", "django_content_type"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET id = id"])
def test_what_only_migrating_writes_is_closed(db: None, role: str, table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(role), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("role", ["web", "worker"])
def test_no_page_and_no_job_names_an_operator_of_the_platform(db: None, role: str) -> None:
    with acting_as(role):
        account = Account.objects.create()
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(role):
        Account.objects.filter(pk=account.pk).update(is_platform_operator=True)
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(role):
        Account.objects.create(is_platform_operator=True)
    with acting_as(role):
        assert Account.objects.filter(pk=account.pk).update(language="en", password="!", last_login=now()) == 1


def guarded_models() -> list[type]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("hadir.") and any(f.name == "government" for f in model._meta.fields)
    ]


@pytest.mark.parametrize("model", guarded_models(), ids=lambda model: model._meta.label_lower)
def test_every_table_of_a_government_is_guarded(db: None, model: type) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
        assert cursor.fetchone() == (True,), "migrations lack GuardTable"
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", [table])
        constraints = {name for (name,) in cursor.fetchall()}
    wanted = {
        f"{table}_{field.column}_same_government" for field in model._meta.fields if isinstance(field, TenantForeignKey)
    }
    assert wanted <= constraints, "a reference lacks its composite key: GuardTable or GuardReference"


def test_a_month_that_lies_absurdly_far_away_is_not_opened(kota: Government) -> None:
    with connection.cursor() as cursor, pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        cursor.execute("SELECT clocking_open_month('1999-01-01')")
