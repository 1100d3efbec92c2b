from django.db import migrations

from hadir.tenancy.guard import keep_rows


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_guard")]
    operations = [migrations.RunSQL(keep_rows("policies_binding", "policies_scope"), migrations.RunSQL.noop)]
