from django.db import migrations

from hadir.tenancy.guard import APPEND_ONLY, GuardTable


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [GuardTable("Entry", APPEND_ONLY)]
