from django.db import migrations

from hadir.tenancy.guard import APPEND_ONLY, GuardTable


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial"), ("org", "0002_guard")]
    operations = [
        GuardTable("PolicyVersion", APPEND_ONLY),
        GuardTable("Binding", exclusive=("target",)),
        GuardTable("Scope", exclusive=("target",)),
    ]
