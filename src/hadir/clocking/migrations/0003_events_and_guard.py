from django.db import migrations

from hadir.clocking.schema import CREATE
from hadir.tenancy.guard import GuardTable


class Migration(migrations.Migration):
    dependencies = [("clocking", "0002_outage_places"), ("org", "0002_guard")]
    operations = [migrations.RunSQL(CREATE), GuardTable("Outage")]
