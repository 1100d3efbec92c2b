"""Migration operations that put a table under guard: composite keys, row-level security, least rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation
from typing_extensions import override

from hadir.tenancy.models import TenantForeignKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState
    from django.db.models import Model

CURRENT = "nullif(current_setting('hadir.government', true), '')::int"
ALL = "SELECT, INSERT, UPDATE, DELETE"
APPEND = "SELECT, INSERT"
READ = "SELECT"
ORDINARY = {"web": ALL, "worker": ALL}
APPEND_ONLY = {"web": APPEND, "worker": APPEND}


class _SqlOperation(Operation):
    """An operation on the database alone; the state of the models is not touched."""

    reversible = True
    atomic = True

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    @override
    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        pass  # the table goes with its CreateModel, and takes constraints, policies and grants along


class GuardTable(_SqlOperation):
    """Guard the table of a model of this app.

    `rights` maps a role (web, worker, gate) to what it may do; the backup role always reads. A model with a
    `government` gets row-level security and composite foreign keys; one without gets the grants alone.
    `exclusive` names the columns by which no two believed rows of a dated table may hold at one time.
    """

    def __init__(self, model: str, rights: Mapping[str, str] | None = None, *, exclusive: tuple[str, ...] = ()) -> None:
        self.model = model
        self.rights = dict(ORDINARY if rights is None else rights)
        self.exclusive = exclusive

    @override
    def describe(self) -> str:
        return f"Guard the table of {self.model}"

    @override
    def deconstruct(self) -> Any:
        return (type(self).__name__, [self.model, self.rights], {"exclusive": self.exclusive})

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        for statement in self._statements(model):
            schema_editor.execute(statement)

    def _statements(self, model: type[Model]) -> Iterator[str]:
        table = model._meta.db_table
        if any(field.name == "government" for field in model._meta.fields):
            yield from isolation(table)
            yield f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant" UNIQUE (government_id, id)'
            for field in model._meta.fields:
                if isinstance(field, TenantForeignKey):
                    yield composite_key(table, field.column, field.remote_field.model._meta.db_table)
        if self.exclusive:
            columns = ", ".join(f"{column} WITH =" for column in ("government_id", *self.exclusive))
            yield (
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_one_at_a_time" EXCLUDE USING gist '
                f"({columns}, daterange(valid_from, valid_until) WITH &&) WHERE (superseded_at IS NULL)"
            )
        yield from grants(table, self.rights)


class GuardReference(_SqlOperation):
    """Make the composite constraint of a TenantForeignKey that was added to an existing table."""

    def __init__(self, model: str, field: str) -> None:
        self.model = model
        self.field = field

    @override
    def describe(self) -> str:
        return f"Guard {self.model}.{self.field}"

    @override
    def deconstruct(self) -> Any:
        return (type(self).__name__, [self.model, self.field], {})

    @override
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        field: Any = model._meta.get_field(self.field)
        schema_editor.execute(
            composite_key(model._meta.db_table, field.column, field.remote_field.model._meta.db_table)
        )


@dataclass(frozen=True, slots=True)
class Role:
    """A login of the application; `purpose` is its comment in the database."""

    name: str
    purpose: str

    @property
    def login(self) -> str:
        """Name of the login in PostgreSQL."""
        return f"hadir_{self.name}"


ROLES = (
    Role("web", "pages and the API of Hadir"),
    Role("worker", "jobs of Hadir"),
    Role("gate", "taps and terminals of Hadir"),
    Role("backup", "reads everything for a backup"),
)


def isolation(table: str) -> Iterator[str]:
    """Statements that show and take only rows of the current government to web and worker."""
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield (
        f'CREATE POLICY "own_government" ON "{table}" TO hadir_web, hadir_worker '
        f"USING (government_id = {CURRENT}) WITH CHECK (government_id = {CURRENT})"
    )
    yield f'CREATE POLICY "backup" ON "{table}" FOR SELECT TO hadir_backup USING (true)'


def composite_key(table: str, column: str, target: str) -> str:
    """Statement of a foreign key that includes the government."""
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_same_government" '
        f'FOREIGN KEY (government_id, "{column}") REFERENCES "{target}" (government_id, id) '
        "DEFERRABLE INITIALLY DEFERRED"
    )


def grants(table: str, rights: Mapping[str, str]) -> Iterator[str]:
    """Statements that grant a table and, where rows are made, its identity sequence is implied."""
    for role, may in rights.items():
        yield f'GRANT {may} ON "{table}" TO hadir_{role}'
    yield f'GRANT SELECT ON "{table}" TO hadir_backup'


def keep_rows(*tables: str) -> str:
    """Return SQL that takes from web and worker the right to delete: what was believed once is superseded, not lost."""
    return f"REVOKE DELETE ON {', '.join(tables)} FROM hadir_web, hadir_worker"


def third_party_grants(prefix: str) -> str:
    """Return SQL that lets web and worker use the tables of a library, found by the prefix of their names."""
    return _THIRD_PARTY % {"prefix": prefix}


_THIRD_PARTY = f"""
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'public' AND starts_with(tablename, '%(prefix)s')
  LOOP
    EXECUTE format('GRANT {ALL} ON public.%%I TO hadir_web, hadir_worker', found.name);
    EXECUTE format('GRANT {READ} ON public.%%I TO hadir_backup', found.name);
  END LOOP;
  FOR found IN SELECT sequencename AS name FROM pg_sequences
    WHERE schemaname = 'public' AND starts_with(sequencename, '%(prefix)s')
  LOOP
    EXECUTE format('GRANT USAGE, SELECT ON public.%%I TO hadir_web, hadir_worker, hadir_backup', found.name);
  END LOOP;
END $$
"""  # noqa: S608 - names of tables of libraries, given by migrations
