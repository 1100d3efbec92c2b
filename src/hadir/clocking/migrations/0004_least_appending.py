from django.db import migrations

from hadir.tenancy.guard import CURRENT

# A tap of a phone is believed because the gate checked its signature before it wrote it, a punch because a terminal
# told it. Pages need none of these ways: they enter what a document proves, and nothing else.
MANUAL = 4
TABLES = ("clocking_event", "clocking_evidence", "clocking_photo", "clocking_parked")
ENTERED = ("clocking_event", "clocking_parked")

NARROW = "\n".join(
    [f"ALTER POLICY own_government_append ON {table} TO hadir_worker;" for table in TABLES]
    + [f"REVOKE INSERT ON {table} FROM hadir_web;" for table in TABLES if table not in ENTERED]
    + [
        f"CREATE POLICY manual_append ON {table} FOR INSERT TO hadir_web "
        f"WITH CHECK (government_id = {CURRENT} AND channel = {MANUAL});"
        for table in ENTERED
    ]
)


class Migration(migrations.Migration):
    dependencies = [("clocking", "0003_events_and_guard")]
    operations = [migrations.RunSQL(NARROW, migrations.RunSQL.noop)]
