from django.db import migrations

from hadir.tenancy.guard import GuardTable

# The gate reads all governments' open sites at once; the view runs as the owner and shows nothing else.
GATE_SITE = """
CREATE VIEW gate_site AS SELECT government_id, id, latitude, longitude, radius FROM org_site WHERE closed_on IS NULL;
GRANT SELECT ON gate_site TO hadir_gate;
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]
    operations = [
        GuardTable("Unit"),
        GuardTable("Person"),
        GuardTable("Site"),
        GuardTable("Group"),
        GuardTable("Identifier", exclusive=("kind", "value")),
        GuardTable("Placement", exclusive=("person_id",)),
        GuardTable("GroupMembership", exclusive=("group_id", "person_id")),
        GuardTable("Appointment", exclusive=("person_id", "role", "unit_id")),
        migrations.RunSQL(GATE_SITE, "DROP VIEW gate_site"),
    ]
